// Image APIs on loopback that count: the emulator itself, and the same as somebody who pays meets it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import {
  type EmulatorOptions,
  type RunningEmulator,
  startEmulator,
  totalsOf,
} from '../../src/emulator/index.ts'

/** An API, and what it saw. */
export interface TestApi {
  readonly emulator: RunningEmulator
  readonly baseURL: string
  /** POSTs to the images endpoint, refused ones too. */
  readonly posts: number
  /** What the API would have billed: requests and US dollars. */
  readonly billed: { readonly requests: number; readonly usd: number }
  close(): Promise<void>
}

/** The emulator, flat pictures; it stops after the test. */
export async function startApi(options: EmulatorOptions = {}): Promise<TestApi> {
  const emulator = await startEmulator({ picture: 'flat', ...options })
  onTestFinished(() => emulator.close())
  return apiOf(emulator, emulator.baseURL, () => emulator.close())
}

/**
 * The emulator behind a relay that takes its mark out of the answers: its pictures count as paid for, and the most
 * requests that were under way at once are counted. Broken connections become resets.
 */
export async function startPaidApi(
  options: EmulatorOptions = {},
): Promise<TestApi & { readonly mostAtOnce: number }> {
  const emulator = await startEmulator({ picture: 'flat', ...options })
  let atOnce = 0
  let mostAtOnce = 0
  const server = createServer((incoming, outgoing) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce)
    relay(emulator.url, incoming, outgoing)
      .catch(() => incoming.socket.resetAndDestroy())
      .finally(() => atOnce--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await emulator.close()
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  const api = apiOf(emulator, `http://127.0.0.1:${port}/v1`, close)
  return Object.defineProperty(api, 'mostAtOnce', { get: () => mostAtOnce }) as TestApi & {
    readonly mostAtOnce: number
  }
}

function apiOf(emulator: RunningEmulator, baseURL: string, close: () => Promise<void>): TestApi {
  return {
    emulator,
    baseURL,
    close,
    get posts() {
      return emulator.requests.length
    },
    get billed() {
      const { requests, usd } = totalsOf(emulator.ledger)
      return { requests, usd }
    },
  }
}

const HOP = ['connection', 'host', 'content-length', 'transfer-encoding']

async function relay(to: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const headers = Object.entries(incoming.headers).filter(([name]) => !HOP.includes(name))
  const answer = await fetch(to + incoming.url, {
    method: incoming.method!,
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(incoming.method === 'POST' ? { body: Buffer.concat(await incoming.toArray()) } : {}),
    redirect: 'manual',
    signal: gone.signal,
  })
  const body = (await answer.text()).replace('"emulator":"unplugin-generate-images",', '')
  const kept = [...answer.headers].filter(([name]) => !HOP.includes(name))
  outgoing.writeHead(answer.status, Object.fromEntries(kept)).end(body)
}
