// An export as a person meets it: the command, the folder, and the page that uses it.
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { serve } from '../bundlers/page.ts'
import { projectWith, type Shown, steady } from '../cli/support.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { startBrowser } from '../support/browser.ts'
import { manifest } from '../support/site.ts'

const LOOK = { widths: [64, 128], formats: ['avif', 'webp'] }
const boat = { prompt: 'A boat.', alt: 'A "paper" boat & <more>', ...LOOK }
const hero = { prompt: 'A hero.', alt: 'A hero', ...LOOK }
const OUT = ['export', '--out', 'public/pictures'] as const

let api: TestApi
let project: Awaited<ReturnType<typeof projectWith>>
const at = (path: string) => join(project.root, 'public/pictures', path)
const list = async () => JSON.parse(await readFile(at('manifest.json'), 'utf8'))
const filesOf = async (folder = at('.')) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort()
const exporting = async (...more: string[]): Promise<Shown> => project.sh([...OUT, ...more])
const json = async (...more: string[]) => JSON.parse((await exporting('--json', ...more)).out)

beforeEach(async () => {
  api = await startPaidApi()
  project = await projectWith(manifest({ boat, 'my blog/hero': hero }), api.baseURL)
  await project.sh([])
  expect(api.posts).toBe(2)
})

