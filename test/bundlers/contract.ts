// One list of expectations; each bundler's test file runs it with a few lines of its own.
import { cp, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Options } from '../../src/config/options.ts'
import { startBrowser } from '../support/browser.ts'
import { type Built, type Bundler, filesOf, picturesIn, type Wish } from './bundler.ts'
import { expectDecoded, look, serve } from './page.ts'
import { FILE, IMAGES, manifest, type Project, showing, start } from './project.ts'
import { expectStylesheets } from './stylesheets.ts'

/** What a build for a server shows. */
function seenOnServer({ files }: Built): unknown {
  const code = Buffer.from(files.get('main.js')!)
    .toString()
    .replace(/^export \{\s*\};?$/m, '')
  const found: { seen?: object } = {}
  new Function('globalThis', 'require', 'module', 'exports', code)(found, () => ({}), { exports: {} }, {})
  return found.seen
}

/** Letters that mean something to shells, URLs, globs, templates or loaders. */
const ODD_NAMES = [
  ...[
    '100%',
    '%2e%2e%2fboat',
    'a&b',
    'a+b',
    'a b',
    "it's",
    '[slug]',
    '[name]',
    '[hash]',
    '$name',
    '~a',
    '-a',
  ],
  ...['a@b', '(x)', '{x}', 'a;b', 'a,b', 'a=b', '^a', '`a`', 'ü', '日本', 'a.js', 'con-x', '_proto_'],
]

