import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
}

/**
 * Serves the files of a folder on loopback as a host of static sites does: a page by its name without the ending, a folder by
 * its index.html, and 404 for everything else.
 */
export async function serveFolder(folder: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer(({ url = '/' }, response) => {
    // A browser asks for it by itself.
    if (url === '/favicon.ico' && !existsSync(join(folder, url))) return void response.writeHead(204).end()
    // `URL` takes every `..` out of a path.
    const path = join(folder, decodeURIComponent(new URL(url, 'http://localhost').pathname))
    const isFile = (file: string) => existsSync(file) && statSync(file).isFile()
    const file = [path, `${path}.html`, join(path, 'index.html')].find(isFile)
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