describe('export', () => {
  it('writes every rendition, markup, a list and a module; nothing the second time, and asks for nothing', async () => {
    expect(steady(await exporting()).replace(/[\d.]+ kB/, 'N kB')).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      2 pictures in public/pictures, N kB: 16 files written, 0 as they were.
      Their addresses begin with /pictures/ (--base).
      "
    `)
    expect(await filesOf()).toMatchInlineSnapshot(`
      [
        "/boat-128.avif",
        "/boat-128.jpg",
        "/boat-128.webp",
        "/boat-64.avif",
        "/boat-64.jpg",
        "/boat-64.webp",
        "/boat.html",
        "/images.d.ts",
        "/images.js",
        "/manifest.json",
        "/my blog/hero-128.avif",
        "/my blog/hero-128.jpg",
        "/my blog/hero-128.webp",
        "/my blog/hero-64.avif",
        "/my blog/hero-64.jpg",
        "/my blog/hero-64.webp",
        "/my blog/hero.html",
      ]
    `)
    for (const name of ['boat', 'my blog/hero'])
      for (const { path, format, width, height, bytes } of (await list()).images[name].files) {
        const seen = await sharp(at(path)).metadata()
        expect(seen).toMatchObject({ width, height, format: format === 'avif' ? 'heif' : format })
        expect((await stat(at(path))).size).toBe(bytes)
      }
    expect(await json()).toMatchObject({ pictures: 2, written: [], removed: [], left: [] })
    expect(api.posts).toBe(2)
  })

  it('gives markup with every address escaped for where it stands', async () => {
    await exporting()
    expect(await readFile(at('boat.html'), 'utf8')).toMatchInlineSnapshot(`
      "<picture>
        <source type="image/avif" srcset="/pictures/boat-64.avif 64w, /pictures/boat-128.avif 128w">
        <source type="image/webp" srcset="/pictures/boat-64.webp 64w, /pictures/boat-128.webp 128w">
        <img src="/pictures/boat-128.jpg" srcset="/pictures/boat-64.jpg 64w, /pictures/boat-128.jpg 128w" width="128" height="128" alt="A &quot;paper&quot; boat &amp; &lt;more&gt;" loading="lazy" decoding="async">
      </picture>
      "
    `)
    const { images } = await import(at('images.js'))
    expect(Object.keys(images)).toEqual(['boat', 'my blog/hero'])
    expect(images['my blog/hero'].sources.avif).toBe(
      '/pictures/my%20blog/hero-64.avif 64w, /pictures/my%20blog/hero-128.avif 128w',
    )
    expect(images.boat.html).toBe(await readFile(at('boat.html'), 'utf8'))
  })

  it('shows in a browser, by its markup alone', async () => {
    await exporting()
    const html = await readFile(at('my blog/hero.html'), 'utf8')
    const origin = await serve(async () => {
      const files = await filesOf()
      const read = files.map(async (file) => [`pictures${file}`, await readFile(at(file))] as const)
      return new Map([...(await Promise.all(read)), ['index.html', Buffer.from(html)]])
    })
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 100, height: 100 } })
      await page.goto(`${origin}/index.html`)
      const seen = await page.evaluate(`(async () => {
        const img = document.images[0]
        await img.decode()
        return { src: img.currentSrc, loaded: img.naturalWidth > 0, alt: img.alt, width: img.width }
      })()`)
      expect(seen).toEqual({
        ...{ src: `${origin}/pictures/my%20blog/hero-128.avif`, loaded: true },
        ...{ alt: 'A hero', width: 128 },
      })
    } finally {
      await browser.close()
    }
  })

  it('begins addresses with --base, and names files by content with --hashed', async () => {
    await exporting('--base', 'https://cdn.example.org/x', '--hashed')
    const { img } = (await list()).images.boat
    expect(img.src).toMatch(/^https:\/\/cdn\.example\.org\/x\/boat-128\.[0-9a-f]{8}\.jpg$/)
    expect(await filesOf()).toContain(`/${img.src.split('/').at(-1)}`)
  })

  it('removes what nothing wants any more, and only what it wrote and nobody changed', async () => {
    await exporting()
    await writeFile(at('mine.txt'), 'mine')
    await writeFile(at('my blog/hero-64.avif'), 'changed')
    await project.write(manifest({ boat: { ...boat, widths: [64] } }))
    const { written, removed, left } = await json()
    expect(written).toEqual(['boat.html', 'images.js'].concat(['images.d.ts']))
    expect(left).toEqual(['my blog/hero-64.avif'])
    expect(removed).toEqual(
      expect.arrayContaining(['boat-128.avif', 'boat-128.webp', 'boat-128.jpg', 'my blog/hero.html']),
    )
    expect(await filesOf()).toEqual(
      [
        'boat-64.avif',
        'boat-64.jpg',
        'boat-64.webp',
        'boat.html',
        'images.d.ts',
        'images.js',
        'manifest.json',
      ]
        .concat(['mine.txt', 'my blog/hero-64.avif'])
        .map((file) => `/${file}`),
    )
  })

  it('writes the changed picture alone', async () => {
    await exporting()
    await project.write(manifest({ boat: { ...boat, prompt: 'Another boat.' }, 'my blog/hero': hero }))
    await project.sh([])
    expect(api.posts).toBe(3)
    const { written } = await json()
    expect(written.every((path: string) => path.startsWith('boat-'))).toBe(true)
    expect(written).toHaveLength(6)
  })

  it('replaces no file of others, and says which, before it writes any', async () => {
    await mkdir(at('my blog'), { recursive: true })
    await writeFile(at('boat-64.avif'), 'mine')
    await writeFile(at('my blog/hero-64.webp'), 'mine')
    const shown = await exporting()
    expect(shown.status).toBe(2)
    expect(shown.err).toContain('boat-64.avif is in the way')
    expect(shown.err).toContain('my blog/hero-64.webp is in the way')
    expect(await filesOf()).toEqual(['/boat-64.avif', '/my blog/hero-64.webp'])
  })

  it.each([
    ['another program', '{"icons":[]}'],
    [
      'a path that leads out',
      '{"generator":"unplugin-generate-images","version":1,"files":{"../../package.json":"x"}}',
    ],
    ['no JSON', 'oh'],
  ])('refuses a manifest.json of %s', async (_, text) => {
    await mkdir(at('.'), { recursive: true })
    await writeFile(at('manifest.json'), text)
    const shown = await exporting()
    expect(shown.status).toBe(2)
    expect(shown.err).toContain('EXPORT_FOREIGN')
    expect(await filesOf()).toEqual(['/manifest.json'])
    expect(await readFile(at('manifest.json'), 'utf8')).toBe(text)
  })

  it('writes through no link that leads out of the folder', async () => {
    await mkdir(at('.'), { recursive: true })
    const outside = join(project.root, 'outside')
    await mkdir(outside)
    await symlink(outside, at('my blog'))
    const shown = await exporting()
    expect(shown.status).toBe(2)
    expect(shown.err).toContain('LEAVES_PROJECT')
    expect(await readdir(outside)).toEqual([])
  })

  it('takes two names that come to one file for a mistake', async () => {
    await project.write(manifest({ 'a b': boat, a_b: { ...hero, prompt: 'Another.' } }))
    await project.sh([])
    const shown = await exporting()
    expect(shown.status).toBe(2)
    expect(shown.err).toContain('EXPORT_CLASH')
    expect((await exporting('--hashed')).status).toBe(0)
  })

  it('exports nothing while a picture is missing, and says how it is made', async () => {
    await project.write(manifest({ boat, lamp: { prompt: 'A lamp.', alt: 'A lamp' } }))
    expect(steady(await exporting())).toMatchInlineSnapshot(`
      "
      status 1
      --- err
      ✗ lamp: The picture is missing, and export asks for nothing. [MISSING]
        at images.prompts.json:15:5
        → Run \`npx generate-images\` where there is a key, and commit the pictures it keeps.
      "
    `)
    await expect(stat(at('.'))).rejects.toThrow('ENOENT')
    expect(api.posts).toBe(2)
  })

  it('exports drafts where they are asked for by name, and takes them away again', async () => {
    await project.write(manifest({ boat, lamp: { prompt: 'A lamp.', alt: 'A lamp', ...LOOK } }))
    expect((await exporting('--mode', 'draft')).status).toBe(0)
    expect((await list()).images.lamp.img).toMatchObject({ src: '/pictures/lamp-128.svg', width: 128 })
    await project.sh([])
    const { removed } = await json()
    expect(removed).toEqual(['lamp-64.svg', 'lamp-128.svg'])
    expect((await list()).images.lamp.img.src).toBe('/pictures/lamp-128.jpg')
  })

  it('exports a stale picture with a warning', async () => {
    await project.write(manifest({ boat: { ...boat, prompt: 'A newer boat.' }, 'my blog/hero': hero }))
    const shown = await exporting()
    expect(shown.status).toBe(0)
    expect(shown.err).toContain('boat: The picture is stale')
  })

  it('leaves the time of a file alone that did not change', async () => {
    await exporting()
    const long = new Date(2020, 1, 1)
    await utimes(at('boat-64.avif'), long, long)
    await rm(at('boat-64.webp'))
    expect((await json()).written).toEqual(['boat-64.webp'])
    expect((await stat(at('boat-64.avif'))).mtime).toEqual(long)
  })

  it('wants a folder', async () => {
    const shown = await project.sh(['export'])
    expect(shown.status).toBe(2)
    expect(shown.err).toContain('"--out" is not given')
  })
})
