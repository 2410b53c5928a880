// The third step: asks for what the plan says is missing, within the budget, and keeps what comes.
import { setMaxListeners } from 'node:events'
import type { Client } from '../api/index.ts'
import { createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Claim, Holding } from '../store/index.ts'
import { type AsTake, askForPicture, type Stops } from './ask.ts'
import { type BudgetTools, type Limits, reserveBudget } from './budget.ts'
import { errorAbout } from './error-about.ts'
import type { OnEvent, RunReport } from './events.ts'
import { type GivenUp, leaveOut, remember } from './given-up.ts'
import type { Partials } from './partials.ts'
import type { Plan, PlannedImage } from './plan.ts'
import { takeRedoTurn } from './redo-turn.ts'
import { holdRoom } from './room.ts'
import { type TurnTools, takeTurns } from './turns.ts'

/** What generating needs. */
export interface GenerateTools extends TurnTools, Pick<BudgetTools, 'owner'> {
  /** Made when the first picture is asked for. */
  readonly client: () => Promise<Client>
  readonly newId: () => string
  readonly partials: Partials
  /** What earlier runs of this process have asked for in vain. */
  readonly givenUp: GivenUp
  /** Loads what `inspect` needs. Throws NO_ENCODER. */
  readonly loadDecoder: () => Promise<void>
}

/** A run that has begun. */
export interface Run {
  /** Ends when every picture is kept or has failed; never rejects. */
  readonly done: Promise<RunReport>
  /** Ends when the picture is kept; rejects with its error, but not before the whole run is done: what was sent is paid for. */
  of(name: string): Promise<void>
}

/**
 * Begins a run. Throws before the first request where the plan is over a limit, the disk has no room for it, no answer
 * could be decoded, or a link in the place of a picture leads out of the project.
 */
