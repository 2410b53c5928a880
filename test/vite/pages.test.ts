// Pages of a Vite project whose pictures stand in the HTML itself: built, and in a dev server while they are made.
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { InlineConfig, ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openProject } from '../../src/index.ts'
import { filesOf } from '../bundlers/bundler.ts'
import { serve } from '../bundlers/page.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, type Site, VITES } from './site.ts'

const BOAT = { prompt: 'A boat.', alt: 'A paper "boat" & co', size: '16:9', widths: [100, 200] }
const manifest = (boat: object = {}) => JSON.stringify({ images: { boat: { ...BOAT, ...boat } } })
const INDEX = `<!doctype html>
<html lang="en"><head>
<link rel="icon" href="./src/boat.png?generate&w=32">
<meta property="og:image" content="./src/boat.jpg?generate&amp;w=120">
<style>.styled { height: 20px; background: url(./src/boat.png?generate&w=40) }</style>
</head><body style="margin: 0"><input id="name">
<p><img id="picture" class="wide" src="./src/boat.png?generate" loading="lazy" sizes="200px"></p>
<p><img id="img" src='./src/boat.webp?generate&as=img' alt='My own words' sizes=100px></p>
<p><picture><source type="image/avif" srcset="./src/boat.png?generate"><img id="inside" src=./src/boat.png?generate></picture></p>
<p><img id="candidates" srcset="./src/boat.webp?generate&w=100 1x, ./src/boat.webp?generate&w=200 2x" src="./src/boat.webp?generate&w=100" width="100" height="56" alt=""></p>
<p><img id="city" src="./city.png?generate&prompt&size=1:1&w=64" alt="A city at night, 100% lit"></p>
<p class="styled"></p><div style="height: 20px; background: image-set(url(./src/boat.png?generate&as=image-set&w=30))"></div>
<a href="./src/boat.jpg?generate">large</a><video poster="./src/boat.jpg?generate&w=80"></video>
</body></html>
`
const DOCS = `<!doctype html><html><head><link rel="icon" href="data:,"><meta name="twitter:image" content="/src/boat.jpg?generate&w=120"></head>
<body><img id="docs" src="../src/boat.png?generate" alt=""></body></html>`

