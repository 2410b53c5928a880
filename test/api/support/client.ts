import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import {
  type AskOptions,
  type Client,
  type ClientOptions,
  createClient,
  type Reply,
} from '../../../src/api/index.ts'
import type { RequestBody } from '../../../src/spec/specs.ts'

/** The key that must never be seen again. */
export const KEY = 'sk-canary-0123456789abcdef'

export const boat: RequestBody = {
  model: 'gpt-image-2',
  prompt: 'A paper boat.',
  size: '1024x1024',
  quality: 'medium',
}

/** A client without jitter whose waits take no time: they are written into `slept`, and `now` moves by them. */
export function quickClient(
  baseURL: string,
  options: Partial<ClientOptions> = {},
): Client & { slept: number[] } {
  const slept: number[] = []
  let time = Date.UTC(2026, 10, 22, 9, 30)
  const client = createClient({
    baseURL,
    apiKey: KEY,
    random: () => 0.5,
    now: () => time,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      slept.push(ms)
      time += ms
    },
    ...options,
  })
  return { ...client, slept }
}

/** Asks for the boat. */
export function askBoat(client: Client, options: Partial<AskOptions> = {}): Promise<Reply> {
  return client.ask(boat, { id: createHash('sha1').update('boat').digest('hex'), ...options })
}

/** A failure without what changes from run to run; fails where the key shows anywhere. */
export function shown(reply: unknown, origin: string): object {
  const failure = reply as Extract<Reply, { ok: false }>
  if (failure.ok !== false) throw new Error('a failure was expected')
  const everything =
    inspect(failure.error, { depth: 20, showHidden: true }) +
    JSON.stringify(failure.error) +
    failure.error.stack
  if (everything.includes('canary')) throw new Error('the key is in the error')
  return {
    class: failure.class,
    billed: failure.billed,
    stopsRun: failure.stopsRun,
    message: failure.error.message.replaceAll(origin, 'http://api'),
  }
}
