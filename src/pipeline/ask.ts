// One paid request, from the journal to the ledger. What comes is on disk before any picture of it is decoded.
import { type Client, type FindPrice, readReply } from '../api/index.ts'
import { createError, type ErrorCode, GenerateImagesError } from '../errors/index.ts'
import type { Claim, Holding, Store } from '../store/index.ts'
import { errorAbout } from './error-about.ts'
import type { OnEvent } from './events.ts'
import type { Partials } from './partials.ts'
import type { PlannedImage } from './plan.ts'
import { roomToAsk } from './room.ts'
import { type SettleTools, settleAnswer } from './settle.ts'
import { unknownLine } from './unknown-line.ts'

/** What asking needs beside what settling needs. */
export interface AskTools extends Omit<SettleTools, 'fetchPicture' | 'scrub' | 'redact'> {
  readonly store: Store
  readonly client: Client
  readonly prices: FindPrice
  readonly newId: () => string
  readonly now: () => Date
  readonly partials: Partials
}

/** What became of one request. */
export interface Asked {
  /** Undefined where the picture is kept. */
  readonly error: GenerateImagesError | undefined
  /** What came, where it is kept. */
  readonly kept?: readonly Holding[]
  /** POSTs that went out. */
  readonly requests: number
  /** Dollars billed or maybe billed. */
  readonly usd: number
  /** What the emulator counted, which nobody pays. */
  readonly emulatedUsd: number
  readonly billed: 'yes' | 'no' | 'maybe'
}

/** How a run is ended. What is under way is paid for, so it is worth waiting for. */
export interface Stops {
  /** Nothing more is sent; what is under way is waited for. */
  readonly soon: AbortSignal
  /** What is under way is given up as well. */
  readonly now: AbortSignal
}

const STOPPING: readonly ErrorCode[] = ['NO_SPACE', 'NO_ENCODER', 'UNEXPECTED']

/** What a request tells its run. */
export interface AskListeners {
  readonly onEvent: OnEvent
  /** Every other request would end likewise. Called at once: the next one's turn has come already. */
  readonly onStop: (error: GenerateImagesError) => void
}

/** What a redo asks for: the number wanted, and whether it is kept among the takes. */
export interface AsTake {
  readonly take: number
  readonly aside?: true
}

/** Asks for one picture, whose claim is held, and keeps it. Expected failures are values; it throws only where nothing was sent. */
export async function askForPicture(
  image: PlannedImage,
  claim: Claim,
  tools: AskTools,
  { soon, now, onEvent, onStop, asTake }: Stops & AskListeners & { readonly asTake?: AsTake | undefined },
): Promise<Asked> {
  const { store, client } = tools
  const { request, key } = image.picture!.spec
  const id = tools.newId()
  const at = tools.now().toISOString()
  const { estimateUsd } = image
  const context = { picture: image.name, places: image.usedIn }
  const asked = {
    id,
    at,
    name: image.name,
    key,
    request,
    n: 1,
    provider: client.host,
    estimateUsd,
    ...asTake,
  }
  let begun = false
  let requests = 0
  let underWay = false
  let releaseRoom: (() => void) | undefined
  const unsent = new AbortController()
  const stopUnsent = () => underWay || unsent.abort()

  const unbilled = async (error: GenerateImagesError): Promise<Asked> => {
    if (begun) await store.spool.finish(id)
    return { error, requests, usd: 0, emulatedUsd: 0, billed: 'no' }
  }
  const onPartial = ({ bytes }: { bytes: Uint8Array }) => tools.partials.came(image.name, bytes)
  const ask = async (): Promise<Asked> => {
    const reply = await client.ask(request, {
      id,
      signal: AbortSignal.any([unsent.signal, now]),
      context,
      ...(tools.partials.wanted === 0 ? {} : { stream: { partialImages: tools.partials.wanted, onPartial } }),
      // Written down before it is sent: begun once, however often an unsent request is tried again.
      onSend: async () => {
        await claim.sending()
        releaseRoom ??= await store.room.reserve(roomToAsk(request))
        if (!begun) await store.spool.begin({ ...asked, pid: process.pid })
        begun = true
        // Stopped while that was written: what is thrown here keeps the client from sending.
        unsent.signal.throwIfAborted()
        requests += 1
        underWay = true
      },
      onRetry: ({ waitMs, error }) => {
        underWay = false
        if (soon.aborted) unsent.abort()
        onEvent({ type: 'waiting', name: image.name, ms: waitMs, why: error.sentence })
      },
    })
    if (!reply.ok) {
      const { error, stopsRun, billed } = reply
      if (stopsRun) onStop(error)
      if (billed === 'no') return unbilled(error)
      await store.ledger.append(unknownLine(asked, reply.requestId))
      // What came of an answer may be all that is left of a paid picture.
      if (reply.raw === undefined) await store.spool.finish(id)
      else {
        await store.spool.receive(id, reply.raw)
        await store.spool.setAside(id, error.sentence)
      }
      return { error, requests, usd: estimateUsd ?? 0, emulatedUsd: 0, billed }
    }

    const { raw, pictures, contentType, requestId } = reply
    const { scrub, redact, fetchPicture } = client
    const about = { requestId, context, scrub, redact }
    // There is no picture in a page, so that it may be looked at before it is on the disk.
    const page = contentType.includes('html') ? readReply(raw, contentType, about) : undefined
    if (page?.ok === false && page.stopsRun) onStop(page.error)
    // What is JSON says so by itself.
    const kind = contentType.includes('json') ? undefined : contentType
    await store.spool.receive(id, raw, { contentType: kind, pictures })
    const answer = { ...asked, requestId, raw, contentType, beside: pictures, inLedger: false }
    const settled = await settleAnswer(
      answer,
      { ...tools, scrub, redact, fetchPicture },
      { ...context, signal: now },
    )
    // The next answer would find no room, or nothing to decode it, either.
    const { error } = settled
    if (error !== undefined && STOPPING.includes(error.code)) onStop(error)
    // A decoder that was given up may still be at a picture that failed.
    if (error === undefined) reply.release()
    return { ...settled, requests }
  }

  soon.addEventListener('abort', stopUnsent)
  if (soon.aborted) unsent.abort()
  try {
    return await ask()
  } catch (cause) {
    if (unsent.signal.aborted && cause === unsent.signal.reason)
      return unbilled(createError('STOPPED', { why: 'the run was interrupted' }, context))
    if (requests === 0) {
      if (!(cause instanceof GenerateImagesError) || cause.code !== 'NO_SPACE') throw cause
      // The next one would find no room either.
      const error = errorAbout(cause, context)
      onStop(error)
      return unbilled(error)
    }
    // Taken over between two tries, of which none was billed.
    if (cause instanceof GenerateImagesError && cause.code === 'OTHER_PROCESS')
      return unbilled(errorAbout(cause, context))
    // Sent, and what came of it could not be written down: its journal is left for the next run, and nothing more is risked.
    const error = errorAbout(cause, context)
    onStop(error)
    const billed = error.code === 'ANSWER_UNWRITTEN' ? 'yes' : 'maybe'
    return { error, requests, usd: estimateUsd ?? 0, emulatedUsd: 0, billed }
  } finally {
    soon.removeEventListener('abort', stopUnsent)
    releaseRoom?.()
    tools.partials.gone(image.name)
  }
}
