// What is expected of the pictures in stylesheets, as a visitor gets them: in headless Chromium.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { type Built, type Bundler, filesOf, picturesIn, type Wish } from './bundler.ts'
import { serve } from './page.ts'
import { IMAGES, manifest, start } from './project.ts'

const MAIN = { 'src/main.js': `import './style.css'\n` }
/** By class. */
export const SHEETS = {
  'src/style.css': `@import './sub/imported.css';
.one { background: url(./boat.png?generate&w=100) }
.set { background: no-repeat url('./boat.jpg?generate&as=image-set') center / cover }
.own { background: image-set("./boat.png?generate&format=avif" type("image/avif"), url(boat.png?generate&w=64) 1x) }
.within { background-image: image-set(url(/src/boat.webp?generate&as=image-set&w=64)) }
.inline { background: url("./city.webp?generate&prompt=A \\"city\\"&w=80") }
.none { background: none; content: "url(./boat.png?generate)" } /* url(./no.png?generate) */
`,
  'src/sub/imported.css': `.imported { background: url(../boat.png?generate&w=50) }`,
}

/** What a class shows: its background as the browser understands it, and the width of each picture in it. */
interface Shown {
  /** With addresses as `name-width.ext`. */
  readonly text: string
  readonly addresses: readonly string[]
  readonly widths: readonly (number | string)[]
}

/** Opens a page with stylesheets (addresses) and a script that may bring some, and decodes what each class has. */
export async function lookAtStyles(
  browser: Browser,
  origin: string,
  sheets: readonly string[],
  script = 'data:,',
): Promise<Readonly<Record<string, Shown>>> {
  const page = await browser.newPage()
  try {
    await page.goto(`${origin}/page?script=${script}`)
    return (await page.evaluate(`(${inPage})(${JSON.stringify(sheets)})`)) as Record<string, Shown>
  } finally {
    await page.close()
  }
}

/** The addresses of the stylesheets among the files of a build. */
const sheetsIn = (files: ReadonlyMap<string, unknown>, below = '/') =>
  [...files.keys()].filter((file) => file.endsWith('.css')).map((file) => below + file)

const set = (stem: string, last: string) =>
  `image-set(${stem}.avif type("image/avif"), ${stem}.webp type("image/webp")${last})`
const TEXTS = {
  one: 'boat-100.png',
  set: set('boat-128', ', boat-128.jpg type("image/jpeg")'),
  own: 'image-set(boat-128.avif type("image/avif"), boat-64.png)',
  within: set('boat-64', ''),
  inline: 'city-80.webp',
  imported: 'boat-50.png',
  none: 'none',
}
/** Of every picture, by class. */
export const WIDTHS = {
  one: [100],
  set: [128, 128, 128],
  own: [128, 64],
  within: [64, 64],
  inline: [80],
  imported: [50],
  none: [],
}
/** A part of what each class shows. */
export const of = <T>(shown: Readonly<Record<string, Shown>>, part: (one: Shown) => T) =>
  Object.fromEntries(Object.entries(shown).map(([name, one]) => [name, part(one)]))

