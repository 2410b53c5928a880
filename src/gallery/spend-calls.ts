// The calls that spend: each asks once, and spends what was agreed to.
import type { Collection } from '../pipeline/collect.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { CallTools, Handlers, OfferChanged } from './call-handlers.ts'
import { isAgreed, isWithin, namesIn, offerOf, whyNot } from './offer.ts'
import type { Agreed, Offer, RunState } from './protocol.ts'

/** A plan of what a call asks for. */
type Planner = (collection: Collection) => Promise<Plan>

/** See `Handlers`. */
export function spendCalls(tools: CallTools): Pick<Handlers, 'offer' | 'make' | 'redo' | 'stop'> {
  const { project, runs, collect } = tools
  // What goes on at the same time counts towards the budget of each run, like one run.
  const running = { images: 0, usd: 0 }
  const count = ({ images, usd }: Agreed, sign: 1 | -1) => {
    running.images += sign * images
    running.usd += sign * usd
  }
  const planMake = (names: readonly string[] | undefined): Planner => {
    const wanted = new Set(names)
    const filter = names === undefined ? {} : { filter: (name: string) => wanted.has(name) }
    return (collection) => project.plan(collection, filter)
  }
  const planRedo = (name: string, n: number): Planner => {
    return (collection) => project.planRedo(collection, { names: [name], n })
  }

  const spend = async (
    what: Offer['what'],
    agreed: Agreed,
    planOf: Planner,
  ): Promise<RunState | OfferChanged> => {
    const collection = await collect()
    const offered = await planOf(collection)
    const changed = async (plan: Plan) => ({ changed: await offerOf(what, collection, plan, tools) })
    if (!isAgreed(agreed, offered)) return changed(offered)
    const problem = await whyNot(collection, offered, project)
    if (problem !== undefined) throw problem
    await project.writeTypes(collection)
    // What is paid for already is finished first, for free.
    await project.recover(collection, new AbortController().signal)
    const plan = await planOf(collection)
    if (!isWithin(agreed, plan)) return changed(plan)
    const before = { ...running }
    count(agreed, 1)
    const end = () => count(agreed, -1)
    try {
      return await runs.begin(what, namesIn(offered.images), async (tell) => {
        const run = await project.generate(plan, { ...tell, before, anew: true })
        void run.done.finally(end)
        return run
      })
    } catch (error) {
      end()
      throw error
    }
  }

  return {
    async offer(body) {
      const collection = await collect()
      const planOf = body.what === 'make' ? planMake(body.names) : planRedo(body.name, body.n)
      return offerOf(body.what, collection, await planOf(collection), tools)
    },
    make: ({ names, agreed }) => spend('make', agreed, planMake(names)),
    redo: ({ name, n, agreed }) => spend('redo', agreed, planRedo(name, n)),
    stop: async ({ run }) => runs.stop(run),
  }
}
