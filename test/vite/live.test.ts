// A page that is open while its pictures are made, edited and go wrong: in a real browser, with what the page itself holds.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import type { ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { createSite, type Site, VITES } from './site.ts'

const CLI = fileURLToPath(new URL('../support/cli-child.ts', import.meta.url))
const manifest = (boat: object = {}, more: object = {}) =>
  JSON.stringify(
    {
      images: {
        boat: { prompt: 'A paper boat.', alt: 'A boat', size: '16:9', widths: [100, 200], ...boat },
        sky: { prompt: 'A blue sky.', decorative: true, widths: [120], aspect: '1:1' },
        ...more,
      },
    },
    null,
    2,
  )
const HTML = `<!doctype html><html><head><link rel="icon" href="data:,"></head><body style="margin: 0">
  <input id="name"><div id="app"></div><script type="module" src="/src/main.js"></script></body></html>`
const MAIN = `import boat from './boat.png?generate&as=picture'
import small from './boat.png?generate&as=img'
import sky from './sky.webp?generate'
import crop from './boat.jpg?generate&w=150&aspect=1:1'
const { avif, webp } = boat.sources
const { src, srcset, width, height, alt } = boat.img
document.querySelector('#app').innerHTML = \`
  <picture><source type="image/avif" srcset="\${avif}" sizes="200px"><source type="image/webp" srcset="\${webp}" sizes="200px">
    <img id="boat" src="\${src}" srcset="\${srcset}" sizes="200px" width="\${width}" height="\${height}" alt="\${alt}"></picture>
  <img id="small" src="\${small.src}" width="200" height="113" alt="">
  <img id="crop" src="\${crop}" width="150" height="150" alt="">
  <div id="inline" style="width: 120px; height: 120px; background: center / cover url(\${sky})"></div>
  <div id="ruled" style="width: 120px; height: 120px"></div>\`
const sheet = document.createElement('style')
sheet.textContent = \`#ruled { background-image: url("\${sky}") }\`
document.head.append(sheet)
globalThis.again = () => { const img = new Image(); img.id = 'again'; img.src = src; document.body.append(img) }
globalThis.mark = 'kept'`

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe.each(VITES)('%s, an open page', (_, load) => {
  let site: Site
  let server: ViteDevServer
  let page: Page
  let origin: string
  const trouble: string[] = []

  beforeEach(async () => {
    site = await createSite({
      'index.html': HTML,
      'src/images.prompts.json': manifest(),
      'src/main.js': MAIN,
    })
    trouble.length = 0
  })
  afterEach(async () => {
    await page.close()
    await server.close()
    await site.remove()
  })
  const open = async (options = {}) => {
    const { createServer } = await load()
    server = await createServer(
      site.config({ mode: 'draft', ...options }, { server: { port: 0, host: '127.0.0.1' } }),
    )
    await server.listen()
    origin = server.resolvedUrls!.local[0]!
    page = await browser.newPage({ viewport: { width: 800, height: 900 } })
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('response', (response) => response.status() >= 400 && trouble.push(response.url()))
    await page.addInitScript(`globalThis.shift = 0
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += one.value }))
        .observe({ type: 'layout-shift', buffered: true })`)
    await page.goto(origin, { waitUntil: 'networkidle' })
  }
  /** The command line, in a process of its own, with the same folder. */
  const makeElsewhere = async (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', 'jiti/register', CLI, site.root, ...args], {
      env: {
        ...process.env,
        CI: '',
        GENERATE_IMAGES_BASE_URL: site.emulator.baseURL,
        GENERATE_IMAGES_API_KEY: 'test-key',
      },
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    const status = await new Promise((resolve) => child.on('exit', resolve))
    expect([status, said]).toEqual([0, said])
  }
  /** What is shown: by id, the address that was chosen and its real size. */
  const shown = () =>
    page.evaluate(`Object.fromEntries([...document.images].map((img) => [img.id, {
      address: new URL(img.currentSrc).pathname.split('/').at(-1), width: img.naturalWidth, height: img.naturalHeight,
      done: img.complete }]))`) as Promise<Record<string, { address: string; width: number; height: number }>>
  const typeOf = (selector: string, of: string) =>
    page.evaluate(
      `fetch((${of})(document.querySelector('${selector}'))).then((answer) => answer.headers.get('content-type'))`,
    )
  const types = async () => ({
    boat: await typeOf('#boat', '(img) => img.currentSrc'),
    small: await typeOf('#small', '(img) => img.currentSrc'),
    crop: await typeOf('#crop', '(img) => img.currentSrc'),
    inline: await typeOf(
      '#inline',
      '(one) => /url\\("(.*)"\\)/.exec(getComputedStyle(one).backgroundImage)[1]',
    ),
    ruled: await typeOf(
      '#ruled',
      '(one) => /url\\("(.*)"\\)/.exec(getComputedStyle(one).backgroundImage)[1]',
    ),
  })
  const DRAFTS = {
    boat: 'image/svg+xml',
    small: 'image/svg+xml',
    crop: 'image/svg+xml',
    inline: 'image/svg+xml',
    ruled: 'image/svg+xml',
  }
  const MADE = {
    boat: 'image/avif',
    small: 'image/png',
    crop: 'image/jpeg',
    inline: 'image/webp',
    ruled: 'image/webp',
  }
  /** A pixel of an element, as it is seen. */
  const pixel = async (selector: string, fromRight: number, fromTop: number) => {
    const shot = sharp(await page.locator(selector).screenshot())
    const { width } = await shot.metadata()
    const { data } = await shot
      .extract({ left: width! - fromRight, top: fromTop, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    return [...data.subarray(0, 3)]
  }
  const typed = () =>
    page.evaluate(`[document.querySelector('#name').value, globalThis.mark2, shift]`) as Promise<unknown[]>
  const type = async () => {
    await page.locator('#name').fill('half a sente')
    await page.evaluate(`globalThis.mark2 = 'same page'`)
  }
  const overlay = () =>
    page.evaluate(
      `document.querySelector('vite-error-overlay')?.shadowRoot.textContent ?? ''`,
    ) as Promise<string>

  it('shows drafts of the right size at once, which become the pictures with all that the page holds', async () => {
    await open()
    expect(await types()).toEqual(DRAFTS)
    const before = await shown()
    expect(before).toMatchObject({
      boat: { address: 'boat-200.avif', width: 200, height: 113 },
      small: { address: 'boat-200.png', width: 200, height: 113 },
      crop: { address: 'boat-150.jpg', width: 150, height: 150 },
    })
    expect(site.emulator.requests).toHaveLength(0)
    await type()
    await makeElsewhere()
    expect(site.emulator.requests).toHaveLength(2)
    await vi.waitFor(async () => expect(await types()).toEqual(MADE), { timeout: 10_000, interval: 100 })
    await page.waitForFunction('[...document.images].every((img) => img.complete)')
    expect(await shown()).toEqual(before)
    expect(await typed()).toEqual(['half a sente', 'same page', 0])
    // A framework that renders what it was once given.
    await page.evaluate('again()')
    await page.waitForFunction(`document.querySelector('#again').complete`)
    expect(await typeOf('#again', '(img) => img.src')).toBe('image/png')
    expect(trouble).toEqual([])
  })

  it('marks a picture of an earlier prompt in its corner, and takes the mark away', async () => {
    await makeElsewhere()
    await open()
    expect(await types()).toEqual(MADE)
    const [corner, middle] = [await pixel('#boat', 3, 2), await pixel('#boat', 100, 60)]
    await type()
    await site.write('src/images.prompts.json', manifest({ prompt: 'A wooden boat.' }))
    await vi.waitFor(
      async () => expect(await types()).toEqual({ ...DRAFTS, inline: 'image/webp', ruled: 'image/webp' }),
      10_000,
    )
    await vi.waitFor(async () => expect(await pixel('#boat', 3, 2)).toEqual([0xb3, 0x26, 0x1e]), 10_000)
    expect(corner).not.toEqual([0xb3, 0x26, 0x1e])
    expect(await pixel('#boat', 100, 60)).toEqual(middle)
    expect(await pixel('#small', 3, 2)).toEqual([0xb3, 0x26, 0x1e])
    expect(await pixel('#crop', 3, 2)).toEqual([0xb3, 0x26, 0x1e])
    await makeElsewhere()
    await vi.waitFor(async () => expect(await types()).toEqual(MADE), 10_000)
    await vi.waitFor(async () => expect(await pixel('#boat', 3, 2)).not.toEqual([0xb3, 0x26, 0x1e]), 10_000)
    expect(await typed()).toEqual(['half a sente', 'same page', 0])
    expect(trouble).toEqual([])
  })

  it('follows the width, the text and the shape of an entry', async () => {
    await makeElsewhere()
    await open()
    await type()
    await site.write('src/images.prompts.json', manifest({ alt: 'Folded paper', widths: [100, 160] }))
    const attributes = () =>
      page.evaluate(`(() => { const img = document.querySelector('#boat')
        return [img.alt, img.width, img.height, img.srcset.replace(/\\S*\\//g, '').replace(/\\?v=\\w+/g, '')] })()`)
    await vi.waitFor(
      async () =>
        expect(await attributes()).toEqual(['Folded paper', 160, 90, 'boat-100.png 100w, boat-160.png 160w']),
      10_000,
    )
    await page.waitForFunction(`document.querySelector('#small').naturalWidth === 160`)
    expect((await typed()).slice(0, 2)).toEqual(['half a sente', 'same page'])
    // What it was given first, and is in no layout any more.
    await page.evaluate('again()')
    await page.waitForFunction(`document.querySelector('#again').naturalWidth === 160`)
    expect(trouble).toEqual([])
  })

  it.each([
    ['a mistake in a manifest', manifest({ widths: 'wide' }), /boat\.widths/, 'src/images.prompts.json:7:'],
    ['an entry that is gone', manifest().replace('"boat"', '"ship"'), /boat/, 'src/main.js:1:'],
  ])('says %s over the page, with its place, until it is mended', async (_name, wrong, said, place) => {
    await open()
    await type()
    await site.write('src/images.prompts.json', wrong)
    await vi.waitFor(async () => expect(await overlay()).toMatch(said), 10_000)
    expect(await overlay()).toContain(place)
    expect((await typed()).slice(0, 2)).toEqual(['half a sente', 'same page'])
    await site.write('src/images.prompts.json', manifest())
    await vi.waitFor(async () => expect(await overlay()).toBe(''), 10_000)
    expect((await typed()).slice(0, 2)).toEqual(['half a sente', 'same page'])
    // A page that is opened meanwhile has nothing to show, and is loaded again.
    await site.write('src/images.prompts.json', wrong)
    await vi.waitFor(async () => expect(await overlay()).toMatch(said), 10_000)
    await page.reload()
    await vi.waitFor(async () => expect(await overlay()).toContain(place), 10_000)
    await site.write('src/images.prompts.json', manifest())
    await page.waitForFunction(`globalThis.mark === 'kept'`)
    expect(await overlay()).toBe('')
  })

  it('has the overlay of a mistake in a source file, and mends with it', async () => {
    await site.write('src/main.js', MAIN.replace('w=150', 'width=150'))
    await open()
    await vi.waitFor(async () => expect(await overlay()).toContain('src/main.js:4:'), 10_000)
    await site.write('src/main.js', MAIN)
    await page.waitForFunction(`globalThis.mark === 'kept'`)
    await vi.waitFor(async () => expect(await overlay()).toBe(''), 10_000)
  })
})
