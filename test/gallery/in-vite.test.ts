// The gallery of a real dev server in a real browser, beside a page of the site: what is made, chosen and edited there
// shows here, and no other page can do it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { createServer as createVite, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import {
  CALLS,
  type CallName,
  type Calls,
  type PictureDetails,
  READS,
  TOKEN_HEADER,
  TOKEN_META,
} from '../../src/gallery/protocol.ts'
import generateImages from '../../src/vite.ts'
import { startPaidApi } from '../support/api.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, KEY, type Site } from '../support/site.ts'

const FILES = {
  'index.html': '<!doctype html><body><input><script type="module" src="/main.ts"></script>',
  'main.ts': `import boat from './boat.png?generate&as=picture'
    document.body.append(Object.assign(document.createElement('img'), { src: boat.img.src }))`,
  'images.prompts.json': `{
  // The first thing that people see.
  "images": { "boat": { "prompt": "A boat.", "alt": "A boat", "widths": [64] } }
}`,
}

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
})

async function start() {
  const api = await startPaidApi()
  const site = await createSite(FILES, api.baseURL)
  const server = await createVite({
    root: site.root,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1' },
    plugins: [generateImages({ provider: { baseURL: api.baseURL, apiKey: KEY } })],
  })
  await server.listen()
  onTestFinished(() => server.close())
  const origin = originOf(server)
  const problems: string[] = []
  const open = async (path: string) => {
    const page = await browser.newPage()
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) problems.push(message.text())
    })
    await page.goto(origin + path)
    return page
  }
  return { api, site, origin, open, problems }
}

const originOf = (server: ViteDevServer) =>
  `http://127.0.0.1:${(server.httpServer!.address() as AddressInfo).port}`

/** A call from inside the gallery's own page, with the headers that the browser puts to it. */
const call = <C extends Exclude<CallName, 'adopt'>>(page: Page, name: C, body: Calls[C]['body']) =>
  page.evaluate(
    async ([path, text, header, meta]) => {
      // Node's types have no document.
      const { document } = globalThis as unknown as {
        document: { querySelector(one: string): { content: string } }
      }
      const headers = {
        'content-type': 'application/json',
        [header]: document.querySelector(`meta[name="${meta}"]`).content,
      }
      const answer = await fetch(path, { method: 'POST', headers, body: text })
      return { status: answer.status, value: await answer.json() }
    },
    [CALLS[name], JSON.stringify(body), TOKEN_HEADER, TOKEN_META] as const,
  ) as Promise<{ status: number; value: Calls[C]['answer'] }>

const details = (page: Page) =>
  page.evaluate(
    async (path) => (await fetch(path)).json(),
    `${READS.picture}?name=boat`,
  ) as Promise<PictureDetails>

/** The type of what the site's page shows, and where it comes from. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const { document } = globalThis as unknown as {
      document: { querySelector(one: string): { currentSrc: string } }
    }
    const { currentSrc } = document.querySelector('img')
    return `${(await fetch(currentSrc)).headers.get('content-type')} ${currentSrc}`
  })

const text = async (site: Site) => String(await site.read('images.prompts.json'))

it('makes, redoes, picks and edits, and the page of the site follows without a reload', async () => {
  const { api, site, open, problems } = await start()
  const home = await open('/')
  await home.locator('img').waitFor()
  await home.fill('input', 'typed')
  const draft = await shown(home)
  expect(draft).toMatch(/^image\/svg\+xml/)

  const gallery = await open('/__generate-images/')
  const offer = await call(gallery, 'offer', { what: 'make' })
  expect(offer).toMatchObject({ status: 200, value: { agreed: { images: 1 } } })
  expect(api.posts).toBe(0)
  expect((await call(gallery, 'make', { agreed: offer.value.agreed })).status).toBe(200)
  await expect.poll(() => shown(home), { timeout: 15_000 }).toMatch(/^image\/png/)
  const first = await shown(home)
  expect(api.posts).toBe(1)

  const more = await call(gallery, 'offer', { what: 'redo', name: 'boat', n: 3 })
  await call(gallery, 'redo', { name: 'boat', n: 3, agreed: more.value.agreed })
  await expect.poll(async () => (await details(gallery)).takes.length, { timeout: 15_000 }).toBe(4)
  expect(api.posts).toBe(4)
  const { key } = await details(gallery)
  expect((await call(gallery, 'pick', { name: 'boat', key, take: 2 })).status).toBe(200)
  await expect.poll(() => shown(home), { timeout: 15_000 }).not.toBe(first)

  const { editing } = await details(gallery)
  const fields = { prompt: 'A ship.', alt: 'A "ship"' }
  const edited = await call(gallery, 'edit', { name: 'boat', stamp: editing!.stamp, fields })
  expect(edited).toMatchObject({ status: 200, value: { state: 'stale', before: { prompt: 'A boat.' } } })
  expect(await text(site)).toBe(
    FILES['images.prompts.json'].replace('"A boat.", "alt": "A boat"', '"A ship.", "alt": "A \\"ship\\""'),
  )
  expect(await home.inputValue('input')).toBe('typed')
  expect(api.posts).toBe(4)
  expect(problems).toEqual([])
})

it('can not be used by a page of another origin, whatever it sends', async () => {
  const { api, site, origin, open } = await start()
  const gallery = await open('/__generate-images/')
  const { value: offer } = await call(gallery, 'offer', { what: 'make' })
  const token = await gallery.locator(`meta[name="${TOKEN_META}"]`).getAttribute('content')
  const evil = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><body>')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void evil.close())
  await new Promise((resolve) => evil.once('listening', resolve))
  const page = await browser.newPage()
  await page.goto(`http://localhost:${(evil.address() as AddressInfo).port}/`)
  const before = await text(site)
  const read = await page.evaluate(
    async ([server, body, header, secret]) => {
      const send = (init: RequestInit) =>
        fetch(`${server}/__generate-images/api/make`, init).catch(() => undefined)
      const json = { 'content-type': 'application/json' }
      // Simple requests reach a server without its leave; the others ask for it first.
      await send({ method: 'POST', mode: 'no-cors', body })
      await send({ method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body })
      await send({ method: 'POST', headers: json, body })
      // Even with a token that got out.
      await send({ method: 'POST', headers: { ...json, [header]: secret }, body })
      await send({ method: 'GET' })
      const reads = ['', 'api/list', 'api/picture?name=boat', 'page.js']
      return Promise.all(
        reads.map((path) =>
          fetch(`${server}/__generate-images/${path}`).then(
            (one) => one.text(),
            () => 'unread',
          ),
        ),
      )
    },
    [origin, JSON.stringify({ agreed: offer.agreed }), TOKEN_HEADER, token!] as const,
  )
  expect(read.filter((one) => one !== 'unread' && !one.includes('NOT_ALLOWED'))).toEqual([])
  expect(read.join()).not.toContain(token!)
  await page.setContent(
    `<iframe src="${origin}/__generate-images/"></iframe><img src="${origin}/__generate-images/page.js">`,
  )
  expect(await page.frames().at(-1)!.locator(`meta[name="${TOKEN_META}"]`).count()).toBe(0)
  expect(api.posts).toBe(0)
  expect(await text(site)).toBe(before)
})
