// The calls that spend: each asks once, and spends what was agreed to.
import { estimateUsd } from '../api/estimate.ts'
import { findPrice } from '../api/prices.ts'
import { createError } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { type Plan, summarise } from '../pipeline/plan.ts'
import type { CallTools, Handlers } from './call-handlers.ts'
import { noSuchPicture } from './details.ts'
import { isAgreed, isWithin, namesIn, offerOf, whyNot } from './offer.ts'
import type { Agreed } from './protocol.ts'

/** See `Handlers`. */
export function spendCalls(tools: CallTools): Pick<Handlers, 'offer' | 'make' | 'redo' | 'stop'> {
  const { project, runs, collect } = tools
  // What goes on at the same time counts towards the budget of each run, like one run.
  const running = { images: 0, usd: 0 }
  const spending = ({ images, usd }: Agreed) => {
    running.images += images
    running.usd += usd
    return () => {
      running.images -= images
      running.usd -= usd
    }
  }
  const planFor = (collection: Collection, names: readonly string[] | undefined): Promise<Plan> => {
    if (names === undefined) return project.plan(collection)
    const wanted = new Set(names)
    return project.plan(collection, { filter: (name) => wanted.has(name) })
  }
  /** So many requests for one picture, whatever is kept of it. */
  const redoPlan = async (collection: Collection, name: string, n: number): Promise<Plan> => {
    const [image] = (await planFor(collection, [name])).images
    if (image?.picture === undefined) throw noSuchPicture(name)
    const body = image.picture.spec.request
    const price = estimateUsd({ body }, findPrice(project.settings.prices))?.usd ?? null
    return summarise(Array(n).fill({ ...image, how: 'ask', estimateUsd: price }))
  }
  const begin = async (
    agreed: Agreed,
    work: Parameters<typeof runs.begin>[2],
    what: 'make' | 'redo',
    names: readonly string[],
  ) => {
    const end = spending(agreed)
    return runs
      .begin(what, names, async (tell) => {
        const run = await work(tell)
        run.done.then(end, end)
        return run
      })
      .catch((error: unknown) => {
        end()
        throw error
      })
  }

  return {
    async offer(body) {
      const collection = await collect()
      const plan =
        body.what === 'make'
          ? await planFor(collection, body.names)
          : await redoPlan(collection, body.name, body.n)
      return offerOf(body.what, collection, plan, tools)
    },

    async make({ names, agreed }) {
      const collection = await collect()
      const plan = await planFor(collection, names)
      const changed = async (now: Plan) => ({ changed: await offerOf('make', collection, now, tools) })
      if (!isAgreed(agreed, plan)) return changed(plan)
      const problem = await whyNot(collection, plan, project)
      if (problem !== undefined) throw problem
      await project.writeTypes(collection)
      // What is paid for already is finished first, for free.
      await project.recover(collection, new AbortController().signal)
      const now = await planFor(collection, names)
      if (!isWithin(agreed, now)) return changed(now)
      const before = { ...running }
      return begin(
        agreed,
        (tell) => project.generate(now, { ...tell, before, anew: true }),
        'make',
        namesIn(plan.images),
      )
    },

    async redo({ name, n, agreed }) {
      throw createError('NOT_ALLOWED', { why: 'not there yet' })
    },

    async stop({ run }) {
      return runs.stop(run)
    },
  }
}
