// What earlier runs left: answers that are paid for are finished for free, requests without an answer are noted as
// maybe billed. Comes before every run that may ask for something. What a living process is at is left alone.
import { readFile } from 'node:fs/promises'
import type { ErrorContext, GenerateImagesError } from '../errors/index.ts'
import type { SpooledRequest } from '../store/index.ts'
import { isAnswered } from './answered.ts'
import type { Collection } from './collect.ts'
import { type Settled, type SettleTools, setAside, settleAnswer } from './settle.ts'
import { unknownLine } from './unknown-line.ts'

/** What was found. */
export interface Recovered {
  /** Names whose picture was finished for free. */
  readonly names: readonly string[]
  readonly failed: readonly { readonly name: string; readonly error: GenerateImagesError }[]
}

/** What finishing needs. */
export type RecoverTools = SettleTools & { readonly now: () => Date }

// Links are good for a day at most. What is behind an older one is lost, and may be asked for again.
const LINK_MS = 24 * 3600 * 1000

/** Finishes what is pending in the spool. What fails stays there, and is not asked for again meanwhile. */
export async function recover(
  collection: Collection,
  tools: RecoverTools,
  signal: AbortSignal,
): Promise<Recovered> {
  const { spool, claims } = tools.store
  const keys = [...new Set((await spool.pending()).map(({ entry }) => entry.key))]
  const names: string[] = []
  const failed: { name: string; error: GenerateImagesError }[] = []
  const finish = async (key: string) => {
    for (const left of (await spool.pending()).filter(({ entry }) => entry.key === key)) {
      const { name } = left.entry
      const picture = collection.pictures.get(name)
      const places = picture?.places ?? []
      const asked = picture?.spec.key === key ? name : undefined
      const settled = await finishRequest(left, asked, tools, { picture: name, places, signal })
      if (settled === undefined) continue
      if (settled.error === undefined) names.push(name)
      else failed.push({ name, error: settled.error })
    }
  }
  // Claims first: one of another boot takes a while to be found dead, and all do so at once.
  const claimed = await Promise.allSettled(keys.map((key) => claims.attempt(key, { signal })))
  try {
    for (const [index, claim] of claimed.entries()) {
      if (claim.status === 'fulfilled' && claim.value !== undefined) await finish(keys[index]!)
      else if (claim.status === 'rejected' && !signal.aborted) throw claim.reason
    }
  } finally {
    for (const claim of claimed) if (claim.status === 'fulfilled') await claim.value?.release()
  }
  return { names, failed }
}

/**
 * Finishes one request that somebody left; its key is claimed. Without any of an answer it goes into the ledger as maybe
 * billed, and `undefined` comes back. `name`: what it is kept under, `undefined` for the takes.
 */
export async function finishRequest(
  request: SpooledRequest,
  name: string | undefined,
  tools: RecoverTools,
  context: ErrorContext & { readonly signal?: AbortSignal },
): Promise<Settled | undefined> {
  const { store } = tools
  const { entry, body, pictures } = request
  const { id } = entry
  const inLedger = (await store.ledger.read()).some((line) => line.id === id)
  if (!isAnswered(request)) {
    if (!inLedger) await store.ledger.append(unknownLine(entry, undefined))
    await store.spool.finish(id)
    return undefined
  }
  const beside = new Map<number, Uint8Array>()
  for (const { index, file } of pictures) beside.set(index, await readFile(file))
  const raw = body === undefined ? emptyAnswer(Math.max(...beside.keys()) + 1) : await readFile(body.file)
  const contentType = body?.contentType ?? ''
  const answer = { ...entry, name, requestId: undefined, raw, contentType, beside, inLedger }
  const settled = await settleAnswer(answer, tools, context)
  if (settled.error?.code === 'DOWNLOAD_FAILED' && (await isOld(entry, tools)))
    await setAside(answer, settled.error.sentence, tools)
  return settled
}

/** What is left of an answer when a crash came between its pictures and its body. */
function emptyAnswer(pictures: number): Uint8Array {
  return Buffer.from(JSON.stringify({ data: Array(pictures).fill({}) }))
}

// What is lost is paid for anew: a wrong clock, of this process or of the one that asked, is not enough.
async function isOld({ id, at }: SpooledRequest['entry'], { store, now }: RecoverTools): Promise<boolean> {
  if (now().getTime() - Date.parse(at) <= LINK_MS) return false
  return (await store.spool.age(id).catch(() => 0)) > LINK_MS
}
