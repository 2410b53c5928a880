// Pictures in stylesheets of every dialect, those that Sass, Less and @import bring in as well: built, and in a page of
// the dev server whose pictures are made while it is open.
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { InlineConfig, ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openProject } from '../../src/index.ts'
import { filesOf } from '../bundlers/bundler.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, picturesOf, type Site, VITES } from './site.ts'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const BOAT = { prompt: 'A boat.', alt: 'A boat', size: '16:9', widths: [100, 200], as: 'picture' }
const FILES = {
  'index.html': `<!doctype html><html><head><link rel="icon" href="data:,"><style>.page { background: url(./src/boat.png?generate&w=20) }</style></head>
    <body><p class="styled" style="background: url('./src/boat.png?generate&amp;as=image-set&amp;w=30')"></p>
    <script type="module" src="/src/main.js"></script></body></html>`,
  'src/images.prompts.json': JSON.stringify({ images: { boat: BOAT } }),
  'src/main.js': `import './plain.css'
import './sassy.scss'
import './indented.sass'
import './lessy.less'
import names from './named.module.css'
for (const name of ['plain', 'set', 'aliased', 'imported', 'partial', 'sassy', 'indented', 'mixed', 'lessy', names.own, 'page']) {
  const element = document.createElement('p')
  element.className = name
  document.body.append(element)
}`,
  'src/plain.css': `@import './parts/imported.css';
.plain { background: url(./boat.png?generate&w=40) }
.set { background: no-repeat url("./boat.jpg?generate&as=image-set&w=50") center / cover }
.aliased { background: url(@/boat.webp?generate&w=60) }`,
  'src/parts/imported.css': '.imported { background: url(../boat.png?generate&w=70) }',
  'src/parts/_partial.scss': '.partial { background: url("../boat.png?generate&w=80") }',
  'src/sassy.scss': `@use './parts/partial'; // url(./no.png?generate)
.sassy { &:not(.other) { background: url(./boat.png?generate&w=90) } }`,
  'src/indented.sass': '.indented\n  background: url(./boat.png?generate&w=95)\n',
  'src/parts/mixed.less': `.mixed { background: url('../boat.png?generate&w=110') }`,
  'src/lessy.less': `@import './parts/mixed'; .lessy { .m(); } .m() { background: url(./boat.png?generate&w=120) }`,
  'src/named.module.css': '.own { background: url(./boat.png?generate&w=130) }',
}
const WIDTHS = [20, 30, 40, 50, 60, 70, 80, 90, 95, 110, 120, 130]
const PICTURES = [
  ...['30.avif', '30.webp', '50.avif', '50.jpg', '50.webp', '60.webp'].map((end) => `assets/boat-${end}`),
  ...WIDTHS.filter((width) => width !== 50 && width !== 60).map((width) => `assets/boat-${width}.png`),
].sort()

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe.each(VITES)('%s, stylesheets', (_, load) => {
  let site: Site
  beforeEach(async () => {
    site = await createSite(FILES)
    for (const name of ['sass', 'less'])
      await symlink(join(MODULES, name), join(site.root, 'node_modules', name), 'dir')
  })
  afterEach(() => site.remove())

  const more = (own: InlineConfig = {}): InlineConfig => ({
    resolve: { alias: { '@': join(site.root, 'src') } },
    ...own,
  })

  it('have their pictures in a build, and in a second one without a key', async () => {
    const vite = await load()
    const output = await site.build(vite, {}, more({ base: '/app/' }))
    expect(picturesOf(output)).toEqual(PICTURES)
    const [css] = output.flatMap((file) =>
      /\.css$/.test(file.fileName) && 'source' in file ? [String(file.source)] : [],
    )
    expect(css).not.toContain('generate')
    expect(css?.match(/url\(["']?\/app\/assets\/boat-/g)).toHaveLength(12)
    expect(site.emulator.requests).toHaveLength(1)
    const again = await site.build(
      vite,
      { mode: 'frozen', provider: {} },
      more({ css: { transformer: 'lightningcss' } }),
    )
    expect(picturesOf(again)).toEqual(PICTURES)
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('have their pictures in every environment of a build, each with a configuration of its own', async () => {
    const vite = await load()
    const input = { rollupOptions: { input: join(site.root, 'src/main.js') } }
    const config = site.config({}, more({ appType: 'custom', build: { ...input, write: true } }))
    const css = { cssCodeSplit: true, emitAssets: true, write: true, outDir: 'server', ...input }
    const builder = await vite.createBuilder({
      ...config,
      environments: { prerender: { consumer: 'server', build: css } },
    })
    for (const environment of Object.values(builder.environments)) await builder.build(environment)
    for (const folder of ['dist', 'server']) {
      const files = await filesOf(join(site.root, folder))
      const sheets = [...files].filter(([file]) => file.endsWith('.css')).map(([, bytes]) => String(bytes))
      expect([folder, sheets.join()]).not.toEqual([folder, ''])
      expect([folder, sheets.filter((text) => text.includes('generate'))]).toEqual([folder, []])
    }
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('share their files with modules, and other plugins do not see them', async () => {
    await site.write(
      'src/main.js',
      "import './plain.css'\nimport boat from './boat.png?generate&as=url&w=40'\nconsole.log(boat)",
    )
    const vite = await load()
    const seen: string[] = []
    const config = site.config({}, more({ build: { write: true } }))
    const other = {
      name: 'other',
      generateBundle: (_: object, bundle: object) => void seen.push(...Object.keys(bundle)),
    }
    const build = { ...config.build, write: true }
    // Twice with one instance, as a server that restarts has it.
    for (const _ of [1, 2]) await vite.build({ ...config, plugins: [...config.plugins!, other], build })
    const output = await filesOf(join(site.root, 'dist'))
    const files = [...output.keys()]
    expect(String(output.get(files.find((file) => file.endsWith('.css'))!))).not.toContain('generate')
    expect(files.filter((file) => /boat-40/.test(file))).toHaveLength(1)
    expect(files.filter((file) => /boat-/.test(file)).length).toBeGreaterThan(5)
    expect(seen.filter((file) => /boat-/.test(file))).toEqual([])
  })

  it('say where a mistake stands that they import', async () => {
    await site.write('src/parts/_partial.scss', '.partial { background: url("../boat.png?generate&as=img") }')
    await expect(site.build(await load(), {}, more())).rejects.toThrow(
      /as=image-set[\s\S]*_partial\.scss:1:29/,
    )
  })

  describe('in a dev server', () => {
    let server: ViteDevServer
    let page: Page
    const trouble: string[] = []
    afterEach(async () => {
      await page.close()
      await server.close()
    })
    const open = async (own: InlineConfig = {}) => {
      const { createServer } = await load()
      trouble.length = 0
      server = await createServer(
        site.config({ mode: 'draft' }, more({ server: { port: 0, host: '127.0.0.1' }, ...own })),
      )
      await server.listen()
      page = await browser.newPage()
      page.on('pageerror', (error) => trouble.push(error.message))
      page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
      page.on('response', (response) => response.status() >= 400 && trouble.push(response.url()))
      await page.goto(server.resolvedUrls!.local[0]!, { waitUntil: 'networkidle' })
    }
    /** The type and the width of each background, by the width that was asked for. */
    const shown = () =>
      page.evaluate(`(async () => {
        const elements = [...document.querySelectorAll('p')]
        const addresses = elements.flatMap((one) =>
          [...getComputedStyle(one).backgroundImage.matchAll(/url\\("([^"]*)"\\)/g)].map(([, address]) => address))
        const entries = await Promise.all(addresses.map(async (src) => {
          const type = (await fetch(src)).headers.get('content-type')
          const image = Object.assign(new Image(), { src })
          const width = await image.decode().then(() => image.naturalWidth, String)
          return [/boat-(\\d+\\.\\w+)/.exec(src)[1], type + ' ' + width]
        }))
        return Object.fromEntries(entries)
      })()`)
    const expected = (typeOf: (ending: string) => string) =>
      Object.fromEntries(
        PICTURES.map((name) => {
          const [width = '', ending = ''] = name.slice('assets/boat-'.length).split('.')
          return [`${width}.${ending}`, `${typeOf(ending)} ${width}`]
        }),
      )
    const DRAFTS = expected(() => 'image/svg+xml')
    const MADE = expected((ending) => `image/${ending === 'jpg' ? 'jpeg' : ending}`)
    const make = async () => {
      const provider = { baseURL: site.emulator.baseURL, apiKey: 'test-key' }
      const project = await openProject({ root: site.root, provider, mode: 'generate' })
      const never = new AbortController().signal
      const plan = await project.plan(await project.collect())
      await (await project.generate(plan, { soon: never, now: never, onEvent() {} })).done
      await project.close()
    }

    it.each([['/'], ['/app/']])('show drafts below %s, which become the pictures', async (base) => {
      await open({ base })
      expect(await shown()).toEqual(DRAFTS)
      expect(site.emulator.requests).toHaveLength(0)
      await page.evaluate(`globalThis.mark = 'kept'`)
      await make()
      await vi.waitFor(async () => expect(await shown()).toEqual(MADE), { timeout: 10_000, interval: 200 })
      expect(await page.evaluate('globalThis.mark')).toBe('kept')
      await page.reload({ waitUntil: 'networkidle' })
      expect(await shown()).toEqual(MADE)
      expect(trouble).toEqual([])
    })
  })
})