/** The tests of a bundler that handles CSS. */
export function expectStylesheets(
  bundler: Bundler,
  built: (wish: Wish) => Promise<Built>,
  browser: () => Browser,
): void {
  it('places the pictures of url() and image-set(), also in one that another imports', async () => {
    const { wish, site, api } = await start({})
    await site.write({ ...SHEETS, ...MAIN })
    const plan = await site.plan()
    expect(
      plan.images.map(({ name, usedIn }) => [name, usedIn.map(({ file, line }) => `${file}:${line}`)]),
    ).toEqual([
      ['src/blog/hero', ['src/images.prompts.json:11']],
      [
        'src/boat',
        [
          'src/images.prompts.json:3',
          ...[2, 3, 4, 4, 5].map((line) => `src/style.css:${line}`),
          'src/sub/imported.css:1',
        ],
      ],
      ['src/city', ['src/style.css:6']],
    ])
    const { files } = await built(wish())
    const shown = await lookAtStyles(browser(), await serve(() => files), sheetsIn(files))
    expect(of(shown, ({ text }) => text)).toEqual(TEXTS)
    expect(of(shown, ({ widths }) => widths)).toEqual(WIDTHS)
    expect(api.posts).toBe(3)
    await site.remove('dist')
    const again = await built(wish({}, { mode: 'frozen', provider: {} }))
    expect(picturesIn(again.files)).toEqual(picturesIn(files))
    expect(api.posts).toBe(3)
  })

  it.skipIf(bundler.lacks.includes('base'))('follows the public path in them', async () => {
    const { wish, site } = await start({})
    await site.write({ ...SHEETS, ...MAIN })
    const { files } = await built(wish({ base: '/app/' }))
    const origin = await serve(() => files, '/app/')
    const shown = await lookAtStyles(browser(), origin, sheetsIn(files, '/app/'))
    expect(of(shown, ({ widths }) => widths)).toEqual(WIDTHS)
  })

  it('fails with the place of a mistake in one', async () => {
    const { wish, site } = await start({})
    await site.write({ ...MAIN, 'src/style.css': '.a {\n  background: url(./baot.png?generate)\n}' })
    const { errors } = await bundler.build(wish())
    expect(errors.join('\n').split('Did you mean "./boat.png"?')).toHaveLength(2)
    expect(errors.join('\n')).toContain('src/style.css:2:19')
    await site.write({ 'src/style.css': '.a { background: url(./boat.png?generate&as=picture) }' })
    expect((await bundler.build(wish())).errors.join('\n')).toContain('a stylesheet takes as=url')
  })

  it('follows an edited manifest where it watches', async () => {
    const { wish, site, api } = await start({})
    await site.write({ ...MAIN, 'src/style.css': '.one { background: url(./boat.png?generate) }' })
    const watching = await bundler.watch(wish())
    onTestFinished(() => watching.close())
    const files = () => filesOf(join(site.root, 'dist'))
    const origin = await serve(files)
    // Those of earlier builds lie beside the newest.
    const shows = (width: number) =>
      expect
        .poll(
          async () => {
            const sheets = sheetsIn(await files())
            const looks = sheets.length === 0 ? [[]] : sheets.map((sheet) => [sheet])
            const shown = looks.map((look) =>
              lookAtStyles(browser(), origin, look, '/main.js').catch(() => ({})),
            )
            return (await Promise.all(shown)).flatMap(({ one }: { one?: Shown }) => one?.widths ?? [])
          },
          { timeout: 40_000, interval: 200 },
        )
        .toContain(width)
    await shows(128)
    await site.write(manifest({ ...IMAGES, boat: { ...IMAGES.boat, widths: [90] } }))
    await shows(90)
    expect(api.posts).toBe(2)
  })
}

// Runs in the page, which has no helper of any compiler: as text.
const inPage = `async (sheets) => {
  const loaded = sheets.map((href) => new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: resolve, onerror: reject })
    document.head.append(link)
  }))
  await Promise.all(loaded)
  const shown = {}
  for (const name of ['one', 'set', 'own', 'within', 'inline', 'imported', 'none']) {
    const element = document.createElement('div')
    element.className = name
    document.body.append(element)
    const text = getComputedStyle(element).backgroundImage
    const addresses = [...text.matchAll(/url\\("([^"]*)"\\)/g)].map(([, address]) => address)
    const widths = await Promise.all(addresses.map(async (src) => {
      const image = Object.assign(new Image(), { src })
      return image.decode().then(() => image.naturalWidth, String)
    }))
    const short = text.replace(/url\\("[^"]*\\/([a-z]+-\\d+)[.-][^"]*(\\.\\w+)"\\)/g, '$1$2').replaceAll(' 1dppx', '')
    shown[name] = { text: short, addresses, widths }
  }
  return shown
}`
