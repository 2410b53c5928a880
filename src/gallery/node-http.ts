// Between Node's HTTP servers and the requests and answers of the web, for both places where a gallery is served.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { TLSSocket } from 'node:tls'
import type { Peer } from './protection.ts'

/** A request of Node's as one of the web. `path` is its address without what a server strips, with its query. */
export function toRequest(incoming: IncomingMessage, path: string): Request {
  const { method = 'GET', headers } = incoming
  // HTTP/2 has its own word for the host.
  const host = headers.host ?? headers[':authority'] ?? 'localhost'
  const protocol = (incoming.socket as TLSSocket).encrypted === true ? 'https' : 'http'
  const given = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(':') ? [] : [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(path, `${protocol}://${host}`), {
    method,
    headers: given,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
  })
}

/** Who is at the other end of a connection. */
export function peerOf({ socket }: IncomingMessage): Peer {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  return { local: address === '::1' || /^127\./.test(address) }
}

/** Sends an answer; ends when it is sent, or when nobody waits for it any more. */
export async function sendResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // A server may let other origins read what it serves.
  for (const name of outgoing.getHeaderNames())
    if (name.startsWith('access-control-')) outgoing.removeHeader(name)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  // What is left of a refused body is not read: the connection ends with the answer.
  if (!incoming.complete) outgoing.shouldKeepAlive = false
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing).catch(() => {})
}
