// The gallery's own server, on this machine alone: for projects whose bundler has no dev server of ours.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gallery } from './gallery.ts'
import { peerOf, sendResponse, toRequest } from './node-http.ts'
import { GALLERY_PATH } from './protocol.ts'

/** A gallery that is served. */
export interface GalleryServer {
  /** Where its page is. */
  readonly url: string
  close(): Promise<void>
}

/** Serves a gallery at 127.0.0.1; port 0 takes a free one. Throws Node's own error where the port is taken. */
export async function serveGallery(gallery: Gallery, port: number): Promise<GalleryServer> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    if (path === '/') {
      outgoing.writeHead(302, { location: `/${GALLERY_PATH}` }).end()
      return
    }
    answer(gallery, incoming, outgoing, path).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve())
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}/${GALLERY_PATH}`,
    async close() {
      await gallery.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers one request of a Node server; `path` is without the base of the server, with a slash before it. */
export async function answer(
  gallery: Gallery,
  ...[incoming, outgoing, path]: [...Parameters<Handler>, string]
): Promise<void> {
  let request: Request
  try {
    request = toRequest(incoming, path)
  } catch {
    // A host, or an address, that makes no URL.
    outgoing.writeHead(400, { connection: 'close' }).end()
    return
  }
  await sendResponse(await gallery.handle(request, peerOf(incoming)), incoming, outgoing)
}

type Handler = NonNullable<Parameters<typeof createServer>[1]>
