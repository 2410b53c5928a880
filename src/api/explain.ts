// From what came back to a class and an error that a person can act on.
import { createError, type ErrorCode, type ErrorContext, type GenerateImagesError } from '../errors/index.ts'
import { classify, type Outcome } from './outcome.ts'
import { requestIdOf } from './reply.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Scrub } from './scrub.ts'
import type { Sent } from './transport.ts'
import { type ErrorBody, errorBodySchema } from './wire.ts'

/** What the sentences need to know beside the failure. */
export interface Asked {
  /** The API's origin. */
  readonly host: string
  readonly model: string
  readonly attempts: number
  readonly scrub: Scrub
  /** Milliseconds since 1970. */
  readonly now: number
  readonly context: ErrorContext
}

/** A failure with its class, its error, and the wait in milliseconds that the API asked for. */
export interface Explained {
  readonly outcome: Outcome
  readonly error: GenerateImagesError
  readonly requestId?: string
  readonly waitMs?: number
}

/** After these, every other request of the run would end likewise. */
const STOPPING: readonly ErrorCode[] = ['KEY_REFUSED', 'OUT_OF_MONEY', 'WRONG_ADDRESS']

/** Whether an error stops the run. */
export function stopsRun(error: GenerateImagesError): boolean {
  return STOPPING.includes(error.code)
}

/** Explains whatever is not a whole 200. */
export function explain(sent: Sent, asked: Asked): Explained {
  return sent.kind === 'cut' ? explainCut(sent, asked) : explainAnswer(sent, asked)
}

function explainCut(sent: Sent & { kind: 'cut' }, asked: Asked): Explained {
  const { host, attempts, context } = asked
  const requestId = named(requestIdOf(sent.headers), asked)
  if (sent.reached) {
    const error = createError(
      'OUTCOME_UNKNOWN',
      { what: `No whole answer came from ${host}: ${sent.why}`, requestId },
      context,
    )
    return { outcome: classify({ at: 'after' }), error, ...(requestId === undefined ? {} : { requestId }) }
  }
  const outcome = classify({ at: 'before', aborted: sent.aborted })
  const error = sent.aborted
    ? createError('STOPPED', { why: sent.why }, context)
    : createError('API_UNREACHABLE', { host, why: sent.why, attempts }, context)
  return { outcome, error }
}

function explainAnswer(sent: Sent & { kind: 'answer' }, asked: Asked): Explained {
  const body = parse(sent.body)
  const { message, code, type } = body
  const waitMs = retryAfterMs(sent.headers, message, asked.now)
  const requestId = named(requestIdOf(sent.headers, message), asked)
  const outcome = classify({
    at: 'answer',
    status: sent.status,
    codes: [code, type].filter((text) => text !== undefined),
    retryAfter: sent.headers['retry-after'] !== undefined || sent.headers['retry-after-ms'] !== undefined,
  })
  const error = errorOf(outcome, sent, body, requestId, asked)
  return {
    outcome,
    error,
    ...(requestId === undefined ? {} : { requestId }),
    ...(waitMs === undefined ? {} : { waitMs }),
  }
}

function errorOf(
  outcome: Outcome,
  { status }: { status: number },
  body: ErrorFields,
  requestId: string | undefined,
  asked: Asked,
): GenerateImagesError {
  const { host, model, attempts, scrub, context } = asked
  const message = body.message === undefined ? undefined : scrub(body.message)
  if (outcome.class === 'rate-limited')
    return createError('RATE_LIMITED', { host, attempts, message }, context)
  if (outcome.class === 'out-of-money') return createError('OUT_OF_MONEY', { host, message }, context)
  if (outcome.class === 'refused') {
    const details = body.moderation_details
    const shown = details === undefined || details === null ? undefined : scrub(JSON.stringify(details))
    return createError('REFUSED', { message, details: shown }, context)
  }
  if (outcome.class === 'unknown') {
    const what = `${host} answered ${status}${message === undefined ? '' : `: ${bare(message)}`}`
    return createError('OUTCOME_UNKNOWN', { what, requestId }, context)
  }
  if (status === 401 || status === 403) return createError('KEY_REFUSED', { host, status, message }, context)
  if (body.code === 'model_not_found' || (status === 404 && body.param === 'model')) {
    return createError('MODEL_NOT_FOUND', { host, model, message }, context)
  }
  if (status < 400 || status === 404 || status === 405) {
    const what = message === undefined ? String(status) : `${status} (${bare(message)})`
    return createError('WRONG_ADDRESS', { host, what }, context)
  }
  const quoted = (text: string | undefined) => (text === undefined || text === '' ? undefined : scrub(text))
  return createError(
    'REQUEST_REJECTED',
    { status, param: quoted(body.param), code: quoted(body.code), message },
    context,
  )
}

/** A message without its full stop, and without the request id, which the sentence gives itself. */
function bare(message: string): string {
  return message.replace(/\s*\(request id:?[^)]*\)/i, '').replace(/[.\s]+$/, '')
}

/** The texts of an error body; all absent where it is none. */
type ErrorFields = Partial<ErrorBody['error']>

function parse(body: Uint8Array): ErrorFields {
  try {
    return errorBodySchema.safeParse(JSON.parse(Buffer.from(body).toString())).data?.error ?? {}
  } catch {
    return {}
  }
}

function named(requestId: string | undefined, { scrub }: Asked): string | undefined {
  return requestId === undefined ? undefined : scrub(requestId)
}