const SHOWN = {
  picture: { type: 'image/avif', width: 200, height: 113, alt: 'A paper "boat" & co' },
  img: { type: 'image/webp', width: 200, height: 113, alt: 'My own words' },
  inside: { type: 'image/avif', width: 200, height: 113, alt: 'A paper "boat" & co' },
  candidates: { type: 'image/webp', width: 100, height: 56, alt: '' },
  city: { type: 'image/avif', width: 64, height: 64, alt: 'A city at night, 100% lit' },
}
type Shown = Record<string, { type: string; width: number; height: number; alt: string }>

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe.each(VITES)('%s, pages', (_, load) => {
  let site: Site
  let page: Page | undefined
  const trouble: string[] = []
  beforeEach(async () => {
    site = await createSite({
      'index.html': INDEX,
      'docs/index.html': DOCS,
      'src/images.prompts.json': manifest(),
    })
    trouble.length = 0
  })
  afterEach(async () => {
    await page?.close()
    await site.remove()
  })

  const open = async (address: string) => {
    page = await browser.newPage({ viewport: { width: 800, height: 900 } })
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
    page.on('response', (response) => response.status() >= 400 && trouble.push(response.url()))
    await page.addInitScript(`globalThis.shift = 0
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += one.value }))
        .observe({ type: 'layout-shift', buffered: true })`)
    await page.goto(address, { waitUntil: 'networkidle' })
    return page
  }
  /** Each picture as it is seen: decoded, its type, the room that it takes, its text. */
  const shown = () =>
    page!.evaluate(`(async () => Object.fromEntries(await Promise.all([...document.images].map(async (img) => {
      await img.decode()
      const type = (await fetch(img.currentSrc)).headers.get('content-type')
      return [img.id, { type, width: Number(img.getAttribute('width')), height: Number(img.getAttribute('height')), alt: img.alt }]
    }))))()`) as Promise<Shown>
  const build = async (root: string, options = {}, more: InlineConfig = {}) => {
    const vite = await load()
    const input = [join(root, 'index.html'), join(root, 'docs/index.html')]
    const config = site.config(options, more)
    await vite.build({
      ...config,
      root,
      build: {
        ...config.build,
        write: true,
        emptyOutDir: true,
        assetsInlineLimit: 4096,
        rollupOptions: { input },
      },
    })
    return filesOf(join(root, 'dist'))
  }

  it.each([
    ['/', '/', 'https://example.org/assets/'],
    ['/app/', '/app/', 'https://example.org/app/assets/'],
    ['./', '/sub/', 'https://example.org/./assets/'],
  ])('have their pictures in a build below %s', async (base, below, whole) => {
    const files = await build(site.root, { site: 'https://example.org' }, { base })
    const origin = await serve(() => files, below)
    await open(`${origin}${below}index.html`)
    expect(await shown()).toEqual(SHOWN)
    expect(await page!.evaluate('[shift, document.querySelector("#picture").className]')).toEqual([0, 'wide'])
    const others = (await page!.evaluate(`(async () => {
      const addresses = ['link[rel=icon]|href', 'a|href', 'video|poster'].map((one) => {
        const [selector, name] = one.split('|')
        return document.querySelector(selector)[name]
      })
      for (const element of [document.querySelector('.styled'), document.querySelector('div')])
        addresses.push(/url\\("([^"]*)"\\)/.exec(getComputedStyle(element).backgroundImage)[1])
      return Promise.all(addresses.map(async (src) => {
        const image = Object.assign(new Image(), { src })
        return image.decode().then(() => image.naturalWidth, String)
      }))
    })()`)) as unknown
    expect(others).toEqual([32, 200, 80, 40, 30])
    const meta = await page!.evaluate(`document.querySelector('meta[property]').content`)
    expect(meta).toMatch(new RegExp(`^${whole.replaceAll('.', '\\.')}boat-120-\\S+\\.jpg$`))
    const html = String(files.get('index.html'))
    expect(html).not.toContain('generate')
    // All else is as it was, but for what Vite adds.
    expect(html).toContain('</head><body style="margin: 0"><input id="name">')
    await page!.goto(`${origin}${below}docs/index.html`, { waitUntil: 'networkidle' })
    expect(await shown()).toEqual({ docs: { ...SHOWN.picture, alt: '' } })
    expect(trouble).toEqual([])
    expect(site.emulator.requests).toHaveLength(2)
  })

  it('ask nothing in a second build, and a clone builds without a key', async () => {
    const files = await build(site.root)
    await build(site.root)
    expect(site.emulator.requests).toHaveLength(2)
    const clone = await realpath(await mkdtemp(join(tmpdir(), 'generate-images-clone-')))
    try {
      for (const name of ['index.html', 'docs', 'src', 'generated-images'])
        await cp(join(site.root, name), join(clone, name), { recursive: true })
      const again = await build(clone, { mode: 'frozen', provider: {} })
      expect([...again.keys()].sort()).toEqual([...files.keys()].sort())
    } finally {
      await rm(clone, { recursive: true })
    }
    expect(site.emulator.requests).toHaveLength(2)
  })

  it('are known to the plan, each place with its line', async () => {
    const project = await openProject({
      root: site.root,
      provider: { baseURL: site.emulator.baseURL, apiKey: 'x' },
    })
    const { images } = await project.plan(await project.collect())
    await project.close()
    const places = images.map(({ name, usedIn }) => [name, usedIn.map(({ file, line }) => `${file}:${line}`)])
    expect(Object.fromEntries(places)).toEqual({
      city: ['index.html:11'],
      'src/boat': [
        'src/images.prompts.json:1',
        ...['docs/index.html:1', 'docs/index.html:2'],
        ...[3, 4, 5, 7, 8, 9, 9, 10, 10, 10, 12, 13, 13].map((line) => `index.html:${line}`),
      ],
    })
    expect(images.find(({ name }) => name === 'city')?.picture?.spec.request.prompt).toBe(
      'A city at night, 100% lit',
    )
  })

  it('say where a mistake stands, and what others can not load', async () => {
    const lines: string[] = []
    const { createLogger } = await load()
    const customLogger = { ...createLogger('silent'), warn: (line: string) => void lines.push(line) }
    await build(site.root, {}, { customLogger })
    const said = lines.join('\n')
    expect(said).toMatch(/<meta content>[\s\S]*\[NO_SITE\]\n {2}at index\.html:4:/)
    expect(said).toMatch(/docs\/index\.html:1:/)
    await site.write('docs/index.html', '<p>\n  <script src="./boat.png?generate"></script>')
    await expect(build(site.root)).rejects.toThrow(
      /<script src> shows no picture[\s\S]*docs\/index\.html:2:16/,
    )
  })

  describe('in a dev server', () => {
    let server: ViteDevServer
    afterEach(() => server.close())
    const start = async (more: InlineConfig = {}) => {
      const { createServer } = await load()
      server = await createServer(
        site.config({ mode: 'draft' }, { server: { port: 0, host: '127.0.0.1' }, ...more }),
      )
      await server.listen()
      await open(server.resolvedUrls!.local[0]!)
    }
    const drafts = Object.fromEntries(
      Object.entries(SHOWN).map(([id, one]) => [id, { ...one, type: 'image/svg+xml' }]),
    )
    const make = async () => {
      const provider = { baseURL: site.emulator.baseURL, apiKey: 'test-key' }
      const project = await openProject({ root: site.root, provider, mode: 'generate' })
      const never = new AbortController().signal
      const plan = await project.plan(await project.collect())
      await (await project.generate(plan, { soon: never, now: never, onEvent() {} })).done
      await project.close()
    }

    it.each([['/'], ['/app/']])(
      'show drafts below %s, which become the pictures where they are',
      async (base) => {
        await start({ base })
        expect(await shown()).toEqual(drafts)
        expect(site.emulator.requests).toHaveLength(0)
        await page!.locator('#name').fill('half a sente')
        await make()
        await vi.waitFor(async () => expect(await shown()).toEqual(SHOWN), { timeout: 15_000, interval: 200 })
        await site.write('src/images.prompts.json', manifest({ alt: 'Folded paper' }))
        const alts = () =>
          page!.evaluate(`['picture', 'img', 'candidates'].map((id) => document.getElementById(id).alt)`)
        await vi.waitFor(async () => expect(await alts()).toEqual(['Folded paper', 'My own words', '']), {
          timeout: 15_000,
          interval: 200,
        })
        expect(await page!.evaluate(`[document.querySelector('#name').value, shift]`)).toEqual([
          'half a sente',
          0,
        ])
        expect(trouble).toEqual([])
        expect(site.emulator.requests).toHaveLength(2)
      },
    )

    it('shows a mistake in a page over it, until it is mended', async () => {
      await site.write('index.html', INDEX.replace('as=img', 'as=imag'))
      await start()
      const overlay = () =>
        page!.evaluate(
          `document.querySelector('vite-error-overlay')?.shadowRoot.textContent ?? ''`,
        ) as Promise<string>
      await vi.waitFor(async () => expect(await overlay()).toContain('index.html:8:'), 10_000)
      await site.write('index.html', INDEX)
      await vi.waitFor(async () => expect(await shown()).toEqual(drafts), { timeout: 15_000, interval: 200 })
    })

    it('has the pictures of a template that a server renders for any address', async () => {
      await start()
      const html = await server.transformIndexHtml('/products/1', INDEX)
      expect(html).toMatch(
        /<picture><source type="image\/avif" srcset="\/__generate-images\/files\/[^>]* sizes="200px">/,
      )
      expect(html).not.toContain('?generate')
    })

    it('looks at no prompt in an address', async () => {
      await start()
      const origin = server.resolvedUrls!.local[0]!
      const asked = 'x.png?generate&prompt=From+an+address'
      for (const path of [asked, `index.html?html-proxy&index=9.css&${asked}`, `src/style.css?${asked}`])
        await fetch(new URL(path, origin), { headers: { accept: 'text/html' } })
      const project = await openProject({
        root: site.root,
        provider: { baseURL: site.emulator.baseURL, apiKey: 'x' },
      })
      const { images } = await project.plan(await project.collect())
      await project.close()
      expect(images.map(({ name }) => name)).toEqual(['city', 'src/boat'])
      expect(site.emulator.requests).toHaveLength(0)
    })
  })
})
