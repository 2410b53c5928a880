// A built page as a visitor gets it: served on loopback, opened in headless Chromium, every picture in it decoded.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { Browser } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

type Files = () => ReadonlyMap<string, Uint8Array> | Promise<ReadonlyMap<string, Uint8Array>>

/** Serves files below a path, until the test ends; answers the origin. */
export async function serve(files: Files, below = '/'): Promise<string> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    if (path === '/page') {
      const scripts = `<script type="module" src="${new URL(url, 'http://localhost').searchParams.get('script')}"></script>`
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><base href="${below}">${scripts}`)
      return
    }
    const found = path.startsWith(below) ? (await files()).get(path.slice(below.length)) : undefined
    if (found === undefined) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'access-control-allow-origin': '*',
    })
    response.end(found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What a page set as `globalThis.seen`, and the size of each picture that an address in it leads to. */
export interface Looked {
  readonly seen: Record<string, unknown>
  /** By address; an error where it can't be decoded. */
  readonly pictures: Readonly<Record<string, { width: number; height: number } | string>>
}

/** Opens a page whose one script is `script`, and decodes every picture that it has the address of. */
export async function look(browser: Browser, origin: string, script: string): Promise<Looked> {
  const page = await browser.newPage()
  try {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${origin}/page?script=${encodeURIComponent(script)}`)
    const looked = await page.evaluate(decodeAll)
    if (errors.length > 0) throw new Error(errors.join('\n'))
    return looked as Looked
  } finally {
    await page.close()
  }
}

/** Every picture of the page decodes, and is as wide as its name says. */
export function expectDecoded(pictures: Looked['pictures'], count: number): void {
  const wrong = Object.entries(pictures).filter(([address, size]) => {
    // A hash may end with a dash and more digits.
    const width = /\/?[a-z]+-(\d{1,4})[.-][^/]*$/.exec(address)?.[1]
    return typeof size === 'string' || (width !== undefined && size.width !== Number(width))
  })
  expect(wrong).toEqual([])
  expect(Object.keys(pictures)).toHaveLength(count)
}

// Runs in the page, which has no helper of any compiler: as text.
const decodeAll = `(async () => {
  const addresses = new Set()
  const visit = (value) => {
    if (value !== null && typeof value === 'object') return Object.values(value).forEach(visit)
    if (typeof value !== 'string') return
    for (const part of value.split(', ')) {
      const address = part.split(' ')[0]
      if (/\\.(avif|webp|jpg|png|svg)$/.test(address) || address.startsWith('data:image/')) addresses.add(address)
    }
  }
  visit(globalThis.seen)
  const pictures = {}
  for (const address of addresses) {
    const image = new Image()
    image.src = address
    pictures[address] = await image.decode().then(
      () => ({ width: image.naturalWidth, height: image.naturalHeight }),
      (error) => String(error),
    )
  }
  return { seen: globalThis.seen, pictures }
})()`
