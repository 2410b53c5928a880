import { createError } from '../errors/index.ts'
import type { Plan } from './plan.ts'

/** The most that one run may ask for; `Infinity` for no limit. */
export interface Budget {
  readonly images: number
  readonly usd: number
}

/**
 * Throws before the first request where the whole plan is over the budget (OVER_BUDGET, PRICE_UNKNOWN). `others`: what
 * other processes that run have under way in the same folder.
 */
export function holdBudget(plan: Plan, budget: Budget, others: Budget = { images: 0, usd: 0 }): void {
  if (plan.totals.images === 0) return
  const images = plan.totals.images + others.images
  const usd = plan.totals.estimateUsd + others.usd
  const [model] = plan.unpriced
  if (model !== undefined && budget.usd !== Number.POSITIVE_INFINITY)
    throw createError('PRICE_UNKNOWN', { model })
  const over = images > budget.images ? 'images' : usd > budget.usd ? 'usd' : undefined
  if (over !== undefined) {
    throw createError('OVER_BUDGET', {
      ...{ images, usd, elsewhere: others.images },
      ...{ maxImages: budget.images, maxUsd: budget.usd, over },
    })
  }
}
