// From an answer that is paid for to a picture that is kept. The same for a run that has just received it and for a
// later run that finds it in the spool: nothing here asks the API for a picture.
import { basename } from 'node:path'
import { type Client, costOf, type FindPrice, readReply } from '../api/index.ts'
import { type ErrorCode, type ErrorContext, GenerateImagesError, keptAside } from '../errors/index.ts'
import type { RequestBody } from '../spec/specs.ts'
import type { Holding, PictureFacts, Store } from '../store/index.ts'
import { errorAbout } from './error-about.ts'

/** What settling needs. */
export interface SettleTools {
  readonly store: Store
  readonly prices: FindPrice
  /** Decodes a picture whole and measures it; throws where it is none. */
  readonly inspect: (bytes: Uint8Array) => Promise<PictureFacts>
  readonly fetchPicture: Client['fetchPicture']
  /** Takes the key out of the API's own words. */
  readonly scrub: Client['scrub']
  /** Takes the key out of what is kept of an answer. */
  readonly redact: Client['redact']
}

/** An answer that lies in the spool under `id`. */
export interface ReceivedAnswer {
  readonly id: string
  /** ISO 8601, UTC: when it was asked for. */
  readonly at: string
  /** The name that it is kept under; `undefined`: among the takes, because nothing asks for it any more. */
  readonly name: string | undefined
  readonly key: string
  readonly request: RequestBody
  /** The host. */
  readonly provider: string
  readonly requestId: string | undefined
  /** Its body, without what lies beside it. */
  readonly raw: Uint8Array
  readonly contentType: string
  /** What the request was thought to cost, for an answer without `usage`; `null` where no price is known. */
  readonly estimateUsd: number | null
  /** Pictures that lie beside the body in the spool, by their place in the answer. */
  readonly beside: ReadonlyMap<number, Uint8Array>
  /** Whether the ledger has the request already. */
  readonly inLedger: boolean
  /** As in its journal. */
  readonly take?: number
  readonly aside?: true
}

/** What became of an answer. Dollars are what it says it cost, else what it was thought to cost. */
export interface Settled {
  /** Undefined where every picture is kept. */
  readonly error: GenerateImagesError | undefined
  readonly kept: readonly Holding[]
  readonly usd: number
  /** What the emulator counted, which nobody pays. */
  readonly emulatedUsd: number
  readonly billed: 'yes' | 'maybe'
}

// What the picture has no part in is left for the next run: a link that may be fetched then, a disk that may have room, an
// encoder that may be installed, a machine that may have less to do, or more files to open.
const FOR_LATER: readonly ErrorCode[] = [
  ...(['DOWNLOAD_FAILED', 'NO_SPACE', 'FOLDER_UNWRITABLE'] as const),
  ...(['NO_ENCODER', 'PICTURE_TOO_SLOW', 'UNEXPECTED'] as const),
]

type Context = ErrorContext & { readonly signal?: AbortSignal }

/**
 * Keeps the pictures of an answer: the first under its name, the others among the takes. What can't be kept now stays
 * in the spool for the next run; what never can be (no picture in it) is set aside for a look.
 */
