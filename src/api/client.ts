// The client of the image API: each request is held to the run's limits, and sent again only where nothing can have
// been billed. It knows no files.
import { setTimeout as wait } from 'node:timers/promises'
import { createError } from '../errors/index.ts'
import type { RequestBody } from '../spec/specs.ts'
import { generationsUrl, isLoopback } from './address.ts'
import { backoffMs } from './backoff.ts'
import { bodyOf } from './body.ts'
import { type AskOptions, CLIENT_DEFAULTS, type Client, type ClientOptions } from './contract.ts'
import { fetchPicture } from './download.ts'
import { type Explained, explain, stopsRun } from './explain.ts'
import { createGate } from './gate.ts'
import { headersOf } from './headers.ts'
import { createMemory, type Memory } from './memory.ts'
import { findModel as inTable } from './models.ts'
import { readReply } from './read-reply.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { keptHeaders, type Reply, requestIdOf } from './reply.ts'
import { createScrubber } from './scrub.ts'
import { keysOf, secretsOf } from './secrets.ts'
import { createEventReader } from './stream.ts'
import { createThrottle, type Sleep } from './throttle.ts'
import { post, type Sent } from './transport.ts'
import { unpackAnswer } from './unpack.ts'

const timers: Sleep = async (ms, signal) =>
  void (await wait(ms, undefined, signal === undefined ? {} : { signal }))

/**
 * Makes the client of one run. Throws `BAD_OPTION` for an address or a header that can't be sent, and `INSECURE_URL`
 * for http to another machine.
 */
export function createClient(options: ClientOptions): Client {
  const settings = {
    ...CLIENT_DEFAULTS,
    findModel: inTable(),
    random: Math.random,
    sleep: timers,
    now: Date.now,
    ...options,
  }
  const { random, sleep, now, retries, retryAfterCapMs, maxBytes, graceMs } = settings
  const timeout = { ...CLIENT_DEFAULTS.timeout, ...options.timeout }
  const url = generationsUrl(options.baseURL)
  const headers = headersOf(options)
  const scrub = createScrubber(secretsOf(options))
  const redact = createRedactor(keysOf(options))
  const throttle = createThrottle(settings)
  const memory = createMemory()
  const loopback = isLoopback(url.hostname)
  const gate = createGate({ loopback, resolveHost: options.resolveHost })
  const closed = new AbortController()
  const untilClosed = (signal: AbortSignal | undefined) =>
    signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal])

  async function ask(body: RequestBody, asking: AskOptions): Promise<Reply> {
    const { n = 1, id, onSend, onRetry, context = {} } = asking
    const payload = bodyOf(body, {
      n,
      row: settings.findModel(body.model),
      partialImages: asking.stream?.partialImages,
    })
    const signal = untilClosed(asking.signal)
    const started = now()
    let attempts = 0

    async function send(tries: number): Promise<Sent> {
      const events = createEventReader(asking.stream?.onPartial ?? (() => {}))
      const sent = await throttle.run(
        async () => {
          await onSend?.()
          attempts++
          return post(url, {
            headers: { ...headers, 'idempotency-key': id, 'x-client-request-id': id },
            body: JSON.stringify(payload),
            ...{ timeout, maxBytes, graceMs, signal },
            onChunk: events.push,
            lend: memory.lend,
          })
        },
        { images: n, priority: tries, signal },
      )
      return withoutKeys(completed(unstreamed(sent, events.answer())), redact)
    }

    for (let tries = 1; ; tries++) {
      const sent = await send(tries).catch(notSent(signal))
      const about = { attempts, ms: now() - started }
      if (sent.kind === 'answer' && sent.status === 200) return succeeded(sent, about, memory)

      const asked = { host: url.origin, model: body.model, attempts, scrub, now: now(), context }
      const explained = explain(sent, asked)
      const { outcome, error, waitMs } = explained
      const limited = outcome.class === 'rate-limited'
      if (limited && waitMs !== undefined && waitMs > retryAfterCapMs) {
        const tooLong = createError(
          'RETRY_AFTER_TOO_LONG',
          { host: url.origin, waitMs, capMs: retryAfterCapMs },
          context,
        )
        return failed({ ...explained, error: tooLong }, sent, about)
      }
      if (!outcome.retry || tries > retries) return failed(explained, sent, about)

      const pause = (limited ? (waitMs ?? 0) : 0) + backoffMs(tries, random)
      onRetry?.({ class: outcome.class, attempt: tries, waitMs: pause, error })
      // A rate limit holds back the whole run; a lost connection only this request.
      if (limited) throttle.slowDown(pause)
      else await sleep(pause, signal).catch(() => {})
    }
  }

  return {
    host: url.origin,
    scrub,
    redact,
    ask,
    fetchPicture: (link, { signal, context } = {}) =>
      fetchPicture(link, {
        ...{ timeout, gate, loopback, totalMs: settings.downloadMs, maxBytes, retries, random, sleep },
        signal: untilClosed(signal),
        context,
      }),
    close: () => closed.abort(),
  }
}

/** A turn that never came because the run was stopped; anything else is the caller's to hear. */
function notSent(signal: AbortSignal): (error: unknown) => Sent {
  return (error) => {
    if (!signal.aborted) throw error
    return {
      kind: 'cut',
      reached: false,
      aborted: true,
      why: 'the run was interrupted',
      headers: {},
      body: new Uint8Array(),
    }
  }
}

/** A stream whose picture has come is an answer like any other, even if it was cut off afterwards. */
function unstreamed(sent: Sent, answer: Uint8Array | undefined): Sent {
  if (answer === undefined) return sent
  return {
    kind: 'answer',
    status: 200,
    headers: { ...sent.headers, 'content-type': 'application/json' },
    body: answer,
  }
}

// The body of a 200 is paid for and kept to the byte until its pictures are: a link in it must still lead to one.
function withoutKeys(sent: Sent, redact: Redactor): Sent {
  const headers = Object.fromEntries(
    Object.entries(sent.headers).map(([name, value]) => [name, redact.text(value)]),
  )
  const paid = sent.kind === 'answer' && sent.status === 200
  return { ...sent, headers, body: paid ? sent.body : redact.bytes(sent.body) }
}

/** A picture that has come whole is an answer, even if the connection was lost before it was said to be the end. */
function completed(sent: Sent): Sent {
  if (sent.kind === 'answer' || !readReply(sent.body, '').ok) return sent
  return { kind: 'answer', status: 200, headers: sent.headers, body: sent.body }
}

function succeeded(
  { body, headers }: Sent & { kind: 'answer' },
  about: { attempts: number; ms: number },
  memory: Memory,
): Reply {
  const requestId = requestIdOf(headers)
  const unpacked = unpackAnswer(body, memory.lend)
  if (unpacked !== undefined) memory.takeBack(body)
  const pictures = unpacked?.pictures ?? new Map<number, Uint8Array>()
  return {
    ok: true,
    raw: unpacked?.body ?? body,
    pictures,
    release: () => pictures.forEach(memory.takeBack),
    contentType: headers['content-type'] ?? '',
    headers: keptHeaders(headers),
    ...about,
    ...(requestId === undefined ? {} : { requestId }),
  }
}

function failed(
  { outcome, error, requestId }: Explained,
  sent: Sent,
  about: { attempts: number; ms: number },
): Reply {
  return {
    ok: false,
    class: outcome.class,
    billed: outcome.billed,
    stopsRun: stopsRun(error),
    error,
    ...about,
    ...(requestId === undefined ? {} : { requestId }),
    ...(sent.body.length === 0 ? {} : { raw: sent.body }),
  }
}
