import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createError } from '../errors/index.ts'
import { createEmulator, type Emulator } from './emulator.ts'
import { checkOptions, type ServerOptions } from './options.ts'

/** An emulator that listens. */
export interface RunningEmulator extends Emulator {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string
  /** What a client is given: `url` and `/v1`. */
  readonly baseURL: string
  readonly port: number
  /** Stops at once; answers that hang are cut. */
  close(): Promise<void>
  /** Lets the process end although the emulator listens. Gives itself. */
  unref(): RunningEmulator
}

// A prompt has at most 32,000 characters; this is far more.
const BODY_MAX = 8e6

/** Starts an emulator on a loopback address. Throws BAD_OPTION or UNKNOWN_OPTION, also for a port that is taken. */
export async function startEmulator(options: ServerOptions = {}): Promise<RunningEmulator> {
  checkOptions(options)
  const { port: wanted = 0, host = '127.0.0.1', ...rest } = options
  const emulator = createEmulator(rest)
  const server = createServer((incoming, outgoing) => void serve(emulator, url, incoming, outgoing))
  await listen(server, wanted, host)
  const { port } = server.address() as AddressInfo
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const running: RunningEmulator = {
    ...emulator,
    get authorizationsAtFiles() {
      return emulator.authorizationsAtFiles
    },
    url,
    baseURL: `${url}/v1`,
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    unref() {
      server.unref()
      server.on('connection', (socket: Socket) => socket.unref())
      return running
    },
  }
  return running
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const found = `${port}, which can't be listened on (${cause.code})`
      reject(
        createError('BAD_OPTION', { option: 'port', found, allowed: 'a free port, or 0 for any' }, { cause }),
      )
    })
    server.listen(port, host, resolve)
  })
}

async function serve(
  emulator: Emulator,
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // Kept, because a message that is broken off lets go of its socket.
  const { socket } = incoming
  const gone = new AbortController()
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  try {
    const request = await toRequest(incoming, origin, gone.signal)
    const response = await emulator.fetch(request)
    await send(response, outgoing, incoming.method === 'HEAD')
  } catch {
    // A fault that breaks the connection: a reset before the answer began, a plain end in the midst of it.
    if (outgoing.headersSent) outgoing.destroy()
    else socket.resetAndDestroy()
  }
}

async function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_MAX) throw new RangeError(`The body is larger than ${BODY_MAX} bytes`)
    chunks.push(chunk)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headersDistinct))
    for (const one of value ?? []) headers.append(name, one)
  const { method = 'GET', url = '/' } = incoming
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks)
  return new Request(url.startsWith('/') ? origin + url : url, { method, headers, body, signal })
}

async function send(response: Response, outgoing: ServerResponse, headersOnly: boolean): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.flushHeaders()
  if (!headersOnly && response.body !== null) {
    for await (const chunk of response.body) await write(outgoing, chunk)
  }
  outgoing.end()
}

function write(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}
