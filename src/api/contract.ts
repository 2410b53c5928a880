// The contract of the client: what it is told, and what it does.
import type { ErrorContext, GenerateImagesError } from '../errors/index.ts'
import type { FindModel } from '../spec/model-row.ts'
import type { RequestBody } from '../spec/specs.ts'
import type { Timeouts } from './connection.ts'
import type { Fetched } from './download.ts'
import type { ResolveHost } from './gate.ts'
import type { OutcomeClass } from './outcome.ts'
import type { Redactor } from './redact.ts'
import type { Reply } from './reply.ts'
import type { Scrub } from './scrub.ts'
import type { PartialPicture } from './stream.ts'
import type { Sleep } from './throttle.ts'

/** How the API is reached, and how patiently. Everything but the address and the key has a default. */
export interface ClientOptions {
  /** `https://api.cometapi.com/v1`. http is for loopback only. */
  readonly baseURL: string
  readonly apiKey: string
  /** Further headers of each POST; they are as secret as the key. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds; unset: connect 30 s, headers 15 min, body 2 min. */
  readonly timeout?: Partial<Timeouts>
  /** Requests under way at once; unset: 5. */
  readonly concurrency?: number
  /** Pictures asked for in any 60 s; unset: no limit but the API's own. */
  readonly imagesPerMinute?: number
  /** How often a request that was surely not billed is sent again; unset: 4. */
  readonly retries?: number
  /** The longest wait that the API may ask for; unset: 120 s. */
  readonly retryAfterCapMs?: number
  /** The longest answer, and the longest picture behind a link, in bytes; unset: 256 MiB. */
  readonly maxBytes?: number
  /** How long an answer that is already coming in may take after an interruption; unset: 10 s. */
  readonly graceMs?: number
  /** How long one try to fetch a picture from its link may take, in milliseconds; unset: 5 min. */
  readonly downloadMs?: number
  /** How the host names of links become addresses; unset: as the system does. */
  readonly resolveHost?: ResolveHost
  readonly findModel?: FindModel
  /** 0 ≤ x < 1. */
  readonly random?: () => number
  readonly sleep?: Sleep
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** One picture (or several of the same request) to ask for. */
export interface AskOptions {
  /** How many pictures; unset: 1. A RangeError where the model makes fewer at once. */
  readonly n?: number
  /** The request's own id, the same for each try: sent as `Idempotency-Key` and `X-Client-Request-Id`. */
  readonly id: string
  readonly signal?: AbortSignal | undefined
  /** Awaited immediately before each POST goes out; what it throws is thrown by `ask`, and nothing is sent. */
  readonly onSend?: () => void | Promise<void>
  /** Told of each try that will be repeated. */
  readonly onRetry?: (info: {
    class: OutcomeClass
    attempt: number
    waitMs: number
    error: GenerateImagesError
  }) => void
  /** Asks for a stream with so many partial pictures, where the model streams and `n` is 1. */
  readonly stream?: {
    readonly partialImages: 0 | 1 | 2 | 3
    readonly onPartial: (partial: PartialPicture) => void
  }
  /** The picture and its places, for the error. */
  readonly context?: ErrorContext
}

/** The client of one run. */
export interface Client {
  /** The API's origin: the `provider` of a record. */
  readonly host: string
  /** Takes the key out of a text from outside. */
  readonly scrub: Scrub
  /** Takes the key out of what is kept. */
  readonly redact: Redactor
  /** Asks for pictures. Failures are values; only a mistake of the caller and what `onSend` throws are thrown. */
  ask(body: RequestBody, options: AskOptions): Promise<Reply>
  /**
   * Fetches a picture that is paid for from its link: a public address over https, or this machine where the API is on
   * this machine too.
   */
  fetchPicture(
    url: string,
    options?: { signal?: AbortSignal | undefined; context?: ErrorContext },
  ): Promise<Fetched>
  /** Gives up everything under way; what is asked afterwards is not sent. */
  close(): void
}

/** What a client does where it is not told. */
export const CLIENT_DEFAULTS = {
  timeout: { connect: 30_000, headers: 900_000, body: 120_000 },
  concurrency: 5,
  imagesPerMinute: Number.POSITIVE_INFINITY,
  retries: 4,
  retryAfterCapMs: 120_000,
  maxBytes: 256 * 1024 * 1024,
  graceMs: 10_000,
  downloadMs: 300_000,
} as const
