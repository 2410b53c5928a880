import { createError, type ErrorContext } from '../errors/index.ts'
import { isSecure } from './address.ts'
import { backoffMs } from './backoff.ts'
import { causeOf } from './causes.ts'
import { openConnection, type Timeouts } from './connection.ts'
import { type Gate, Refused } from './gate.ts'
import { classify } from './outcome.ts'
import { flatHeaders, receive, TooLarge } from './receive.ts'
import type { Failed } from './reply.ts'
import { originOf } from './scrub.ts'
import type { Sleep } from './throttle.ts'

/** The bytes behind a link. */
export type Fetched =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly attempts: number }
  | (Failed & { readonly attempts: number })

/** How a link is fetched. */
export interface FetchOptions {
  readonly timeout: Timeouts
  readonly gate: Gate
  /** Whether links may be http to this machine, as those of an API on this machine are. */
  readonly loopback: boolean
  /** Milliseconds that one try may take, redirects and all. */
  readonly totalMs: number
  readonly maxBytes: number
  /** How often a failed try is repeated. */
  readonly retries: number
  readonly random: () => number
  readonly sleep: Sleep
  readonly signal?: AbortSignal | undefined
  readonly context?: ErrorContext | undefined
}

const mostRedirects = 5
const mostRedirectBytes = 64 * 1024

/** Why a try failed, and whether another may do better. */
class Unfetched extends Error {
  readonly again: boolean
  /** Whether its address is the reason, so that running again does not help. */
  readonly refused: boolean
  constructor(why: string, again: boolean, refused = false) {
    super(why)
    this.again = again
    this.refused = refused
  }
}

/**
 * Fetches a picture that is paid for. Neither the key nor what a link carries as a user is sent along. At each of at most
 * five redirects too: https only (http from this machine with `loopback`), and only to what the gate lets through.
 * Repeated as often as told: a GET costs nothing. Errors show the origin of the link alone.
 */
export async function fetchPicture(link: string, options: FetchOptions): Promise<Fetched> {
  const { retries, random, sleep, signal } = options
  for (let attempts = 1; ; attempts++) {
    try {
      return { ok: true, bytes: await follow(link, options), attempts }
    } catch (error) {
      const failure = signal?.aborted ? new Unfetched('the run was interrupted', false) : unfetched(error)
      if (!failure.again || attempts > retries) return failed(link, failure, attempts, options.context)
    }
    await sleep(backoffMs(attempts, random), signal).catch(() => {})
  }
}

function failed(
  link: string,
  { message: why, refused }: Unfetched,
  attempts: number,
  context: ErrorContext | undefined,
): Fetched {
  const { class: name, billed } = classify({ at: 'download' })
  const error = createError('DOWNLOAD_FAILED', { origin: originOf(link), why, attempts, refused }, context)
  return { ok: false, class: name, billed, stopsRun: false, error, attempts }
}

function unfetched(error: unknown): Unfetched {
  if (error instanceof Unfetched) return error
  return error instanceof Refused
    ? new Unfetched(error.message, false, true)
    : new Unfetched(causeOf(error), !(error instanceof TooLarge))
}

async function follow(link: string, options: FetchOptions): Promise<Uint8Array> {
  // A timer of our own holds its signal: `AbortSignal.any` does not, and one of `AbortSignal.timeout` may be collected.
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), options.totalMs)
  const signal = options.signal === undefined ? limit.signal : AbortSignal.any([options.signal, limit.signal])
  try {
    return await followed(link, options, signal)
  } finally {
    clearTimeout(timer)
  }
}

async function followed(link: string, options: FetchOptions, signal: AbortSignal): Promise<Uint8Array> {
  let next = link
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (!URL.canParse(next)) throw new Unfetched('it is no address', false)
    const url = new URL(next)
    url.username = ''
    url.password = ''
    if (!isSecure(url) || (url.protocol === 'http:' && !options.loopback))
      throw new Unfetched(`it leads to ${originOf(next)}, which is not https`, false)
    const answer = await get(url, options, signal)
    if (answer.location === undefined) return answer.bytes
    next = URL.canParse(answer.location, next) ? new URL(answer.location, next).href : answer.location
  }
  throw new Unfetched(`it leads on more than ${mostRedirects} times`, false)
}

async function get(
  url: URL,
  { timeout, gate, maxBytes }: FetchOptions,
  signal: AbortSignal,
): Promise<{ location?: string; bytes: Uint8Array }> {
  const headers = { accept: 'image/*', 'accept-encoding': 'identity' }
  const connection = openConnection(url, { method: 'GET', headers, timeout, signal, gate })
  try {
    const answer = await connection.answer
    const status = answer.statusCode!
    const { location, 'content-type': type } = flatHeaders(answer.headers)
    const redirected = status >= 300 && status < 400 && location !== undefined
    const received = await receive(answer, {
      maxBytes: redirected ? mostRedirectBytes : maxBytes,
      pauseMs: timeout.body,
    })
    if (redirected) return { location, bytes: received.body }
    if (status !== 200) throw new Unfetched(`it answered ${status}`, true)
    if (received.cut !== undefined) throw received.cut
    if (type?.includes('text/html')) throw new Unfetched('it answered a page', true)
    if (received.body.length === 0) throw new Unfetched('it answered nothing', true)
    return { bytes: received.body }
  } finally {
    connection.close()
  }
}
