import { setTimeout as sleep } from 'node:timers/promises'
import { answer, type Desk } from './answer.ts'
import { checkBody, parseBody } from './check-body.ts'
import { fail, spoiledBy } from './fault-answers.ts'
import { type Fault, isBilled, modelRuns } from './faults.ts'
import { abandon, entryOf, type LedgerEntry } from './ledger.ts'
import { type RateLimit, rateLimited } from './rate-limit.ts'
import { moderated, type Refusal } from './refusals.ts'
import { json } from './replies.ts'
import { events, streamOf } from './stream.ts'
import type { Takes } from './studio.ts'

/** What a request for pictures meets on its way. */
export interface House extends Desk {
  readonly takes: Takes
  readonly rate: RateLimit
  readonly ledger: LedgerEntry[]
  readonly latencyMs: number
  readonly imagesPerMinute: number
  takeFault(prompt: string): Fault | undefined
  refuse(refusal: Refusal): Response
}

/** A word in a prompt that the moderation of the emulator refuses. */
export const BLOCKED = '[blocked]'

/**
 * Answers `POST /v1/images/generations`: checks, moderation, rate limit, then the fault that was ordered for it, or
 * pictures. `id` is the request's id. Rejects where the connection shall break, or when the client goes away.
 */
export async function generate(
  body: string,
  id: string,
  signal: AbortSignal,
  house: House,
): Promise<Response> {
  const parsed = parseBody(body)
  if (!parsed.ok) return house.refuse(parsed.refusal)
  const checked = checkBody(parsed.value)
  if (!checked.ok) return house.refuse(checked.refusal)
  const order = checked.value
  if (order.prompt.includes(BLOCKED))
    return house.refuse(moderated(id, order.model.outputFormat !== undefined))
  const room = house.rate.take(order.n)
  if (!room.ok) return house.refuse(rateLimited(order.model.id, house.imagesPerMinute, order.n, room.seconds))

  const fault = house.takeFault(order.prompt)
  const billed = isBilled(fault)
  const outcome = fault === undefined || fault.fault === 'latency' ? 'answered' : fault.fault
  // Written before anything can break: what was accepted is what would be billed.
  const entry = entryOf(order, { id, at: new Date(house.now()).toISOString(), billed, outcome })
  house.ledger.push(entry)
  const prints = modelRuns(fault) ? house.takes.next(order) : []
  const left = () => abandon(house.ledger, entry)
  signal.addEventListener('abort', left)
  try {
    await sleep(house.latencyMs + (fault?.latencyMs ?? 0), undefined, { signal })
    const spoiled = spoiledBy(fault)
    if (spoiled === undefined) return await fail(fault!, order, prints, { ...house, signal })
    if (!order.stream) return json(200, await answer(order, prints, house, spoiled))
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
    return new Response(streamOf(events(order, prints, house, spoiled), left), { headers })
  } finally {
    // From here on the answer is on its way: the signal may end for other reasons.
    signal.removeEventListener('abort', left)
  }
}
