import { createError } from '../errors/index.ts'
import type { Collection } from './collect.ts'
import { makePlan, type PlanTools } from './plan.ts'
import { pictureOf, type Take, takesOf } from './takes-of.ts'

/** What was chosen. */
export interface Picked {
  readonly name: string
  /** As it lies under the name. */
  readonly take: Take
  /** Whether another picture lay there before. */
  readonly changed: boolean
}

/**
 * Puts a take under a name; what lay there becomes a take. Asks nobody. Throws NO_SUCH_PICTURE, NO_SUCH_TAKE, and what is
 * wrong with the files under the name.
 */
export async function pick(
  collection: Collection,
  name: string,
  number: number,
  tools: PlanTools,
): Promise<Picked> {
  await assertSound(collection, name, tools)
  const takes = await takesOf(collection, name, tools)
  const take = takes.find((one) => one.number === number)
  if (take === undefined) {
    const there = takes.map((one) => one.number)
    throw createError('NO_SUCH_TAKE', { take: number, there }, { picture: name })
  }
  if (take.shown) return { name, take, changed: false }
  const held = await tools.store.originals.copy(take, name)
  return { name, take: { ...held, number, shown: true }, changed: true }
}

/** Throws NO_SUCH_PICTURE, and what is wrong with the files that lie where a picture of the name would. */
export async function assertSound(collection: Collection, name: string, tools: PlanTools): Promise<void> {
  pictureOf(collection, name)
  const { images } = await makePlan(collection, { ...tools, filter: (one) => one === name })
  const problem = images[0]?.problem
  if (problem !== undefined) throw problem
}
