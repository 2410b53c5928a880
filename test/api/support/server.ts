// A loopback server that does what a script says, one step a request, and writes down what it was sent.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What the server does with one request. */
export type Step = (request: IncomingMessage, response: ServerResponse) => void

export interface Scripted {
  readonly origin: string
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

/** Starts a server; the last step is repeated. */
export async function serve(...steps: readonly Step[]): Promise<Scripted> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const step = steps[Math.min(seen.length, steps.length - 1)]
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      step?.(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A file of `fixtures/wire/`. */
export function wire(name: string): string {
  return readFileSync(new URL(`../../../fixtures/wire/${name}`, import.meta.url), 'utf8')
}

/** Answers with a text. */
export function text(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Step {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}

/** Answers with a file of `fixtures/wire/`. */
export function json(status: number, name: string, headers: Record<string, string> = {}): Step {
  return text(status, wire(name), headers)
}

/** Takes the request and resets the connection. */
export const reset: Step = (request) => request.socket.resetAndDestroy()

/** Takes the request and closes the connection. */
export const hangUp: Step = (request) => request.socket.destroy()

/** Takes the request and never answers. */
export const hang: Step = () => {}

/** Announces more than it sends, and closes. */
export const cutBody: Step = (_, response) => {
  const body = wire('gpt-image-2.json')
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-request-id': 'req_cut',
  })
  response.write(body.slice(0, 200), () => response.destroy())
}

/** A page, as a gateway answers a wrong path. */
export const page: Step = text(200, '<!doctype html><title>CometAPI</title>', { 'content-type': 'text/html' })
