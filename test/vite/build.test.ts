import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { resolveConfig } from 'vite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import generateImages from '../../src/vite.ts'
import { codeOf, createSite, picturesOf, type Site, seenBy, VITES } from './site.ts'

const MANIFEST = `{
  "images": {
    "boat": { "prompt": "A paper boat.", "alt": "A boat", "widths": [64, 128] },
    "blog/hero": { "prompt": "Mountains.", "size": "1200x630", "alt": "Mountains", "widths": [120], "formats": ["webp"] }
  }
}`
const HTML = '<!doctype html><html><body><script type="module" src="/src/main.ts"></script></body></html>'

// Vite 6 calls the hook without a context of its own.
it('refuses a Vite that does not say which it is, unless Astro brings it', async () => {
  const { configResolved } = generateImages() as { configResolved: (this: unknown, config: object) => void }
  const config = await resolveConfig({ configFile: false, logLevel: 'silent' }, 'build')
  expect(() => configResolved.call(undefined, config)).toThrow('This Vite is older than 7')
  const plugins = [...config.plugins, { name: 'astro:build' }]
  expect(() => configResolved.call(undefined, { ...config, plugins })).not.toThrow()
})

describe.each(VITES)('%s', (_, load) => {
  let site: Site
  beforeEach(async () => {
    site = await createSite({ 'index.html': HTML, 'src/images.prompts.json': MANIFEST })
  })
  afterEach(() => site.remove())

  const see = (...imports: string[]) =>
    site.write(
      'src/main.ts',
      `${imports.map((specifier, index) => `import x${index} from '${specifier}'`).join('\n')}
       globalThis.seen = [${imports.map((_, index) => `x${index}`).join(', ')}]`,
    )

  it('asks for what a module of another plugin asks for, where no file does', async () => {
    await rm(join(site.root, 'src/images.prompts.json'))
    await site.write('src/main.ts', "import late from 'virtual:late'\nglobalThis.seen = [late]")
    const other = {
      name: 'other',
      resolveId: (id: string) => (id === 'virtual:late' ? join(site.root, 'src/late.js') : undefined),
      load: (id: string) =>
        id.endsWith('src/late.js')
          ? "export { default } from './boat.png?generate&prompt=A+late+boat&w=64'"
          : undefined,
    }
    const { plugins } = site.config()
    // The second finds nothing to do at first: the types are there, and no folder.
    for (const asked of [1, 2]) {
      const output = await site.build(await load(), {}, { plugins: [...plugins!, other] })
      expect(picturesOf(output)).toEqual(['assets/boat-64.png'])
      expect(site.emulator.requests).toHaveLength(asked)
      await rm(join(site.root, 'generated-images'), { recursive: true })
    }
  })

  it('gives every shape, and asks once for each picture', async () => {
    await see(
      './boat.png?generate',
      './boat.webp?generate&as=srcset',
      './boat.jpg?generate&as=img&placeholder=color',
      './boat.png?generate&as=picture&placeholder',
      './boat.png?generate&as=metadata',
      './boat.png?generate&as=original',
      './images.prompts.json?generate&as=img',
      'blog/hero?generate&as=picture',
      './city.webp?generate&prompt=A+city&size=16:9&w=100&as=img&alt=City',
    )
    const output = await site.build(await load())
    const [url, srcset, img, picture, metadata, original, all, hero, city] = Object.values(
      await seenBy(codeOf(output)),
    ) as never[]
    const file = (name: string) =>
      expect.stringMatching(new RegExp(`^/assets/${name.replace('.', '-[\\w-]{8}\\.')}$`))
    const set = (...parts: string[]) =>
      expect.stringMatching(
        new RegExp(`^${parts.map((part) => `/assets/${part.replace('.', '-[\\w-]{8}\\.')}`).join(', ')}$`),
      )
    expect(url).toEqual(file('boat-128.png'))
    expect(srcset).toEqual(set('boat-64.webp 64w', 'boat-128.webp 128w'))
    const jpeg = {
      src: file('boat-128.jpg'),
      srcset: set('boat-64.jpg 64w', 'boat-128.jpg 128w'),
      width: 128,
      height: 128,
      alt: 'A boat',
    }
    expect(img).toEqual({ ...jpeg, placeholder: expect.stringMatching(/^#[0-9a-f]{6}$/) })
    expect(picture).toEqual({
      img: { ...jpeg, src: file('boat-128.png'), srcset: set('boat-64.png 64w', 'boat-128.png 128w') },
      sources: {
        avif: set('boat-64.avif 64w', 'boat-128.avif 128w'),
        webp: set('boat-64.webp 64w', 'boat-128.webp 128w'),
      },
      placeholder: expect.stringMatching(/^data:image\/webp;base64,/),
    })
    expect(metadata).toMatchObject({
      name: 'src/boat',
      prompt: 'A paper boat.',
      model: 'gpt-image-2',
      width: 1024,
      height: 1024,
      state: 'kept',
    })
    expect(original).toEqual(file('boat.png'))
    expect(all).toEqual({
      boat: jpeg,
      'blog/hero': {
        ...jpeg,
        src: file('hero-120.jpg'),
        srcset: set('hero-120.jpg 120w'),
        width: 120,
        height: 63,
        alt: 'Mountains',
      },
    })
    expect(hero).toMatchObject({ sources: { webp: set('hero-120.webp 120w') } })
    expect(city).toMatchObject({ src: file('city-100.webp'), width: 100, height: 56, alt: 'City' })
    expect(site.emulator.requests).toHaveLength(3)
    // Each file once, though several imports refer to it.
    expect(picturesOf(output)).toEqual([
      'assets/boat-128.avif',
      'assets/boat-128.jpg',
      'assets/boat-128.png',
      'assets/boat-128.webp',
      'assets/boat-64.avif',
      'assets/boat-64.jpg',
      'assets/boat-64.png',
      'assets/boat-64.webp',
      'assets/boat.png',
      'assets/city-100.webp',
      'assets/hero-120.jpg',
      'assets/hero-120.webp',
    ])
  })

  it('emits pictures of the promised sizes, with the mark of origin', async () => {
    await see('./boat.png?generate&as=picture', 'blog/hero?generate')
    const output = await site.build(await load())
    const sources = output.flatMap((file) =>
      file.type === 'asset' && /\.(avif|webp|jpg|png)$/.test(file.fileName) ? [file] : [],
    )
    expect(sources).toHaveLength(7)
    for (const { fileName, source } of sources) {
      const { width, xmpAsString } = await sharp(source as Uint8Array).metadata()
      expect([fileName, width]).toEqual([fileName, Number(/-(\d+)-/.exec(fileName)![1])])
      expect(xmpAsString).toContain('trainedAlgorithmicMedia')
    }
  })

  it('sends nothing in a second build, nor after another crop, width, format or file name', async () => {
    const vite = await load()
    await see('./boat.png?generate&as=picture')
    await site.build(vite)
    expect(site.emulator.requests).toHaveLength(2)
    await site.build(vite)
    await see('./boat.webp?generate&as=srcset&aspect=4:3&w=10;20&q=20&position=top')
    await site.build(vite)
    await site.write('src/images.prompts.json', MANIFEST.replace('"boat"', '"paper/boat"'))
    await see('./paper/boat.png?generate')
    await site.build(vite)
    expect(site.emulator.requests).toHaveLength(2)
    await site.write('src/images.prompts.json', MANIFEST.replace('A paper boat.', 'A wooden boat.'))
    await see('./boat.png?generate')
    await site.build(vite)
    expect(site.emulator.requests).toHaveLength(3)
  })

  it('gives a server build the same addresses and no files', async () => {
    const vite = await load()
    await see('./boat.png?generate&as=picture')
    const client = await site.build(vite)
    const server = await site.build(vite, {}, { build: { ssr: 'src/main.ts' } })
    expect(await seenBy(codeOf(server))).toEqual(await seenBy(codeOf(client)))
    expect(picturesOf(server)).toEqual([])
    expect(site.emulator.requests).toHaveLength(2)
  })

  it.each([
    ['/app/', '/app/assets/boat-128'],
    ['https://cdn.example/x/', 'https://cdn.example/x/assets/boat-128'],
  ])('follows the base %s', async (base, start) => {
    await see('./boat.png?generate', './boat.png?generate&as=srcset')
    const output = await site.build(await load(), {}, { base, build: { assetsInlineLimit: 0 } })
    const [url, srcset] = Object.values(await seenBy(codeOf(output))) as unknown as string[]
    expect(url?.startsWith(start)).toBe(true)
    expect(srcset).toMatch(new RegExp(`^${start.replace('128', '64')}\\S+ 64w, ${start}\\S+ 128w$`))
  })

  it('follows a relative base: addresses are computed in the page', async () => {
    await see('./boat.png?generate&as=srcset')
    const code = codeOf(await site.build(await load(), {}, { base: './', build: { assetsInlineLimit: 0 } }))
    expect(code).toMatch(/new URL\(["'`]boat-64-[\w-]{8}\.png["'`], import\.meta\.url\)\.href/)
  })

  it("follows the host's names and its inline limit", async () => {
    await see('./boat.webp?generate', './boat.webp?generate&as=srcset')
    const output = await site.build(
      await load(),
      {},
      {
        build: {
          assetsInlineLimit: 1_000_000,
          rollupOptions: { output: { assetFileNames: 'pictures/[name].[hash][extname]' } },
        },
      },
    )
    const [url, srcset] = Object.values(await seenBy(codeOf(output))) as unknown as string[]
    expect(url).toMatch(/^data:image\/webp;base64,/)
    // A srcset of data URIs would carry every size.
    expect(srcset).toMatch(/^\/pictures\/boat-64\.[\w-]{8}\.webp 64w, /)
  })

  it('follows what the host renders as addresses', async () => {
    await see('./boat.webp?generate', './boat.webp?generate&as=srcset')
    const output = await site.build(
      await load(),
      {},
      {
        experimental: {
          renderBuiltUrl(file, { type }) {
            return type === 'asset' ? `https://cdn.example/${file}?v=1` : undefined
          },
        },
      },
    )
    const [url, srcset] = Object.values(await seenBy(codeOf(output))) as unknown as string[]
    const [narrow, wide] = srcset!.split(', ')
    expect(url).toMatch(/^https:\/\/cdn\.example\/assets\/boat-128-[\w-]{8}\.webp\?v=1$/)
    expect([narrow, wide]).toEqual([
      expect.stringMatching(/\/boat-64-[\w-]{8}\.webp\?v=1 64w$/),
      `${url} 128w`,
    ])
  })

  it('knows the aliases of the host', async () => {
    await see('@/boat.png?generate')
    const output = await site.build(await load(), {}, { resolve: { alias: { '@': join(site.root, 'src') } } })
    expect(picturesOf(output)).toEqual(['assets/boat-128.png'])
  })

  describe('frozen', () => {
    it('builds from what is kept, with no key and no API, and writes nothing into the folder', async () => {
      const vite = await load()
      await see('./boat.png?generate')
      await site.build(vite)
      const folder = join(site.root, 'generated-images')
      await rm(join(folder, '.ledger.jsonl'))
      await rm(join(site.root, 'node_modules/.cache'), { recursive: true })
      const before = await readdir(folder, { recursive: true })
      await site.emulator.close()
      const output = await site.build(vite, { mode: 'frozen' })
      expect(picturesOf(output)).toEqual(['assets/boat-128.png'])
      expect(await readdir(folder, { recursive: true })).toEqual(before)
    })

    it('names everything that is missing at once, and the command that mends it', async () => {
      await see('./boat.png?generate')
      const failure = await site
        .build(await load(), { mode: 'frozen' })
        .catch((error: Error) => error.message)
      expect(failure).toContain('src/boat: The picture is missing')
      expect(failure).toContain('src/blog/hero: The picture is missing')
      expect(failure).toContain('src/images.prompts.json:3:5, src/main.ts:1:17')
      expect(failure).toContain('npx generate-images')
      expect(site.emulator.requests).toHaveLength(0)
    })

    it('goes on with a stale picture, unless told otherwise', async () => {
      const vite = await load()
      await see('./boat.png?generate')
      await site.build(vite)
      await site.write('src/images.prompts.json', MANIFEST.replace('A paper boat.', 'A wooden boat.'))
      expect(picturesOf(await site.build(vite, { mode: 'frozen' }))).toEqual(['assets/boat-128.png'])
      const failure = await site
        .build(vite, { mode: 'frozen', stale: 'error' })
        .catch((error: Error) => error.message)
      expect(failure).toContain('src/boat: The picture is stale')
      expect(site.emulator.requests).toHaveLength(2)
    })
  })

  it('ships drafts only where they are asked for by name', async () => {
    await see('./boat.png?generate&as=picture', './boat.png?generate&as=original')
    const output = await site.build(await load(), { mode: 'draft' }, { build: { assetsInlineLimit: 0 } })
    expect(picturesOf(output)).toEqual(['assets/boat-128.svg', 'assets/boat-64.svg', 'assets/boat.svg'])
    expect(site.emulator.requests).toHaveLength(0)
  })

  it('ships no draft where the same instance of the plugin has served before', async () => {
    await see('./boat.png?generate&as=picture')
    const vite = await load()
    // The mode follows from what it does: a server draws, a build of a CI is frozen.
    vi.stubEnv('CI', '1')
    onTestFinished(() => void vi.unstubAllEnvs())
    const config = site.config({ mode: undefined as never })
    const server = await vite.createServer({ ...config, server: { middlewareMode: true } })
    await server.close()
    await expect(vite.build(config)).rejects.toThrow('src/boat')
  })

  it('fails with the place of a mistake, before anything is sent', async () => {
    await see('./baot.png?generate')
    const error = await site.build(await load()).catch((failure: Error & { loc?: object }) => failure)
    expect(error).toMatchObject({
      message: expect.stringContaining('No manifest entry for "./baot.png". Did you mean "./boat.png"?'),
    })
    expect((error as Error).message).toContain('src/main.ts:1:17')
    expect(site.emulator.requests).toHaveLength(0)
  })

  it('fails where the API refuses, after everything else that was sent is kept', async () => {
    await see('./boat.png?generate')
    await site.write('src/images.prompts.json', MANIFEST.replace('A paper boat.', 'A [blocked] boat.'))
    const failure = await site.build(await load()).catch((error: Error) => error.message)
    expect(failure).toContain('src/boat: The API refuses this prompt')
    expect(await readdir(join(site.root, 'generated-images/src/blog'))).toEqual(['hero.json', 'hero.png'])
    await site.build(await load()).catch(() => {})
    expect(site.emulator.requests).toHaveLength(3)
  })

  it('leaves the key nowhere', async () => {
    await see('./boat.png?generate&as=picture')
    const outDir = join(site.root, 'dist')
    await site.build(await load(), {}, { build: { write: true, outDir, sourcemap: true } })
    const files = await readdir(site.root, { recursive: true, withFileTypes: true })
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name)
      expect([path, (await readFile(path)).includes('test-key')]).toEqual([path, false])
    }
  })
})
