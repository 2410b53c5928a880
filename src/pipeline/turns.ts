// Whose turn it is to ask for a picture, of all processes that share the folder. Whoever has a picture's claim looks once
// more what others did since the plan was made, and only then may ask.
import { createError, type GenerateImagesError } from '../errors/index.ts'
import type { Claim, Holding, LedgerLine, SpooledRequest } from '../store/index.ts'
import { isAnswered } from './answered.ts'
import type { OnEvent } from './events.ts'
import type { PlannedImage } from './plan.ts'
import { finishRequest, type RecoverTools } from './recover.ts'

/** What became of a picture's turn. The claim is held until it is released. */
export type Turn =
  /** It is this run's to ask for. */
  | { readonly kind: 'ask'; readonly claim: Claim }
  /** Somebody else has kept it since; it may lie under another name. */
  | { readonly kind: 'kept'; readonly from: Holding }
  /** An answer that somebody left was finished for free. */
  | { readonly kind: 'finished' }
  /** Somebody else asked and did not keep it, or this run was ended before its turn came. */
  | { readonly kind: 'failed'; readonly error: GenerateImagesError }

/** What turns need. */
export interface TurnTools extends RecoverTools {
  /** Whether a picture that the emulator drew counts as kept. */
  readonly acceptEmulated: boolean
}

interface Seen {
  readonly kept: ReadonlyMap<string, Holding>
  readonly left: readonly SpooledRequest[]
  readonly ledger: ReadonlyMap<string, LedgerLine>
}

/** Takes the claims of all pictures that are free; answers how to wait for a picture's turn. */
export function takeTurns(
  images: readonly PlannedImage[],
  tools: TurnTools,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: OnEvent },
): (image: PlannedImage) => Promise<Turn> {
  const { originals, claims, spool, ledger } = tools.store
  const { acceptEmulated } = tools

  const see = async (keys: readonly string[]): Promise<Seen> => {
    const kept = await originals.findByKeys(keys, { acceptEmulated })
    // With the claim in hand, whatever of the key lies in the spool is nobody's any more, also of those that run.
    const left = await spool.all()
    return { kept, left, ledger: await ledger.latest() }
  }

  const seeOne = async ({ name, key }: PlannedImage): Promise<Seen> => {
    const there = await originals.inspect(name, key, { acceptEmulated })
    // Mostly under its own name: no other record need be read.
    if (there.state === 'kept') return { kept: new Map([[key, there]]), left: [], ledger: new Map() }
    return see([key])
  }

  const judge = async (image: PlannedImage, claim: Claim, { kept, left, ledger }: Seen): Promise<Turn> => {
    const { name, key, usedIn: places } = image
    const context = { picture: name, places }
    const from = kept.get(key)
    if (from !== undefined) return { kind: 'kept', from }
    const failed = (line: Pick<LedgerLine, 'at' | 'requestId'>): Turn => {
      const { at, requestId } = line
      return {
        kind: 'failed',
        error: createError('OTHER_PROCESS', { outcome: 'unknown', at, requestId }, context),
      }
    }
    // An answer, which is paid for, before a request without one.
    for (const request of left.filter(({ entry }) => entry.key === key).toSorted(answersFirst)) {
      // Nothing is kept of it: what was asked for as a take will do.
      const { aside: _, ...entry } = request.entry
      const settled = await finishRequest({ ...request, entry }, name, tools, { ...context, signal })
      if (settled === undefined) return failed(request.entry)
      return settled.error === undefined ? { kind: 'finished' } : { kind: 'failed', error: settled.error }
    }
    const last = ledger.get(key)
    // Known to whoever planned: asked for again on purpose.
    const isNew = last?.outcome === 'unknown' && last.id !== image.before?.id
    return isNew ? failed(last) : { kind: 'ask', claim }
  }

  const free = new Map(images.map(({ key }) => [key, claims.attempt(key, { signal })]))
  // One look for all that are free: each look reads every record.
  const seen = Promise.allSettled(free.values()).then((all) => {
    const keys = [...free.keys()].filter((_, index) => {
      const one = all[index]!
      return one.status === 'fulfilled' && one.value !== undefined
    })
    return see(keys)
  })
  // Told by the turns themselves.
  seen.catch(() => {})

  return async (image) => {
    const { name, key, usedIn: places } = image
    // Those that are free go on together, in the plan's order.
    await seen.catch(() => {})
    let claim = await free.get(key)!
    const wasFree = claim !== undefined
    const onWait = (pid: number | undefined) => onEvent({ type: 'elsewhere', name, pid })
    claim ??= await claims.take(key, { signal, onWait })
    let turn: Turn | undefined
    try {
      const now = wasFree ? await seen : await seeOne(image)
      if (claim !== undefined) turn = await judge(image, claim, now)
      else {
        // Its owner sent a request and is done: kept, or not to be sent again by everyone who waited.
        const from = now.kept.get(key)
        const last = from === undefined ? (await ledger.latest()).get(key) : undefined
        const line = last?.outcome === 'unknown' ? last : undefined
        const outcome = line === undefined ? ('failed' as const) : ('unknown' as const)
        const params = { outcome, at: line?.at, requestId: line?.requestId }
        const error = () => createError('OTHER_PROCESS', params, { picture: name, places })
        turn = from === undefined ? { kind: 'failed', error: error() } : { kind: 'kept', from }
      }
      return turn
    } finally {
      if (turn?.kind !== 'ask') await claim?.release()
    }
  }
}

function answersFirst(a: SpooledRequest, b: SpooledRequest): number {
  return Number(isAnswered(b)) - Number(isAnswered(a))
}