export async function generate(
  wanted: Plan,
  tools: GenerateTools,
  { limits, soon, now, onEvent: listener }: Stops & { limits: Limits; onEvent: OnEvent },
): Promise<Run> {
  const { givenUp } = tools
  const plan = leaveOut(wanted, givenUp)
  const problems = plan.images.flatMap(({ problem }) => problem ?? [])
  // Somebody made it who may have made more: a person looks before anything is paid for.
  throwAll(problems.filter(({ code }) => code === 'LEAVES_PROJECT'))
  if (plan.totals.images > 0) await tools.loadDecoder()
  const endReservation = await reserveBudget(plan, limits, tools)
  await holdRoom(plan, tools.store.room).catch(async (error: unknown) => {
    await endReservation()
    throw error
  })
  const { originals, claims } = tools.store
  const stop = new AbortController()
  const stopped = AbortSignal.any([soon, now, stop.signal])
  // Each picture that is not sent yet listens to it: Node would warn of a leak from the eleventh on.
  setMaxListeners(0, stopped)
  const totals = { requests: 0, spentUsd: 0, maybeUsd: 0, emulatedUsd: 0 }
  const made: string[] = []
  const copied: string[] = []
  const failed: { name: string; error: GenerateImagesError }[] = []
  let stopReason: string | undefined

  const onEvent: OnEvent = (event) => {
    try {
      listener(event)
    } catch {
      // A listener's mistake must not cost a picture that is paid for.
    }
  }
  const onStop = ({ sentence }: GenerateImagesError) => {
    // The first sentence says why; what follows is about that picture alone.
    stopReason ??= sentence.split(/\.(?:\s|$)/)[0]
    stop.abort()
  }
  const fail = (image: PlannedImage, cause: GenerateImagesError) => {
    const why = cause.code === 'STOPPED' && stop.signal.aborted ? stopReason : undefined
    const error = why === undefined ? cause : createError('STOPPED', { why }, contextOf(image))
    failed.push({ name: image.name, error })
    onEvent({ type: 'failed', name: image.name, error, spentUsd: totals.spentUsd })
  }
  const ask = async (image: PlannedImage) => {
    const { takes } = image
    const turn =
      takes === undefined
        ? await turnOf(image)
        : await takeRedoTurn(image, tools, { signal: stopped, onEvent })
    if (turn.kind === 'kept') return copyFrom(turn.from, image)
    if (turn.kind === 'failed') return fail(image, turn.error)
    if (turn.kind === 'ask') {
      const sent = takes === undefined ? send(image, turn.claim) : sendTakes(image, turn.claim, takes)
      return sent.finally(() => turn.claim.release())
    }
    made.push(image.name)
    onEvent({ type: 'made', name: image.name, ms: 0, spentUsd: totals.spentUsd })
  }
  const sendTakes = async (image: PlannedImage, claim: Claim, takes: number) => {
    const take = await originals.nextTake(image.key)
    const asTake = takes > 1 ? ({ take, aside: true } as const) : { take }
    const { estimateUsd } = image
    const one = { ...image, estimateUsd: estimateUsd === null ? null : estimateUsd / takes }
    // The same prompt is refused again: what is not sent yet never is.
    const refused = new AbortController()
    const each = () => guarded(one, send(one, claim, { asTake, refused }))
    await Promise.all(Array.from({ length: takes }, each))
  }
  const send = async (
    image: PlannedImage,
    claim: Claim,
    { asTake, refused }: { readonly asTake?: AsTake; readonly refused?: AbortController } = {},
  ) => {
    const started = tools.now().getTime()
    const asked = await askForPicture(
      image,
      claim,
      { ...tools, client: await tools.client() },
      {
        soon: refused === undefined ? stopped : AbortSignal.any([stopped, refused.signal]),
        ...{ now, onEvent, onStop, asTake },
      },
    )
    remember(image, asked, givenUp)
    totals.requests += asked.requests
    totals.spentUsd += asked.usd
    totals.emulatedUsd += asked.emulatedUsd
    if (asked.billed === 'maybe') totals.maybeUsd += asked.usd
    if (asked.error === undefined) {
      made.push(image.name)
      const ms = tools.now().getTime() - started
      const { kept = [] } = asked
      onEvent({ type: 'made', name: image.name, ms, spentUsd: totals.spentUsd, kept })
      return
    }
    if (asked.error.code === 'REFUSED') refused?.abort()
    if (asked.error.code === 'STOPPED' && refused?.signal.aborted && !stopped.aborted)
      return fail(image, createError('STOPPED', { why: 'the same prompt was refused' }, contextOf(image)))
    fail(image, asked.error)
  }
  const copy = async (image: PlannedImage) => {
    const find = () => originals.findByKey(image.key, { acceptEmulated: true })
    const from = image.copyFrom ?? (await find())
    if (from === undefined) {
      const why = 'the picture with the same request, which it is a copy of, was not made'
      return fail(image, createError('STOPPED', { why }, contextOf(image)))
    }
    await copyFrom(from, image).catch(async (error: unknown) => {
      // It was a take, which another process has put where it belongs meanwhile.
      const other = await find()
      if (other === undefined || other.file === from.file) throw error
      await copyFrom(other, image)
    })
  }
  const copyFrom = async (from: Holding, image: PlannedImage) => {
    const { state } = await originals.inspect(image.name, image.key, tools)
    if (state !== 'kept') await originals.copy(from, image.name)
    copied.push(image.name)
    onEvent({ type: 'copied', name: image.name })
  }

  // Another process is finishing it, or this run has tried before and said why it can't.
  const finish = async (image: PlannedImage) => {
    let waited = false
    const onWait = (pid: number | undefined) => {
      waited = true
      onEvent({ type: 'elsewhere', name: image.name, pid })
    }
    const claim = await claims.take(image.key, { signal: stopped, onWait })
    await claim?.release()
    const from = await originals.findByKey(image.key, tools)
    if (from !== undefined) await copyFrom(from, image)
    else if (waited) fail(image, createError('OTHER_PROCESS', { outcome: 'failed' }, contextOf(image)))
  }

  const byName = new Map<string, Promise<void>>()
  const toAsk = plan.images.filter((image) => image.how === 'ask')
  const byTurns = toAsk.filter(({ takes }) => takes === undefined)
  const turnOf = takeTurns(byTurns, tools, { signal: stopped, onEvent })
  onEvent({ type: 'start', images: plan.totals.images, estimateUsd: plan.totals.estimateUsd })
  // What nobody foresaw ends this picture, not the run, whose other requests are paid for.
  const guarded = (image: PlannedImage, work: Promise<void>) =>
    work.catch((cause: unknown) => fail(image, errorAbout(cause, contextOf(image))))
  for (const image of toAsk) byName.set(image.name, guarded(image, ask(image)))
  const asked = new Map(toAsk.map((image) => [image.key, byName.get(image.name)!]))
  for (const image of plan.images) {
    if (image.how === 'copy') {
      byName.set(
        image.name,
        guarded(
          image,
          (asked.get(image.key) ?? Promise.resolve()).then(() => copy(image)),
        ),
      )
    } else if (image.how === 'finish') byName.set(image.name, guarded(image, finish(image)))
    // A broken picture, or a file in the way: named, and nothing is spent on it.
    else if (image.how === 'nothing' && image.problem !== undefined) fail(image, image.problem)
  }

  const done = Promise.all(byName.values()).then(async (): Promise<RunReport> => {
    await endReservation()
    return { made, copied, recovered: [], failed, kept: plan.totals.kept, ...totals }
  })
  return {
    done,
    async of(name) {
      await byName.get(name)
      const failure = failed.find((one) => one.name === name)
      if (failure === undefined) return
      await done
      throw failure.error
    },
  }
}

function contextOf(image: PlannedImage) {
  return { picture: image.name, places: image.usedIn }
}
