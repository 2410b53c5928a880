// Whose turn it is to ask for new takes of a key, of all processes that share the folder: one after another, and each asks.
import { createError } from '../errors/index.ts'
import type { Claim } from '../store/index.ts'
import type { OnEvent } from './events.ts'
import type { PlannedImage } from './plan.ts'
import { finishRequest } from './recover.ts'
import type { Turn, TurnTools } from './turns.ts'

/**
 * Waits until a key is this run's alone, however many have it before. What others left of it is finished for free; where
 * that can't be, or may have been billed without a picture, nothing is asked for. The claim is held for `ask` alone.
 */
export async function takeRedoTurn(
  { name, key, usedIn: places, before }: PlannedImage,
  tools: TurnTools,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: OnEvent },
): Promise<Turn> {
  const { claims, spool, ledger } = tools.store
  const context = { picture: name, places }
  const onWait = (pid: number | undefined) => onEvent({ type: 'elsewhere', name, pid })
  const failed = ({ at, requestId }: { at: string; requestId?: string | undefined }): Turn => {
    const error = createError('OTHER_PROCESS', { outcome: 'unknown', at, requestId }, context)
    return { kind: 'failed', error }
  }
  let claim: Claim | undefined
  while (claim === undefined) claim = await claims.take(key, { signal, onWait })
  let turn: Turn | undefined
  try {
    // With the claim in hand, whatever of the key lies in the spool is nobody's any more.
    const left = await spool.all()
    for (const request of left.filter(({ entry }) => entry.key === key)) {
      const settled = await finishRequest(request, name, tools, { ...context, signal })
      if (settled === undefined) return failed(request.entry)
      if (settled.error !== undefined) return { kind: 'failed', error: settled.error }
    }
    const last = (await ledger.latest()).get(key)
    if (last?.outcome === 'unknown' && last.id !== before?.id) return failed(last)
    turn = { kind: 'ask', claim }
    return turn
  } finally {
    if (turn === undefined) await claim.release()
  }
}
