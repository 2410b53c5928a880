import type { GenerateImagesError } from '../errors/index.ts'
import type { Billed, OutcomeClass } from './outcome.ts'

/** A failure that was to be expected: a value, not something thrown. */
export interface Failed {
  readonly ok: false
  readonly class: OutcomeClass
  readonly billed: Billed
  /** Whether every other request of the run would end likewise, so that nothing more should be sent. */
  readonly stopsRun: boolean
  readonly error: GenerateImagesError
}

/** What the API answered to `ask`. */
export type Reply =
  | {
      readonly ok: true
      /** The body of the 200 as it came, but for the letters of `pictures`: to be written down before it is read. */
      readonly raw: Uint8Array
      /** The pictures that came as base64, by their place in the answer; empty where anything in it is out of the ordinary. */
      readonly pictures: ReadonlyMap<number, Uint8Array>
      /** Gives the memory of `pictures` back, which are empty from then on: nothing may be at them any more. */
      release(): void
      readonly contentType: string
      /** The API's own name for the request. */
      readonly requestId?: string
      /** Milliseconds from the first try to the end of the answer. */
      readonly ms: number
      /** The headers worth keeping: request id, processing time, rate limits. */
      readonly headers: Readonly<Record<string, string>>
      /** POSTs that were tried; 0 where the turn never came. */
      readonly attempts: number
    }
  | (Failed & {
      readonly requestId?: string
      readonly ms: number
      readonly attempts: number
      /** What came, if anything did. */
      readonly raw?: Uint8Array
    })

const kept = ['x-request-id', 'openai-processing-ms', 'retry-after', 'retry-after-ms']

/** The headers of an answer that are worth keeping. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).filter(
    ([name]) => kept.includes(name) || name.startsWith('x-ratelimit-'),
  )
  return Object.fromEntries(entries)
}

/** The request id: from its header, or from the words "request id: …" with which CometAPI ends its messages. */
export function requestIdOf(headers: Readonly<Record<string, string>>, message?: string): string | undefined {
  return headers['x-request-id'] ?? /request id:?\s*([\w-]+)/i.exec(message ?? '')?.[1]
}
