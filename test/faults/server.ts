// An image API on loopback that does to each request what its script says, and keeps the books: what was posted, what was
// billed (by the emulator, which is behind it), and which paid answers left this house whole.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Server as SocketServer } from 'node:net'
import { createEmulator, type Emulator, totalsOf } from '../../src/emulator/index.ts'

/** One request for a picture. */
export interface Post {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The body of a good answer, as somebody who pays gets it. The emulator bills it, once. */
  good(): Promise<string>
  /** Answers what the emulator answers, with its faults. */
  emulate(): Promise<void>
  /** Sends a whole answer. A 200 is paid for: its bytes, or those of the picture behind its link, must be kept. */
  send(body: string | Uint8Array, headers?: Record<string, string>, status?: number): void
  /** Puts a picture behind a link of this server. */
  link(bytes: Uint8Array): string
}

/** What becomes of one request. */
export type Answer = (post: Post) => unknown
/** What becomes of one download; `bytes` is what was put behind the link. */
export type Download = (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array) => unknown

/** The API and its books. */
export interface FaultApi {
  readonly emulator: Emulator
  readonly baseURL: string
  readonly origin: string
  /** POSTs, whatever became of them. */
  readonly posts: number
  /** Requests that the emulator billed. */
  readonly paid: number
  /** One for each paid answer that went out whole: the hashes that its bytes may have on the disk. */
  readonly delivered: readonly ReadonlySet<string>[]
  /** Requests that brought a key along where none belongs. */
  readonly strayKeys: number
  /** The next requests, one answer each; after them every answer is good. */
  script(...answers: Answer[]): void
  /** The next downloads, one each; after them every one is good. */
  scriptDownloads(...downloads: Download[]): void
  close(): Promise<void>
}

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Starts it. */
export async function startFaultApi(): Promise<FaultApi> {
  const emulator = createEmulator({ picture: 'flat' })
  const answers: Answer[] = []
  const downloads: Download[] = []
  const delivered: Set<string>[] = []
  const files = new Map<string, Uint8Array>()
  let posts = 0
  let strayKeys = 0

  const postOf = (request: IncomingMessage, response: ServerResponse, body: Buffer): Post => {
    const url = `${origin}/v1/images/generations`
    const headers = request.headers as Record<string, string>
    const { authorization = '' } = headers
    const ask = () =>
      emulator.fetch(
        new Request(url, { method: 'POST', headers: { authorization }, body: new Uint8Array(body) }),
      )
    const unmarked = (text: string) => text.replace('"emulator":"unplugin-generate-images",', '')
    let asked: Promise<string> | undefined
    const post: Post = {
      request,
      response,
      good() {
        asked ??= ask().then(async (answer) => unmarked(await answer.text()))
        return asked
      },
      async emulate() {
        const answer = await ask().catch(() => undefined)
        if (answer === undefined) return void request.socket.resetAndDestroy()
        post.send(unmarked(await answer.text()), Object.fromEntries(answer.headers), answer.status)
      },
      send(content, own = {}, status = 200) {
        // Whoever asked is gone.
        if (response.destroyed) return
        response.writeHead(status, {
          'content-type': 'application/json',
          'x-request-id': `req_${posts}`,
          ...own,
        })
        response.end(content)
        if (status === 200) delivered.push(formsOf(content, files, authorization.split(' ')[1] ?? ''))
      },
      link(bytes) {
        const path = `/files/${files.size}.png?sig=${sha256(bytes)}`
        files.set(path, bytes)
        return origin + path
      },
    }
    return post
  }

  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray().catch(() => []))
    if (request.method === 'POST' && request.url === '/v1/images/generations') {
      const answer = answers[posts++] ?? good
      await Promise.resolve(answer(postOf(request, response, body))).catch(() => request.socket.destroy())
      return
    }
    if (request.headers.authorization !== undefined) strayKeys++
    const download = downloads.shift() ?? whole
    download(request, response, files.get(request.url ?? '') ?? new Uint8Array())
  })
  const origin = await listen(server)
  return {
    emulator,
    origin,
    baseURL: `${origin}/v1`,
    delivered,
    get posts() {
      return posts
    },
    get paid() {
      return totalsOf(emulator.ledger).requests
    },
    get strayKeys() {
      return strayKeys
    },
    script: (...more) => {
      answers.length = posts
      answers.push(...more)
    },
    scriptDownloads: (...more) => void downloads.push(...more),
    close: () => closeServer(server),
  }
}

const good: Answer = async (post) => post.send(await post.good())
const whole: Download = (_, response, bytes) =>
  response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)

/** The hashes of an answer: itself (it may be kept without the key), its pictures, and those behind its links. */
function formsOf(
  content: string | Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  key: string,
): Set<string> {
  const forms = new Set([sha256(content), sha256(String(content).replaceAll(key, '[key]'))])
  try {
    const { data } = JSON.parse(String(content)) as { data: { b64_json?: string; url?: string }[] }
    for (const { b64_json, url } of data) {
      if (b64_json !== undefined)
        forms.add(sha256(Buffer.from(b64_json.replace(/^data:[^,]*,/, ''), 'base64')))
      const file = url === undefined ? undefined : files.get(new URL(url).pathname + new URL(url).search)
      if (file !== undefined) forms.add(sha256(file))
    }
  } catch {
    // No JSON: it can only be kept as it came.
  }
  return forms
}

/** Lets a server listen on a free port of this machine; its origin. */
export async function listen(server: SocketServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

export function closeSocketServer(server: SocketServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
