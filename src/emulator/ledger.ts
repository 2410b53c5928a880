import { usageOf, usdOf } from './billing.ts'
import type { FaultName } from './faults.ts'
import type { Order } from './order.ts'

/** One request that reached a model, or would have: what it was, what became of it, what it would have cost. */
export interface LedgerEntry {
  /** The answer's `x-request-id`. */
  readonly id: string
  /** ISO time. */
  readonly at: string
  readonly model: string
  readonly prompt: string
  readonly n: number
  /** `WxH` as painted. */
  readonly size: string
  readonly quality: string
  /** Absent for models that are billed by the picture. */
  readonly tokens?: { readonly input: number; readonly output: number }
  /** US dollars; 0 where nothing is billed. */
  readonly usd: number
  readonly billed: boolean
  /** `answered`; `abandoned` where the client went away before its answer was ready; or the fault that befell it. */
  readonly outcome: 'answered' | 'abandoned' | FaultName
}

/** What a ledger comes to: billed requests, their pictures, US dollars. */
export interface Totals {
  readonly requests: number
  readonly images: number
  readonly usd: number
}

/** Writes the entry of an order. */
export function entryOf(
  order: Order,
  { id, at, billed, outcome }: Pick<LedgerEntry, 'id' | 'at' | 'billed' | 'outcome'>,
): LedgerEntry {
  const usage = usageOf(order)
  return {
    id,
    at,
    model: order.model.id,
    prompt: order.prompt,
    n: order.n,
    size: order.size,
    quality: order.quality,
    ...(usage === undefined ? {} : { tokens: { input: usage.input_tokens, output: usage.output_tokens } }),
    usd: billed ? usdOf(order) : 0,
    billed,
    outcome,
  }
}

/** Marks an entry whose client went away; one that a fault befell stays as it is. */
export function abandon(ledger: LedgerEntry[], { id }: LedgerEntry): void {
  const at = ledger.findIndex((entry) => entry.id === id && entry.outcome === 'answered')
  if (at >= 0) ledger[at] = { ...ledger[at]!, outcome: 'abandoned' }
}

/** Adds up what is billed. */
export function totalsOf(entries: readonly LedgerEntry[]): Totals {
  const billed = entries.filter((entry) => entry.billed)
  return {
    requests: billed.length,
    images: billed.reduce((sum, { n }) => sum + n, 0),
    usd: Math.round(billed.reduce((sum, { usd }) => sum + usd, 0) * 1e6) / 1e6,
  }
}
