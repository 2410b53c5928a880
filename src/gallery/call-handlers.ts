// The calls: everything that writes or spends. Each was protected before it comes here, and its body is untrusted.
import { createError } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { pictureOf } from '../pipeline/takes-of.ts'
import { BODIES } from './calls.ts'
import { writeEdits } from './editing.ts'
import type { ListingTools } from './listing.ts'
import { problemOf } from './problem.ts'
import { bodyOf } from './protection.ts'
import {
  ADOPT_BYTES_MAX,
  CALL_BYTES_MAX,
  type CallName,
  type Calls,
  type Offer,
  type PictureDetails,
  type Refusal,
} from './protocol.ts'
import type { Runs } from './runs.ts'
import { spendCalls } from './spend-calls.ts'
import { takeCalls } from './take-calls.ts'

/** What calls are handled with. */
export interface CallTools extends ListingTools {
  readonly runs: Runs
  readonly collect: () => Promise<Collection>
  readonly details: (name: string) => Promise<PictureDetails>
  /** To be told after everything that was written. */
  readonly changed: () => void
}

/** Work that changes one picture, one after another with all other such work; the answer is what became of it. */
export type Changing = (
  name: string,
  work: (collection: Collection) => Promise<unknown>,
) => Promise<PictureDetails>

/** The calls by name. */
export interface CallHandlers {
  /** The content type that the body of a call must have. */
  typeOf(call: CallName): RegExp
  /** Does what is asked. Throws why not. */
  handle(call: CallName, request: Request, url: URL): Promise<{ status: number; value: unknown }>
}

/** What was offered has changed: nothing was done. */
export interface OfferChanged {
  readonly changed: Offer
}

/** A handler for each call. The name that an adopted picture is for stands in the address. */
export type Handlers = {
  readonly [C in CallName]: (
    body: C extends 'adopt' ? Buffer : Calls[C]['body'],
    name: string,
  ) => Promise<Calls[C]['answer'] | OfferChanged>
}

/** See `CallHandlers`. */
export function createCallHandlers(tools: CallTools): CallHandlers {
  const { project, collect, details, changed, open } = tools
  // What writes goes one after another, so that none sees the half of another.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
  const changing: Changing = (name, work) =>
    inTurn(async () => {
      await work(await collect())
      changed()
      return details(name)
    })

  const handlers: Handlers = {
    ...spendCalls(tools),
    ...takeCalls({ ...tools, changing, inTurn }),
    edit: ({ name, stamp, fields }) =>
      changing(name, async (collection) => {
        const picture = pictureOf(collection, name)
        await writeEdits(picture, { stamp, edits: fields }, { ...tools, collection })
        await project.writeTypes(await collect())
      }),
  }

  const answered = (result: object) => {
    if (!('changed' in result)) return { status: 200, value: result }
    const problem = problemOf(createError('OFFER_CHANGED', {}), open)
    const refusal: Refusal = { problem, more: [], offer: (result as OfferChanged).changed }
    return { status: 409, value: refusal }
  }

  return {
    typeOf: (call) => (call === 'adopt' ? /^image\/(png|jpeg|webp)$/ : /^application\/json(;|$)/),
    async handle(call, request, url) {
      if (call === 'adopt') {
        const bytes = await bodyOf(request, ADOPT_BYTES_MAX)
        return answered(await handlers.adopt(bytes, url.searchParams.get('name') ?? ''))
      }
      const body = parsed(call, await bodyOf(request, CALL_BYTES_MAX))
      return answered(
        await (handlers[call] as (given: typeof body, name: string) => Promise<object>)(body, ''),
      )
    },
  }
}

function parsed(call: Exclude<CallName, 'adopt'>, bytes: Buffer): unknown {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw createError('NOT_ALLOWED', { why: 'its body is no JSON' })
  }
  const { success, data, error } = BODIES[call].safeParse(json)
  if (success) return data
  const [issue] = error.issues
  throw createError('NOT_ALLOWED', { why: `its body is wrong at "${issue?.path.join('.') ?? ''}"` })
}
