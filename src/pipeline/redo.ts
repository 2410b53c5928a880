// New takes of pictures, whatever is kept of them. How they are asked for is generate.ts's; what is priced is here.
import { throwAll } from '../errors/index.ts'
import type { Collection } from './collect.ts'
import type { OnEvent, RunReport } from './events.ts'
import { makePlan, type Plan, type PlannedImage, type PlanTools, summarise } from './plan.ts'
import { pictureOf, type Take, takesOf } from './takes-of.ts'

/** What is asked for anew. */
export interface RedoRequest {
  /** Whole names, each once. */
  readonly names: readonly string[]
  /** New takes of each, 1 to 10. One alone takes the place under the name; more lie among the takes until one is picked. */
  readonly n: number
}

/** How a redo ended. */
export interface RedoReport extends RunReport {
  /** The new takes by name, in the order in which they came. */
  readonly takes: ReadonlyMap<string, readonly Take[]>
}

/** The most takes that one redo asks for. */
export const MOST_TAKES = 10

/**
 * The plan of a redo, for `generate`: each named picture is asked for `n` times, by the prompt as it is written now.
 * Throws NO_SUCH_PICTURE, and what is wrong with a picture's files, for all names at once.
 */
export async function planRedo(
  collection: Collection,
  { names, n }: RedoRequest,
  tools: PlanTools,
): Promise<Plan> {
  if (!Number.isInteger(n) || n < 1 || n > MOST_TAKES)
    throw new RangeError(`n is ${n}, not 1 to ${MOST_TAKES}`)
  for (const name of names) pictureOf(collection, name)
  const wanted = new Set(names)
  const { images } = await makePlan(collection, { ...tools, filter: (name) => wanted.has(name) })
  // Nothing is paid for that could not be put in its place.
  throwAll(images.flatMap(({ problem }) => problem ?? []))
  const ledger = await tools.store.ledger.latest()
  return summarise(
    images.map((image): PlannedImage => {
      const usd = tools.estimate(image.picture!.spec.request)
      const last = ledger.get(image.key)
      const before = last?.outcome === 'unknown' ? last : image.before
      const estimateUsd = usd === undefined ? null : usd * n
      return { ...image, how: 'ask', copyFrom: undefined, estimateUsd, before, takes: n }
    }),
  )
}

/** Runs a redo: `run` is told what listens. Gathers what came. */
export async function runRedo(
  collection: Collection,
  run: (onEvent: OnEvent) => Promise<RunReport>,
  onEvent: OnEvent,
  tools: Pick<PlanTools, 'store' | 'acceptEmulated'>,
): Promise<RedoReport> {
  const came = new Map<string, string[]>()
  const report = await run((event) => {
    if (event.type === 'made')
      came.set(event.name, [
        ...(came.get(event.name) ?? []),
        ...(event.kept ?? []).map(({ record }) => record.original.sha256),
      ])
    onEvent(event)
  })
  const takes = new Map<string, readonly Take[]>()
  for (const [name, hashes] of came) {
    const all = await takesOf(collection, name, tools)
    takes.set(
      name,
      all.filter(({ record }) => hashes.includes(record.original.sha256)),
    )
  }
  return { ...report, takes }
}
