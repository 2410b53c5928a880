// Partial pictures: a page that is open sees its picture come, and what is kept and paid for is the same as without them.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { createServer as createVite } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { openProject } from '../../src/config/open-project.ts'
import generateImages from '../../src/vite.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, KEY } from '../support/site.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const png = (color: string) =>
  sharp({ create: { width: 1024, height: 1024, channels: 3, background: color } })
    .png()
    .toBuffer()

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(String(Buffer.concat(chunks)))
}

/** An API that streams a red picture, and a blue one at the end when it is let. */
async function startStreamingApi({
  ends,
  begins = Promise.resolve(),
}: {
  ends: boolean
  begins?: Promise<void>
}) {
  const [red, blue] = await Promise.all([png('red'), png('blue')])
  const bodies: Record<string, unknown>[] = []
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = createServer(async (request, response) => {
    bodies.push(await bodyOf(request))
    const event = (type: string, data: object) =>
      response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    await begins
    const settings = { created_at: 1, size: '1024x1024', quality: 'medium' }
    // What is no picture is shown to nobody.
    const text = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')
    event('image_generation.partial_image', { partial_image_index: 0, b64_json: text, ...settings })
    event('image_generation.partial_image', {
      partial_image_index: 1,
      b64_json: red.toString('base64'),
      ...settings,
    })
    await released
    if (!ends) return response.destroy()
    const usage = { input_tokens: 10, output_tokens: 1956, total_tokens: 1966 }
    event('image_generation.completed', { b64_json: blue.toString('base64'), usage, ...settings })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, bodies, release, blue }
}

const FILES = {
  'index.html': '<!doctype html><body><input><script type="module" src="/main.js"></script>',
  'main.js': `import boat from './boat.png?generate&w=64'
    document.body.append(Object.assign(document.createElement('img'), { src: boat, width: 64, height: 64 }))`,
  'images.prompts.json': '{ "images": { "boat": { "prompt": "A boat.", "alt": "A boat" } } }',
}

async function open(api: { baseURL: string }, prepare: (page: Page) => Promise<void> = async () => {}) {
  const site = await createSite(FILES, api.baseURL)
  const provider = { baseURL: api.baseURL, apiKey: KEY, partialImages: 2 as const }
  const server = await createVite({
    root: site.root,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1' },
    // In this mode a server asks at its start, as it does at the word of a person in any other.
    plugins: [generateImages({ mode: 'generate', provider })],
  })
  onTestFinished(async () => {
    await server.close()
  })
  await server.listen()
  const page = await browser.newPage()
  await prepare(page)
  await page.goto(`http://127.0.0.1:${(server.httpServer!.address() as AddressInfo).port}/`)
  await page.locator('input').fill('still here')
  const color = async () => {
    const shot = await page.locator('img').screenshot()
    const { data } = await sharp(shot)
      .extract({ left: 32, top: 32, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const [red = 0, , blue = 0] = data
    return red > 200 && blue < 80 ? 'red' : blue > 200 && red < 80 ? 'blue' : 'other'
  }
  return { site, page, color }
}

it('shows the picture as it comes, keeps the last alone, and asks once', async () => {
  const api = await startStreamingApi({ ends: true })
  const { site, page, color } = await open(api)
  await expect.poll(color).toBe('red')
  expect(await site.tree('generated-images')).not.toContain('boat.png')
  api.release()
  await expect.poll(color).toBe('blue')
  expect(await page.locator('input').inputValue()).toBe('still here')
  expect((await site.read('generated-images/boat.png')).equals(api.blue)).toBe(true)
  const { request } = JSON.parse(String(await site.read('generated-images/boat.json')))
  expect(request).toEqual({ model: 'gpt-image-2', prompt: 'A boat.', quality: 'medium', size: '1024x1024' })
  expect(api.bodies).toEqual([{ ...request, stream: true, partial_images: 2 }])
  // 10 tokens of text and 1956 of the picture.
  expect((await site.ledger()).map(({ outcome, usd }) => [outcome, usd?.toFixed(4)])).toEqual([
    ['paid', '0.0587'],
  ])
})

it('goes back to the draft where the stream breaks off, and does not ask again', async () => {
  const api = await startStreamingApi({ ends: false })
  const { site, page, color } = await open(api)
  await expect.poll(color).toBe('red')
  api.release()
  await expect.poll(color).toBe('other')
  await site.write({ 'main.js': `${FILES['main.js']}\n// saved` })
  await page.waitForTimeout(1000)
  expect(api.bodies).toHaveLength(1)
  expect((await site.ledger()).map(({ outcome }) => outcome)).toEqual(['unknown'])
  expect(await site.tree('generated-images')).not.toContain('boat.png')
})

it('goes back to the draft also where the first address was answered with what came meanwhile', async () => {
  let begin = () => {}
  const begins = new Promise<void>((resolve) => {
    begin = resolve
  })
  const api = await startStreamingApi({ ends: false, begins })
  let answered = () => {}
  const isAnswered = new Promise<void>((resolve) => {
    answered = resolve
  })
  let asked = false
  const { color } = await open(api, async (page) => {
    // What the server says of changes comes after the answer to what the page asked for before.
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => void isAnswered.then(() => socket.send(message)))
    })
    await page.route('**/__generate-images/files/**', async (route) => {
      if (asked) return route.continue()
      asked = true
      begin()
      await vi.waitFor(async () => {
        const shown = await (await fetch(route.request().url())).text()
        expect(shown).toContain('data:image/png')
      }, 20_000)
      await route.continue()
      await (await route.request().response())!.finished()
      answered()
    })
  })
  await expect.poll(color).toBe('red')
  api.release()
  await expect.poll(color).toBe('other')
})

it('counts the partial pictures in the price, for models that stream', async () => {
  const site = await createSite(
    {
      'images.prompts.json':
        '{ "images": { "boat": "A boat.", "old": { "prompt": "Old.", "model": "dall-e-3" } } }',
    },
    'http://127.0.0.1:9/v1',
  )
  const pricesWith = async (partialImages: 0 | 3) => {
    const provider = { baseURL: 'http://127.0.0.1:9/v1', apiKey: KEY, partialImages }
    const project = await openProject({ root: site.root, provider })
    const plan = await project.plan(await project.collect())
    await project.close()
    return plan.images.map(({ estimateUsd }) => estimateUsd!)
  }
  const [[boat, old], [boatWith, oldWith]] = [await pricesWith(0), await pricesWith(3)]
  expect(boatWith! - boat!).toBeCloseTo((300 * 30) / 1e6)
  expect(oldWith).toBe(old)
})
