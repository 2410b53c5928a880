import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyPlayground, type Playground, type Report } from './playground/copy.ts'
import { look, type Seen } from './playground/look.ts'
import { serveFolder } from './playground/serve.ts'

const MINUTES = 60_000
const { CI, CHROMIUM = '/usr/bin/chromium' } = process.env
// Without a browser this can't be seen; where it must be, its absence is a failure.
const unseen = !existsSync(CHROMIUM) && (CI ?? '') === ''

let playground: Playground
let site: string
const runs: { report: Report; said: string }[] = []

beforeAll(async () => {
  playground = copyPlayground()
  site = join(playground.folder, 'site')
  // CI is set and a real key is there: neither may make a difference.
  runs.push(await playground.run({ CI: 'true', COMETAPI_KEY: 'a-real-key', OPENAI_API_KEY: 'another' }))
  runs.push(await playground.run())
}, 15 * MINUTES)
afterAll(() => playground?.remove())

describe('npm run playground', () => {
  it('makes every picture with one request each', () => {
    const { pictures, requests, billed, originals } = runs[0]!.report
    expect(pictures).toEqual({ made: 18, kept: 0 })
    expect(requests).toBe(18)
    expect(billed).toMatchObject({ requests: 18, images: 18 })
    expect(billed.usd).toBeGreaterThan(0)
    expect(originals.files).toBe(18)
  })

  it('asks for nothing the second time', () => {
    const { pictures, requests, billed } = runs[1]!.report
    expect(pictures).toEqual({ made: 0, kept: 18 })
    expect(requests).toBe(0)
    expect(billed.usd).toBe(0)
    expect(runs[1]!.said).toContain('Nothing is to be asked for.')
  })

  it('shows the plan with its price before it asks', () => {
    const said = runs[0]!.said
    const plan = said.indexOf('18 pictures to ask for, about $')
    expect(plan).toBeGreaterThan(-1)
    expect(said.indexOf('18 pictures made')).toBeGreaterThan(plan)
  })

  it('saves visitors nearly all of the bytes', () => {
    const { originals, wide, phone } = runs[0]!.report
    expect(originals.bytes).toBeGreaterThan(18 * 500_000)
    expect(wide).toBeLessThan(originals.bytes / 10)
    expect(phone).toBeLessThan(wide)
  })

  it('leaves the committed types as they are', () => {
    const file = 'src/generate-images.d.ts'
    const committed = readFileSync(new URL(`../playground/${file}`, import.meta.url), 'utf8')
    expect(readFileSync(join(playground.folder, file), 'utf8')).toBe(committed)
  })
})

describe('the built site', () => {
  const html = (page: string) => readFileSync(join(site, `${page}.html`), 'utf8')
  const address = (page: string, pattern: RegExp) => pattern.exec(html(page))?.[1] ?? 'not found'

  it('has a preview of links in the exact size', async () => {
    const og = new URL(address('index', /property="og:image" content="([^"]+)"/))
    const { format, width, height } = await sharp(join(site, og.pathname)).metadata()
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1200, height: 630 })
  })

  it('offers the original byte for byte', () => {
    const shipped = readFileSync(join(site, address('plates', /class="button" href="([^"]+)"/)))
    const kept = readFileSync(join(playground.folder, 'generated-images/src/cover.png'))
    expect(shipped.equals(kept)).toBe(true)
  })

  it('needs no script, and leaves nothing of its making behind', () => {
    for (const page of ['index', 'harbour', 'plates']) expect(html(page)).not.toContain('<script')
    expect(existsSync(join(site, 'renderer.mjs'))).toBe(false)
  })
})

describe.skipIf(unseen)('in a browser', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof serveFolder>>

  beforeAll(async () => {
    const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking']
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      chromiumSandbox: false,
      args: ['--no-sandbox', '--disable-gpu', ...quiet, '--disable-component-update', '--disable-sync'],
    })
    server = await serveFolder(site)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const screens = [
    { name: 'a wide screen', width: 1280, height: 900, deviceScaleFactor: 1 },
    { name: 'a phone', width: 390, height: 844, deviceScaleFactor: 3 },
  ]
  const pages = [
    { page: 'index', pictures: 10 },
    { page: 'harbour', pictures: 7 },
    { page: 'plates', pictures: 13 },
  ]

  describe.each(screens)('on $name', (screen) => {
    describe.each(pages)('$page', ({ page, pictures: count }) => {
      let seen: Seen
      beforeAll(async () => {
        seen = await look(browser, `${server.origin}/${page}.html`, screen)
      }, 2 * MINUTES)

      it('loads every picture, in the declared shape and at the declared width', () => {
        expect(seen.pictures).toHaveLength(count)
        for (const { src, complete, naturalWidth, naturalHeight, file, chosen } of seen.pictures) {
          expect({ src, complete, shown: naturalWidth > 0 }).toEqual({ src, complete: true, shown: true })
          expect(chosen, src).toBeDefined()
          expect(file.width, src).toBe(chosen!.descriptor)
          const [width, height] = chosen!.declared
          // Heights are whole pixels: a half of one is within the shape.
          expect(Math.abs((file.width * height) / width - file.height), src).toBeLessThanOrEqual(1)
          expect(Math.abs((naturalWidth * height) / width - naturalHeight), src).toBeLessThanOrEqual(1.5)
        }
      })

      it('chooses AVIF wherever there is a choice', () => {
        const chosen = seen.pictures.filter(({ inPicture }) => inPicture).map(({ currentSrc }) => currentSrc)
        expect(chosen.length).toBeGreaterThan(0)
        expect(chosen.filter((src) => !src.endsWith('.avif'))).toEqual([])
      })

      it('has a text alternative for every picture, and is lazy below the fold', () => {
        expect(seen.pictures.filter(({ alt }) => alt === null)).toEqual([])
        const eager = seen.pictures.filter(({ lazy, top }) => !lazy && top > screen.height)
        expect(eager).toEqual([])
      })

      it('shifts nothing, fails nothing, asks nobody else', () => {
        expect(seen.layoutShift).toBe(0)
        expect(seen.trouble).toEqual([])
      })
    })
  })
})
