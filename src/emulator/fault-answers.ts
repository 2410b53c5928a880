// What each fault answers. Faults that leave the answer whole, or nearly, give how it is spoiled instead.
import { answer, type Desk, type Spoiled } from './answer.ts'
import { cut, forever, LostConnection, silent } from './break.ts'
import type { Fault, StatusFault } from './faults.ts'
import type { Order } from './order.ts'
import type { Refusal } from './refusals.ts'
import { html, text } from './replies.ts'
import { events } from './stream.ts'
import type { Print } from './studio.ts'

/** How a fault spoils an answer that otherwise arrives; `undefined` where there is nothing to spoil. */
export function spoiledBy(fault: Fault | undefined): Spoiled | undefined {
  switch (fault?.fault) {
    case 'empty-data':
      return { empty: true }
    case 'data-prefix':
      return { prefix: true }
    case 'not-a-picture':
      return { bytes: Buffer.from('<svg-that-never-was>These bytes are no picture.') }
    case 'url-fails':
      return { link: { fails: fault.downloads ?? 1, failStatus: fault.status ?? 503 } }
    case undefined:
    case 'latency':
      return {}
    default:
      return undefined
  }
}

/** Answers a fault that replaces the answer. Rejects where the connection breaks before one begins. */
export async function fail(
  fault: Fault,
  order: Order,
  prints: readonly Print[],
  desk: Desk & { signal: AbortSignal; refuse: (refusal: Refusal) => Response },
): Promise<Response> {
  const type = order.stream ? 'text/event-stream' : 'application/json'
  switch (fault.fault) {
    case 'status':
      return desk.refuse(statusRefusal(fault, desk.now))
    case 'insufficient-quota':
      return desk.refuse(OUT_OF_MONEY)
    case 'gateway-timeout':
      return html(
        524,
        '<title>524: A timeout occurred</title><h1>A timeout occurred</h1><p>Error code 524</p>',
      )
    case 'html':
      return html(200, '<title>Welcome</title><h1>Welcome</h1><p>Please enable JavaScript.</p>')
    case 'reset':
      throw new LostConnection()
    case 'hang-before-headers':
      return forever(desk.signal)
    case 'hang-after-headers':
      return silent(type, desk.signal)
    case 'cut-body':
      return cut(await whole(order, prints, desk), type)
    default: {
      const body = await whole(order, prints, desk)
      return text(200, body.subarray(0, (body.length * 2) / 3), type)
    }
  }
}

/** All bytes of the good answer. */
async function whole(order: Order, prints: readonly Print[], desk: Desk): Promise<Buffer> {
  if (!order.stream) return Buffer.from(JSON.stringify(await answer(order, prints, desk)))
  const parts: string[] = []
  for await (const part of events(order, prints, desk)) parts.push(part)
  return Buffer.from(parts.join(''))
}

const OUT_OF_MONEY: Refusal = {
  status: 429,
  message: 'You exceeded your current quota, please check your plan and billing details.',
  type: 'insufficient_quota',
  param: null,
  code: 'insufficient_quota',
}

const USUAL: Readonly<Record<number, readonly [code: string | null, type: string, message: string]>> = {
  401: ['invalid_api_key', 'invalid_request_error', 'Incorrect API key provided.'],
  403: [
    'unsupported_country_region_territory',
    'request_forbidden',
    'Country, region, or territory not supported.',
  ],
  404: [
    'model_not_found',
    'invalid_request_error',
    'The model does not exist or you do not have access to it.',
  ],
  408: [null, 'server_error', 'The request timed out.'],
  429: ['rate_limit_exceeded', 'images', 'Rate limit reached on images per min.'],
  500: [
    'server_error',
    'server_error',
    'The server had an error while processing your request. Sorry about that!',
  ],
  502: [null, 'server_error', 'Bad gateway.'],
  503: ['slow_down', 'server_error', 'The engine is currently overloaded, please try again later.'],
  504: [null, 'server_error', 'Gateway timeout.'],
}

function statusRefusal(fault: StatusFault, now: () => number): Refusal {
  const { status, retryAfter, retryAfterIn = 'seconds' } = fault
  const [code, type, message] = USUAL[status] ?? [
    'invalid_value',
    'invalid_request_error',
    'The request was refused.',
  ]
  const told =
    retryAfter === undefined || retryAfterIn !== 'message' ? '' : ` Please try again in ${retryAfter}s.`
  return {
    status,
    message: (fault.message ?? message) + told,
    type: fault.type ?? type,
    param: null,
    code: fault.code ?? code,
    ...(retryAfter === undefined ? {} : { headers: retryHeaders(retryAfter, retryAfterIn, now) }),
  }
}

function retryHeaders(
  seconds: number,
  form: 'seconds' | 'milliseconds' | 'date' | 'message',
  now: () => number,
): Record<string, string> {
  switch (form) {
    case 'seconds':
      return { 'retry-after': String(seconds) }
    case 'milliseconds':
      return { 'retry-after-ms': String(seconds * 1000) }
    case 'date':
      return { 'retry-after': new Date(now() + seconds * 1000).toUTCString() }
    case 'message':
      return {}
  }
}
