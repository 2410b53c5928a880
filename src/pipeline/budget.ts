// How much may be spent: by one run, and in a day. Held before the first request, over all processes of the folder.
import { createError } from '../errors/index.ts'
import type { Store } from '../store/index.ts'
import type { Plan } from './plan.ts'

/** Pictures and US dollars; as a limit, `Infinity` for none. */
export interface Budget {
  readonly images: number
  readonly usd: number
}

/** The most that one run, and all runs of 24 hours together, may ask for. */
export interface Limits extends Budget {
  readonly perDay: Budget
}

/** What counts towards the limits beside the plan. */
export interface Around {
  /** What other runs that go on mean to ask for, and this plan does not. */
  readonly others: Budget
  /** What was, or may have been, billed in the last 24 hours, and what all runs that go on mean to ask for. */
  readonly day: Budget
}

/** What looking around needs. */
export interface BudgetTools {
  readonly store: Pick<Store, 'ledger' | 'reservations' | 'claims'>
  readonly now: () => Date
  /** Whose runs are counted by the caller, in its limits. */
  readonly owner: string
}

const DAY = 24 * 3600 * 1000

/** Looks at the ledger and at the runs that go on. */
export async function lookAround(plan: Plan, { store, now, owner }: BudgetTools): Promise<Around> {
  const running = await store.reservations.list()
  const since = now().getTime() - DAY
  const lines = (await store.ledger.read()).filter((line) => Date.parse(line.at) >= since && !line.emulated)
  // Whichever run asks for a picture that two plan, it is paid for once; new takes are paid for by each.
  const once = toAsk(plan).filter(({ takes }) => takes === undefined)
  const counted = new Set(once.map(({ key }) => key))
  // By key, since when the first of the runs that go on means to ask for it.
  const reservedAt = new Map<string, string>()
  const reserved: { usd: number | null; n: number; mine: boolean }[] = []
  for (const run of running.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    for (const { key, usd, n } of run.pictures) {
      if (!reservedAt.has(key)) reservedAt.set(key, run.at)
      if (n !== undefined || !counted.has(key)) reserved.push({ usd, n: n ?? 1, mine: run.owner === owner })
      if (n === undefined) counted.add(key)
    }
  }
  // What such a run has spent already is in its reservation.
  const past = lines.filter(({ key, at }) => {
    const start = reservedAt.get(key)
    return start === undefined || at < start
  })
  return { others: sum(reserved.filter(({ mine }) => !mine)), day: sum([...reserved, ...past]) }
}

/** Throws where the whole plan is over a limit (OVER_BUDGET, OVER_DAY), or it can't be told (PRICE_UNKNOWN). */
export function holdBudget({ totals, unpriced }: Plan, limits: Limits, { others, day }: Around): void {
  if (totals.images === 0) return
  const { perDay } = limits
  const [model] = unpriced
  if (model !== undefined && Math.min(limits.usd, perDay.usd) !== Number.POSITIVE_INFINITY)
    throw createError('PRICE_UNKNOWN', { model })
  const images = totals.images + others.images
  const usd = totals.estimateUsd + others.usd
  const over = images > limits.images ? 'images' : usd > limits.usd ? 'usd' : undefined
  if (over !== undefined) {
    throw createError('OVER_BUDGET', {
      ...{ images, usd, elsewhere: others.images },
      ...{ maxImages: limits.images, maxUsd: limits.usd, over },
    })
  }
  const overDay =
    totals.images + day.images > perDay.images
      ? 'images'
      : totals.estimateUsd + day.usd > perDay.usd
        ? 'usd'
        : undefined
  if (overDay !== undefined) {
    const planned = { images: totals.images, usd: totals.estimateUsd }
    throw createError('OVER_DAY', { planned, day, max: perDay, over: overDay })
  }
}

/**
 * Holds the limits and reserves what the plan costs, so that no other run counts it as free; the answer ends the
 * reservation. Throws as `holdBudget` does.
 */
export async function reserveBudget(
  plan: Plan,
  limits: Limits,
  tools: BudgetTools,
): Promise<() => Promise<void>> {
  if (plan.totals.images === 0) return async () => {}
  const { claims, reservations } = tools.store
  const pictures = toAsk(plan).map(({ key, estimateUsd: usd, takes: n }) => {
    return { key, usd, ...(n === undefined ? {} : { n }) }
  })
  return claims.during('budget', async () => {
    holdBudget(plan, limits, await lookAround(plan, tools))
    return reservations.add({ owner: tools.owner, at: tools.now().toISOString(), pictures })
  })
}

const toAsk = (plan: Plan) => plan.images.filter(({ how }) => how === 'ask')

function sum(spent: readonly { readonly usd: number | null; readonly n: number }[]): Budget {
  return {
    images: spent.reduce((total, { n }) => total + n, 0),
    usd: spent.reduce((total, { usd }) => total + (usd ?? 0), 0),
  }
}