export async function settleAnswer(
  answer: ReceivedAnswer,
  tools: SettleTools,
  context: Context,
): Promise<Settled> {
  const { spool, ledger } = tools.store
  const { id, requestId, beside } = answer
  const { scrub, redact } = tools
  const reply = readReply(answer.raw, answer.contentType, { requestId, context, scrub, redact, beside })
  const known = reply.ok ? costOf(reply.usage, answer.request.model, tools.prices) : undefined
  const cost = known ?? { usd: answer.estimateUsd, basis: 'estimate' }
  const billed = reply.ok ? 'yes' : 'maybe'
  if (!answer.inLedger) {
    await ledger.append({
      ...{ v: 1, at: answer.at, id, name: answer.name ?? '', key: answer.key, model: answer.request.model },
      ...{ n: reply.ok ? reply.pictures.length : 1, provider: answer.provider, ...cost },
      ...(reply.ok && reply.emulated ? { emulated: true } : {}),
      outcome: reply.ok ? 'paid' : 'unknown',
      ...(requestId === undefined ? {} : { requestId }),
    })
  }
  const emulated = reply.ok && reply.emulated
  const counted = cost.usd ?? 0
  const money = emulated ? { usd: 0, emulatedUsd: counted } : { usd: counted, emulatedUsd: 0 }
  const kept: Holding[] = []
  const done = (error: GenerateImagesError | undefined): Settled => ({ error, kept, billed, ...money })
  if (!reply.ok) {
    await setAside(answer, reply.error.sentence, tools)
    return done(reply.error)
  }

  let name = answer.aside ? undefined : answer.name
  let keepInSpool = false
  const failures: GenerateImagesError[] = []
  for (const [index, picture] of reply.pictures.entries()) {
    try {
      const bytes =
        picture.kind === 'bytes' ? picture.bytes : await fetchLink(index, picture.url, answer, tools, context)
      const source = beside.has(index) || picture.kind === 'url' ? spool.pictureOf(id, index) : undefined
      const facts = await tools
        .inspect(bytes)
        .catch((error: unknown) => refuse(error, answer, source, tools, context))
      const share = { basis: cost.basis, usd: cost.usd === null ? null : cost.usd / reply.pictures.length }
      const original = {
        ...{
          bytes,
          source,
          facts,
          key: answer.key,
          request: answer.request,
          take: (answer.take ?? 1) + index,
          cost: share,
        },
        ...{
          answer: picture.answer,
          provider: answer.provider,
          generatedAt: answer.at,
          emulated: reply.emulated,
        },
      }
      const { originals } = tools.store
      kept.push(
        await (name === undefined ? originals.addTake(original) : originals.commit({ ...original, name })),
      )
      name = undefined
    } catch (error) {
      if (!(error instanceof GenerateImagesError)) throw error
      failures.push(errorAbout(error, context))
      keepInSpool ||= FOR_LATER.includes(error.code)
    }
  }
  if (!keepInSpool) await spool.finish(id)
  return done(failures[0])
}

// What can't be decoded is paid for all the same: kept for a look, and for a talk with whoever sent the bill.
async function refuse(
  cause: unknown,
  answer: ReceivedAnswer,
  source: string | undefined,
  tools: SettleTools,
  context: Context,
): Promise<never> {
  const error = errorAbout(cause, context)
  const { code, sentence, hint, picture, places } = error
  if (FOR_LATER.includes(code)) throw error
  await setAside(answer, sentence, tools)
  const { layout } = tools.store
  const file = source === undefined ? `${answer.id}.body` : basename(source)
  const kept = keptAside(`${layout.show(layout.rejected)}/${file}`)
  throw new GenerateImagesError(code, `${sentence} ${kept}`, hint, { picture, places, cause })
}

/** Sets an answer aside for a person to look at, and to show around: without the key, should the API have repeated it. */
export async function setAside(
  { id, raw, beside }: Pick<ReceivedAnswer, 'id' | 'raw' | 'beside'>,
  reason: string,
  { store, redact }: Pick<SettleTools, 'store' | 'redact'>,
): Promise<void> {
  const clean = redact.bytes(raw)
  if (clean !== raw) await store.spool.receive(id, clean)
  for (const [index, bytes] of beside) {
    const cleaned = redact.bytes(bytes)
    if (cleaned !== bytes) await store.spool.addPicture(id, index, cleaned)
  }
  await store.spool.setAside(id, reason)
}

async function fetchLink(
  index: number,
  url: string,
  answer: ReceivedAnswer,
  tools: SettleTools,
  context: Context,
): Promise<Uint8Array> {
  const fetched = await tools.fetchPicture(url, { signal: context.signal, context })
  if (!fetched.ok) throw fetched.error
  await tools.store.spool.addPicture(answer.id, index, fetched.bytes)
  return fetched.bytes
}
