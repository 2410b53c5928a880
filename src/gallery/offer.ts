// What making would come to: the question that a person says yes to, and whether it is still the same.
import { isDeepStrictEqual } from 'node:util'
import type { Project } from '../config/project.ts'
import { createError, GenerateImagesError, joinErrors } from '../errors/index.ts'
import { askedBefore } from '../pipeline/asked-before.ts'
import type { Collection } from '../pipeline/collect.ts'
import type { Plan, PlannedImage } from '../pipeline/plan.ts'
import { whyFrozen } from './listing.ts'
import { type OpenAddress, problemOf } from './problem.ts'
import type { Agreed, Offer } from './protocol.ts'

/** What an offer needs. */
export interface OfferTools {
  readonly project: Project
  readonly open: OpenAddress
}

/** A plan as an offer. */
export async function offerOf(
  what: Offer['what'],
  collection: Collection,
  plan: Plan,
  { project, open }: OfferTools,
): Promise<Offer> {
  const pictures = plan.images.flatMap(({ name, key, state, how, estimateUsd, takes = 1 }) => {
    if (how !== 'ask' && how !== 'copy' && how !== 'finish') return []
    return [{ name, key, state, how, images: how === 'ask' ? takes : 0, usd: estimateUsd }]
  })
  const problem = await whyNot(collection, plan, project)
  return {
    what,
    pictures,
    agreed: agreedOf(plan),
    notes: [...plan.unpriced.map((model) => `The price of ${model} is not known.`), ...askedBefore(plan)],
    problem: problem === undefined ? null : problemOf(problem, open),
  }
}

/** What a person says yes to. Dollars are rounded to what no sum of floats can blur. */
export function agreedOf(plan: Plan): Agreed {
  const asked = plan.images.filter(({ how }) => how === 'ask')
  return {
    keys: asked.map(({ key }) => key).sort(),
    images: plan.totals.images,
    usd: round(plan.totals.estimateUsd),
  }
}

const round = (usd: number) => Math.round(usd * 1e6) / 1e6

/** Whether a plan is what was agreed to. */
export function isAgreed(agreed: Agreed, plan: Plan): boolean {
  return isDeepStrictEqual({ ...agreed }, { ...agreedOf(plan) })
}

/** Whether a plan asks for nothing that was not agreed to, and for no more. */
export function isWithin(agreed: Agreed, plan: Plan): boolean {
  const { keys, images, usd } = agreedOf(plan)
  const known = new Set(agreed.keys)
  return keys.every((key) => known.has(key)) && images <= agreed.images && usd <= agreed.usd
}

/** What keeps a plan from being made, as far as it is known before; a run looks again. */
export async function whyNot(
  collection: Collection,
  plan: Plan,
  project: Project,
): Promise<GenerateImagesError | undefined> {
  const forbidden = whyFrozen(project)
  if (forbidden !== undefined) return forbidden
  if (collection.errors.length > 0) return joinErrors(collection.errors.slice(0, 1))
  const { provider } = project.settings
  if (plan.totals.images > 0 && provider.apiKey === undefined)
    return createError('NO_KEY', {
      pictures: plan.totals.images,
      host: new URL(provider.baseURL).hostname,
    })
  return project.holdBudget(plan).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof GenerateImagesError) return error
      throw error
    },
  )
}

/** The names that a plan would do something for. */
export function namesIn(images: readonly PlannedImage[]): string[] {
  return images.flatMap(({ name, how }) =>
    how === 'ask' || how === 'copy' || how === 'finish' ? [name] : [],
  )
}