/** Runs all expectations on a bundler. */
export function describeBundler(bundler: Bundler): void {
  const can = (what: Bundler['lacks'][number]) => !bundler.lacks.includes(what)
  let browser: Browser
  const lookAt = async ({ files }: Pick<Built, 'files'>, below = '/', script = `${below}main.js`) =>
    look(browser, await serve(() => files, below), script)
  const built = async (wish: Wish): Promise<Built> => {
    const result = await bundler.build(wish)
    expect(result.errors).toEqual([])
    return result
  }

  const expectNames = async (names: NonNullable<Wish['names']>) => {
    const { wish } = await start({ boat: './boat.webp?generate&as=srcset' })
    const output = await built(wish({ names }))
    expectDecoded((await lookAt(output)).pictures, 2)
    const pictures = [...output.files.keys()].filter((file) => file.endsWith('.webp')).sort()
    expect(pictures).toEqual([
      expect.stringMatching(/^pictures\/boat-128\.[\w-]+\.webp$/),
      expect.stringMatching(/^pictures\/boat-64\.[\w-]+\.webp$/),
    ])
  }

  describe(`${bundler.name} ${bundler.version}`, () => {
    beforeAll(async () => {
      browser = await startBrowser()
    })
    afterAll(() => browser.close())

    it('gives every shape, with pictures that a browser decodes', async () => {
      const { wish, api } = await start({
        url: './boat.png?generate',
        srcset: './boat.webp?generate&as=srcset',
        img: './boat.jpg?generate&as=img&placeholder=color',
        picture: './boat.png?generate&as=picture&placeholder',
        metadata: './boat.png?generate&as=metadata',
        original: './boat.png?generate&as=original',
        all: './images.prompts.json?generate&as=img',
        hero: 'blog/hero?generate&as=picture',
        city: './city.webp?generate&prompt=A+"city"!+It%27s+<big>&size=16:9&w=100&as=img&alt=City',
      })
      const output = await built(wish())
      const { seen, pictures } = await lookAt(output)
      const size = { width: 128, height: 128, alt: 'A boat' }
      const set = expect.stringMatching(/^\S+ 64w, \S+ 128w$/)
      const src = expect.any(String)
      expect(seen).toEqual({
        url: src,
        srcset: set,
        img: { src, srcset: set, ...size, placeholder: expect.stringMatching(/^#[0-9a-f]{6}$/) },
        picture: {
          img: { src, srcset: set, ...size },
          sources: { avif: set, webp: set },
          placeholder: expect.stringMatching(/^data:image\/webp;base64,/),
        },
        metadata: expect.objectContaining({ name: 'src/boat', prompt: 'A paper boat.', state: 'kept' }),
        original: src,
        all: {
          boat: { src, srcset: set, ...size },
          'blog/hero': { src, srcset: src, width: 120, height: 63, alt: 'Mountains' },
        },
        hero: expect.objectContaining({ sources: { webp: expect.stringMatching(/ 120w$/) } }),
        city: { src, srcset: expect.stringMatching(/ 100w$/), width: 100, height: 56, alt: 'City' },
      })
      // Twelve files and a placeholder.
      expectDecoded(pictures, 13)
      expect(picturesIn(output.files)).toEqual([
        'boat-128.avif',
        'boat-128.jpg',
        'boat-128.png',
        'boat-128.webp',
        'boat-64.avif',
        'boat-64.jpg',
        'boat-64.png',
        'boat-64.webp',
        'boat.png',
        'city-100.webp',
        'hero-120.jpg',
        'hero-120.webp',
      ])
      expect(api.posts).toBe(3)
      const prompts = api.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt)
      expect(prompts).toContain(`A "city"! It's <big>`)
    })

    it('takes every name that a picture may have', async () => {
      const look = { alt: 'A boat', widths: [64], formats: ['webp'] }
      const { wish, site } = await start(
        { all: './images.prompts.json?generate&as=picture' },
        Object.fromEntries(ODD_NAMES.map((name) => [name, { prompt: `It is ${name}.`, ...look }])),
      )
      // Their addresses are the host's own affair: it is given the files as they are.
      const originals = showing({ originals: './images.prompts.json?generate&as=original' })
      await site.write({ 'src/originals.js': originals })
      const entries = { main: './src/main.js', originals: './src/originals.js' }
      const { seen, pictures } = await lookAt(await built(wish({ entries })))
      expect(Object.keys(seen.all as object)).toEqual(ODD_NAMES)
      expectDecoded(pictures, 2 * ODD_NAMES.length)
    })

    it('emits the pictures whole, with the mark of their origin', async () => {
      const { wish } = await start({ boat: './boat.png?generate&as=picture' })
      const { files } = await built(wish())
      const emitted = [...files].filter(([file]) => /\.(avif|webp|png)$/.test(file))
      expect(emitted).toHaveLength(6)
      for (const [file, bytes] of emitted) {
        const { xmpAsString } = await sharp(bytes).metadata()
        expect([file, xmpAsString?.includes('trainedAlgorithmicMedia')]).toEqual([file, true])
        await sharp(bytes).raw().toBuffer()
      }
    })

    it('emits a picture once that three modules import', async () => {
      const { wish, site } = await start({ a: './a.js', b: './deep/b.js', c: './boat.webp?generate' })
      await site.write({
        'src/a.js': `export { default } from './boat.webp?generate'`,
        'src/deep/b.js': `export { default } from '../boat.webp?generate'`,
      })
      const output = await built(wish())
      const { seen, pictures } = await lookAt(output)
      expect([seen.a, seen.b]).toEqual([seen.c, seen.c])
      expectDecoded(pictures, 1)
      expect(picturesIn(output.files)).toEqual(['boat-128.webp'])
    })

    it('serves several entries', async () => {
      const { wish, site, api } = await start({ boat: './boat.webp?generate&as=srcset' })
      await site.write({
        'src/other.js': showing({ boat: './boat.webp?generate', hero: 'blog/hero?generate' }),
      })
      const output = await built(wish({ entries: { main: './src/main.js', other: './src/other.js' } }))
      expectDecoded((await lookAt(output)).pictures, 2)
      expectDecoded((await lookAt(output, '/', '/other.js')).pictures, 2)
      expect(picturesIn(output.files)).toEqual(['boat-128.webp', 'boat-64.webp', 'hero-120.jpg'])
      expect(api.posts).toBe(2)
    })

    it.skipIf(!can('base'))('follows the public path', async () => {
      const { wish } = await start({ boat: './boat.webp?generate&as=srcset' })
      const { pictures } = await lookAt(await built(wish({ base: '/app/' })), '/app/')
      expectDecoded(pictures, 2)
      for (const address of Object.keys(pictures)) expect(address).toMatch(/^\/app\//)
    })

    it.skipIf(!can('base'))('follows a prefix that leads to a CDN', async () => {
      const { wish } = await start({ boat: './boat.webp?generate&as=srcset' })
      let files: Built['files'] = new Map()
      const cdn = `${await serve(() => files, '/x/')}/x/`
      const output = await built(wish({ base: cdn }))
      files = output.files
      const { pictures } = await lookAt(output)
      expectDecoded(pictures, 2)
      for (const address of Object.keys(pictures)) expect(address.startsWith(cdn)).toBe(true)
    })

    it('follows the names of the host', async () => expectNames('template'))

    it.skipIf(!can('name functions'))(
      'follows the names of the host, where a function gives them',
      async () => expectNames('function'),
    )

    it.skipIf(!can('memory'))('writes nothing to the disk where the output stays in memory', async () => {
      const { wish, site } = await start({ boat: './boat.webp?generate&as=srcset' })
      const output = await built(wish({ memory: true }))
      expectDecoded((await lookAt(output)).pictures, 2)
      expect(await site.tree('dist')).toEqual([])
    })

    it.skipIf(!can('server'))('gives a server the same addresses and no files', async () => {
      const { wish, api } = await start({ boat: './boat.png?generate&as=picture' })
      const { seen } = await lookAt(await built(wish({ base: '/app/' })), '/app/')
      const server = await built(wish({ base: '/app/', server: true, clean: true }))
      expect(picturesIn(server.files)).toEqual([])
      expect(seenOnServer(server)).toEqual(seen)
      expect(api.posts).toBe(2)
    })

    it.skipIf(!bundler.together).each([
      ['one instance', 'one'],
      ['two instances', 'two'],
    ] as const)('builds for browsers and a server at once, with %s of the plugin', async (_, instances) => {
      const { wish, api } = await start({ boat: './boat.png?generate&as=picture' })
      const wishes = [wish({ base: '/app/' }), wish({ base: '/app/', server: true, out: 'server' })] as const
      const [client, server] = await bundler.together!(wishes, instances)
      expect([...client.errors, ...server.errors]).toEqual([])
      const { seen, pictures } = await lookAt(client, '/app/')
      expectDecoded(pictures, 6)
      expect(seenOnServer(server)).toEqual(seen)
      expect(picturesIn(server.files)).toEqual([])
      expect(api.posts).toBe(2)
    })

    it('asks nothing and encodes nothing in a second build', async () => {
      const { wish, site, api } = await start({ boat: './boat.png?generate&as=picture' })
      const first = await built(wish())
      const cache = 'node_modules/.cache/unplugin-generate-images/renditions'
      const encoded = async () => {
        const files = (await site.tree(cache)).filter((file) => file.endsWith('.data'))
        return Promise.all(
          files.map(async (file) => [file, (await stat(join(site.root, cache, file))).mtimeMs]),
        )
      }
      const before = await encoded()
      expect(before).toHaveLength(6)
      const second = await built(wish())
      expect(await encoded()).toEqual(before)
      expect([...second.files.keys()].sort()).toEqual([...first.files.keys()].sort())
      expect(api.posts).toBe(2)
    })

    it('fails where the API refuses a prompt, and says which and where', async () => {
      const { wish, api } = await start(
        { boat: './boat.webp?generate' },
        { ...IMAGES, boat: 'A [blocked] boat.' },
      )
      const { errors } = await bundler.build(wish())
      expect(errors.join('\n')).toContain('src/boat: The API refuses this prompt')
      expect(errors.join('\n')).toContain(`${FILE}:`)
      // The other one was asked for in the same run, and is kept.
      expect(api.posts).toBe(2)
    })

    it('fails with every missing picture where nothing may be asked for', async () => {
      const { wish, api } = await start({ boat: './boat.webp?generate' })
      const { errors } = await bundler.build(wish({}, { mode: 'frozen' }))
      const text = errors.join('\n')
      for (const part of ['src/boat: The picture is missing', 'src/blog/hero: The picture is missing'])
        expect(text.split(part)).toHaveLength(2)
      expect(text).toMatch(/src\/images\.prompts\.json:\d+:\d+, src\/main\.js:1:\d+/)
      expect(text).toContain('npx generate-images')
      expect(text).not.toContain('.generate-images/')
      expect(api.posts).toBe(0)
    })

    it('fails with the place of a mistake in a specifier', async () => {
      const { wish } = await start({ boat: './baot.webp?generate' })
      const { errors } = await bundler.build(wish())
      expect(errors.join('\n')).toContain('No manifest entry for "./baot.webp". Did you mean "./boat.webp"?')
      expect(errors.join('\n')).toContain('src/main.js:1:')
    })

    it.skipIf(!can('rules'))("leaves the user's own pictures to the user's own rules", async () => {
      const { wish, site } = await start({
        boat: './boat.png?generate&as=picture',
        jpg: './boat.jpg?generate',
      })
      const alone = await built(wish())
      expectDecoded((await lookAt(alone)).pictures, 7)
      const own = await sharp({ create: { width: 3, height: 3, channels: 3, background: 'red' } })
        .png()
        .toBuffer()
      await site.write({
        'src/own.png': own,
        'src/main.js': `import own from './own.png'\n${showing({ boat: './boat.png?generate&as=picture', jpg: './boat.jpg?generate' })}\nglobalThis.seen.own = own.slice(0, 5)`,
      })
      const output = await built(wish({ rules: true, clean: true }))
      const { seen, pictures } = await lookAt(output)
      expectDecoded(pictures, 7)
      // Its own text, or inlined, as the rule says: no file.
      expect(['own', 'data:']).toContain(seen.own)
      expect(picturesIn(output.files)).toEqual(picturesIn(alone.files))
    })

    describe.skipIf(!can('stylesheets'))('in stylesheets', () =>
      expectStylesheets(bundler, built, () => browser),
    )

    describe('that watches', () => {
      /** Starts to watch; `until` waits for a build whose page fulfils an expectation. */
      const begin = async (project: Project, options: Options = {}, more: Partial<Wish> = {}) => {
        const wish = project.wish(more, options)
        const watching = await bundler.watch(wish)
        onTestFinished(() => watching.close())
        const dist = join(wish.root, 'dist')
        const origin = await serve(() => filesOf(dist))
        const page = () => look(browser, origin, '/main.js').catch((error: Error) => error.message)
        const until = async (check: (page: Awaited<ReturnType<typeof look>>) => void) =>
          expect
            .poll(
              async () => {
                const now = await page()
                if (typeof now === 'string') return now
                try {
                  check(now)
                  return watching.errors
                } catch (error) {
                  return (error as Error).message
                }
              },
              { timeout: 20_000, interval: 100 },
            )
            .toEqual([])
        return { watching, until }
      }
      const SRCSET = { boat: './boat.webp?generate&as=srcset' }

      it('keeps every picture when another module changes, also one that is cleaned', async () => {
        const project = await start(SRCSET)
        const { until } = await begin(project, {}, can('clean') ? { clean: true } : {})
        await until(({ pictures }) => expectDecoded(pictures, 2))
        for (const note of ['one', 'two', 'three']) {
          await project.site.write({ 'src/main.js': `${showing(SRCSET)}\nglobalThis.seen.note = '${note}'` })
          await until(({ seen, pictures }) => {
            expect(seen.note).toBe(note)
            expectDecoded(pictures, 2)
          })
        }
        expect(picturesIn(await filesOf(join(project.site.root, 'dist')))).toEqual([
          'boat-128.webp',
          'boat-64.webp',
        ])
        expect(project.api.posts).toBe(2)
      })

      it('follows an edited manifest: widths, and a prompt', async () => {
        const project = await start(SRCSET)
        const { until } = await begin(project)
        await until(({ pictures }) => expectDecoded(pictures, 2))
        await project.site.write(manifest({ ...IMAGES, boat: { ...IMAGES.boat, widths: [32, 96, 160] } }))
        await until(({ seen, pictures }) => {
          expect(seen.boat).toMatch(/ 32w, .* 96w, .* 160w$/)
          expectDecoded(pictures, 3)
        })
        expect(project.api.posts).toBe(2)
        const before = new Set((await filesOf(join(project.site.root, 'dist'))).keys())
        await project.site.write(manifest({ ...IMAGES, boat: { ...IMAGES.boat, prompt: 'A wooden boat.' } }))
        await until(({ seen, pictures }) => {
          expect(seen.boat).toMatch(/ 64w, .* 128w$/)
          expectDecoded(pictures, 2)
          // Another picture, so another file.
          for (const address of Object.keys(pictures))
            expect(before.has(address.replace(/^.*\/(?=[^/]+$)/, ''))).toBe(false)
        })
        expect(project.api.posts).toBe(3)
      })

      it('follows a picture that the command line brings, and one that is deleted', async () => {
        const project = await start(SRCSET)
        await project.site.run()
        await cp(join(project.site.root, 'generated-images'), join(project.site.root, 'aside'), {
          recursive: true,
        })
        await project.site.remove(
          'generated-images/src/boat.png',
          'generated-images/src/boat.json',
          'generated-images/.takes',
        )
        const { watching, until } = await begin(project, { mode: 'frozen' })
        const missing = async () =>
          expect
            .poll(() => watching.errors.join('\n'), { timeout: 20_000 })
            .toContain('src/boat: The picture is missing')
        await missing()
        for (const file of ['boat.png', 'boat.json'])
          await cp(
            join(project.site.root, 'aside/src', file),
            join(project.site.root, 'generated-images/src', file),
          )
        await until(({ pictures }) => expectDecoded(pictures, 2))
        await project.site.remove('generated-images/src/boat.png', 'generated-images/src/boat.json')
        await missing()
        expect(project.api.posts).toBe(2)
      })

      it('goes on when a mistake is mended: in a manifest, in a module', async () => {
        const project = await start(SRCSET)
        await project.site.write({ [FILE]: '{ "images": { "boat": 3 } }' })
        const { watching, until } = await begin(project)
        const says = (text: string) => expect.poll(() => watching.errors.join('\n')).toContain(text)
        await says(`${FILE}:1:`)
        await project.site.write(manifest())
        await until(({ pictures }) => expectDecoded(pictures, 2))
        await project.site.write({ 'src/main.js': showing({ boat: './baot.webp?generate' }) })
        await says('Did you mean "./boat.webp"?')
        await project.site.write({ 'src/main.js': showing({ boat: './boat.webp?generate' }) })
        await until(({ pictures }) => expectDecoded(pictures, 1))
      })
    })

    describe.skipIf(!can('cache'))('with a cache that outlives the process', () => {
      it('gives the right pictures cold, warm, and after the manifest changed', async () => {
        const project = await start({ boat: './boat.webp?generate&as=srcset' })
        const wish = project.wish({ cache: true, clean: true })
        const cold = await built(wish)
        expectDecoded((await lookAt(cold)).pictures, 2)
        const warm = await built(wish)
        expect([...warm.files.keys()].sort()).toEqual([...cold.files.keys()].sort())
        expectDecoded((await lookAt(warm)).pictures, 2)
        await project.site.write(manifest({ ...IMAGES, boat: { ...IMAGES.boat, widths: [32, 96, 160] } }))
        const changed = await built(wish)
        const { seen, pictures } = await lookAt(changed)
        expect(seen.boat).toMatch(/ 32w, .* 96w, .* 160w$/)
        expectDecoded(pictures, 3)
        expect(picturesIn(changed.files)).toEqual(['boat-160.webp', 'boat-32.webp', 'boat-96.webp'])
        await project.site.write(manifest({ ...IMAGES, boat: { ...IMAGES.boat, prompt: 'A wooden boat.' } }))
        expectDecoded((await lookAt(await built(wish))).pictures, 2)
        expect(project.api.posts).toBe(3)
      })

      it('gives them when our own cache was deleted, or the options changed', async () => {
        const project = await start({ boat: './boat.webp?generate&as=srcset' })
        const wish = project.wish({ cache: true, clean: true })
        await built(wish)
        await project.site.remove('node_modules/.cache/unplugin-generate-images')
        expectDecoded((await lookAt(await built(wish))).pictures, 2)
        const { seen, pictures } = await lookAt(
          await built({ ...wish, plugin: { ...wish.plugin, alias: { '@': 'src' }, provenance: false } }),
        )
        expect(seen.boat).toBeTypeOf('string')
        expectDecoded(pictures, 2)
        expect(await readFile(join(project.site.root, 'generated-images/src/boat.json'), 'utf8')).toContain(
          '"key"',
        )
      })

      it('fails warm where a picture is missing, and goes on when it is back', async () => {
        const project = await start({ boat: './boat.webp?generate&as=srcset' })
        const wish = project.wish({ cache: true, clean: true })
        await built(wish)
        const frozen: Wish = { ...wish, plugin: { ...wish.plugin, mode: 'frozen' } }
        await built(frozen)
        await cp(join(project.site.root, 'generated-images'), join(project.site.root, 'aside'), {
          recursive: true,
        })
        await project.site.remove('generated-images')
        const { errors } = await bundler.build(frozen)
        expect(errors.join('\n')).toContain('src/boat: The picture is missing')
        await cp(join(project.site.root, 'aside'), join(project.site.root, 'generated-images'), {
          recursive: true,
        })
        expectDecoded((await lookAt(await built(frozen))).pictures, 2)
      })
    })
  })
}
