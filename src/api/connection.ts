// The one place where connections are made, by Node's own HTTP client: it gives up on nothing by itself, and sends nothing
// a second time.
import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { Gate } from './gate.ts'

/** Milliseconds; `Infinity` for no limit. */
export interface Timeouts {
  /** Until a connection stands: name, TCP and TLS. */
  readonly connect: number
  /** From the request to the first byte of the answer. Pictures take minutes. */
  readonly headers: number
  /** Between two pieces of the answer's body. The whole of it may take ten times as long, and `headers` more. */
  readonly body: number
}

/** One request. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeout: Timeouts
  /** Ends it, the answer as well. */
  readonly signal: AbortSignal
  /** Lets through what may be connected to; all may unless told. */
  readonly gate?: Gate
}

/** A request over a connection of its own, which no other one uses before or afterwards. */
export interface Connection {
  /** The answer as soon as its headers are there; `receive` reads the rest. Fails with the gate's `Refused` too. */
  readonly answer: Promise<IncomingMessage>
  /** Whether the connection ever stood: before that, nothing can have been sent. */
  readonly connected: boolean
  /** Ends whatever is left of it. */
  close(): void
}

/** Thrown inside where something takes longer than its timeout. */
export class TookTooLong extends Error {
  readonly code: 'CONNECT_TIMEOUT' | 'HEADERS_TIMEOUT' | 'BODY_TIMEOUT'
  constructor(code: TookTooLong['code']) {
    super(code)
    this.code = code
  }
}

/** Sends a request. Follows no redirects. */
export function openConnection(url: URL, asked: Asked): Connection {
  const { method, headers, body, timeout, signal, gate } = asked
  const isSecure = url.protocol === 'https:'
  let connected = false
  let request: ClientRequest | undefined
  let response: IncomingMessage | undefined
  let timer: NodeJS.Timeout | undefined
  const stop = (reason?: Error) => (response ?? request)?.destroy(reason)
  const onAbort = () => stop(signal.reason)
  const wait = (code: TookTooLong['code'], ms: number) => {
    clearTimeout(timer)
    timer = after(ms, () => stop(new TookTooLong(code)))
  }

  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    signal.throwIfAborted()
    const hostname = url.hostname.replace(/^\[|\]$/g, '')
    // An address is connected to without a lookup.
    const refused = gate?.check(hostname)
    if (refused !== undefined) throw refused
    const to = { hostname, ...(url.port === '' ? {} : { port: url.port }) }
    const by = gate === undefined ? {} : { lookup: gate.lookup }
    request = (isSecure ? overHttps : overHttp)({ ...to, ...by, method, agent: false })
    // What may be secret is not among its options, which Node prints for those who set NODE_DEBUG.
    request.path = `${url.pathname}${url.search}`
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value)
    signal.addEventListener('abort', onAbort)
    wait('CONNECT_TIMEOUT', timeout.connect)
    request
      .once('socket', (socket) => {
        // Nothing of a request is sent before it is ended.
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          connected = true
          wait('HEADERS_TIMEOUT', timeout.headers)
          request?.end(body)
        })
      })
      .once('response', (message) => {
        clearTimeout(timer)
        response = message
        resolve(message)
      })
      // What fails after the answer has begun fails the answer too.
      .on('error', reject)
      // Without an error where the other side would go on in another protocol.
      .once('close', () => reject(new Error('closed')))
  })
  return {
    answer,
    get connected() {
      return connected
    },
    close() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      // Nobody reads it any more.
      response?.on('error', () => {})
      stop()
    },
  }
}

const LONGEST_TIMER = 2 ** 31 - 1

/** Does something after so many milliseconds; never for `Infinity`. */
export function after(ms: number, work: () => void): NodeJS.Timeout | undefined {
  return Number.isFinite(ms) ? setTimeout(work, Math.min(ms, LONGEST_TIMER)) : undefined
}
