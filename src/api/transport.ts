import { causeOf } from './causes.ts'
import { after, openConnection, type Timeouts } from './connection.ts'
import type { Memory } from './memory.ts'
import { announcedBytes, flatHeaders, receive } from './receive.ts'

/** What became of one POST. */
export type Sent =
  /** A whole answer, of whatever status. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Record<string, string>
      readonly body: Uint8Array
    }
  /** No whole answer. `reached` tells whether a connection stood: if not, nothing was sent. */
  | {
      readonly kind: 'cut'
      readonly reached: boolean
      readonly aborted: boolean
      readonly why: string
      readonly headers: Record<string, string>
      /** What came of the body. */
      readonly body: Uint8Array
    }

/** How one POST is made. */
export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeout: Timeouts
  /** The longest answer in bytes. */
  readonly maxBytes: number
  /** Stops the request. A 200 that is already coming in is paid for: it has `graceMs` more to arrive. */
  readonly signal?: AbortSignal | undefined
  readonly graceMs: number
  /** Where the memory for an answer comes from. */
  readonly lend?: Memory['lend']
  /** Gets the pieces of an event stream as they come. */
  readonly onChunk?: ((chunk: Uint8Array) => void) | undefined
}

/** Pauses between two pieces that a body may have in all: one that drips in for ever ends. */
const PAUSES = 10

/** Thrown inside where a body takes too long as a whole. */
class TooSlow extends Error {
  readonly code = 'TOO_SLOW'
}

const INTERRUPTED = 'the run was interrupted'

/** Sends one POST over a connection of its own: no redirects, no second try. Never throws. */
export async function post(url: URL, options: PostOptions): Promise<Sent> {
  const { signal, maxBytes, graceMs, timeout, headers: told, body } = options
  const stop = new AbortController()
  let arriving = false
  let timer: NodeJS.Timeout | undefined
  let limit: NodeJS.Timeout | undefined
  const onAbort = () => {
    if (arriving) timer = setTimeout(() => stop.abort(), graceMs)
    else stop.abort()
  }
  signal?.addEventListener('abort', onAbort)
  // Nothing has left yet, and nothing will.
  if (signal?.aborted) stop.abort()
  const connection = openConnection(url, {
    ...{ method: 'POST', headers: told, body, timeout, signal: stop.signal },
  })
  const cut = (
    error: unknown,
    headers: Record<string, string> = {},
    came: Uint8Array = new Uint8Array(),
  ): Sent => {
    const aborted = stop.signal.aborted && !(error instanceof TooSlow)
    const why = aborted ? INTERRUPTED : causeOf(error)
    return { kind: 'cut', reached: connection.connected, aborted, why, headers, body: came }
  }
  try {
    const answer = await connection.answer
    const headers = flatHeaders(answer.headers)
    const streamed = headers['content-type']?.includes('event-stream') === true
    arriving = answer.statusCode === 200 && !streamed
    limit = after(timeout.headers + PAUSES * timeout.body, () => stop.abort(new TooSlow()))
    const received = await receive(answer, {
      maxBytes,
      pauseMs: timeout.body,
      expected: announcedBytes(headers),
      lend: options.lend,
      onChunk: streamed ? options.onChunk : undefined,
    })
    return received.cut === undefined
      ? { kind: 'answer', status: answer.statusCode!, headers, body: received.body }
      : cut(received.cut, headers, received.body)
  } catch (error) {
    return cut(error)
  } finally {
    clearTimeout(timer)
    clearTimeout(limit)
    signal?.removeEventListener('abort', onAbort)
    connection.close()
  }
}
