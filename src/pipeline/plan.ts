// The second step: what is kept, what is missing, and what it would cost to make. Reads the disk, spends nothing.

import { setImmediate } from 'node:timers/promises'
import type { GenerateImagesError, Place } from '../errors/index.ts'
import type { Picture, RequestBody } from '../spec/specs.ts'
import type { Holding, Inspection, LedgerLine, Listed, SpooledRequest, Store } from '../store/index.ts'
import { isAnswered } from './answered.ts'
import type { Collection } from './collect.ts'
import { errorAbout } from './error-about.ts'
import { otherSpellings } from './other-spellings.ts'
import { unknownLine } from './unknown-line.ts'

export const STATES = ['kept', 'stale', 'missing', 'broken', 'orphaned'] as const
/** The state of a picture; SPEC §5. */
export type State = (typeof STATES)[number]

/** One picture of the plan. */
export interface PlannedImage {
  readonly name: string
  readonly key: string
  readonly state: State
  readonly model: string
  /** As it is sent; `null` where none is. */
  readonly size: string | null
  /** What asking for it will cost: 0 where it is not asked for, `null` where the price is not known. */
  readonly estimateUsd: number | null
  readonly usedIn: readonly Place[]
  /**
   * How it comes to be: it is there, it is asked for, it is copied from the same key elsewhere, it is paid for and a run
   * that begins finishes it for free, or not at all.
   */
  readonly how: 'there' | 'ask' | 'copy' | 'finish' | 'nothing'
  /** The picture as resolved; orphans have none. */
  readonly picture: Picture | undefined
  /** Where a copy comes from; `undefined` for the copy of a picture that this run asks for. */
  readonly copyFrom: Holding | undefined
  /** Why it is broken, or why it can't be made. */
  readonly problem: GenerateImagesError | undefined
  /** For one that is asked for: the last request for this key, which was or may have been billed and left no picture. */
  readonly before: LedgerLine | undefined
  /** How many new takes are asked for, whatever is kept: a redo. `estimateUsd` is for all of them. */
  readonly takes?: number
}

/** What the whole run would do. */
export interface Plan {
  readonly images: readonly PlannedImage[]
  readonly totals: {
    readonly kept: number
    readonly stale: number
    readonly missing: number
    readonly broken: number
    readonly orphaned: number
    /** How many would be asked for. */
    readonly images: number
    /** What those cost together, of those whose price is known. */
    readonly estimateUsd: number
  }
  /** Models without a price among those that would be asked. */
  readonly unpriced: readonly string[]
}

export interface PlanTools {
  readonly store: Store
  /** Dollars for a body; `undefined` where the price is not known. */
  readonly estimate: (body: RequestBody) => number | undefined
  /** Whether pictures of the emulator count as kept. */
  readonly acceptEmulated: boolean
  /** Which names the run is about; all where it is left out. */
  readonly filter?: (name: string) => boolean
  /** Verifies every byte, whatever was verified before. */
  readonly deep?: boolean
}

// Pictures that are hashed at once: more would fill memory and file handles, and gain nothing.
const AT_ONCE = 32
// Most pictures need no waiting at all. After so many everything else in the process has its turn.
const TURN = 250

async function inspectAll(wanted: readonly Picture[], tools: PlanTools): Promise<Inspection[]> {
  const inspected: Inspection[] = []
  const queue = wanted.entries()
  const work = async () => {
    for (const [index, { name, spec }] of queue) {
      if (index % TURN === TURN - 1) await setImmediate()
      inspected[index] = await tools.store.originals.inspect(name, spec.key, tools)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return inspected
}

/** Compares what is asked for with what is kept. Throws LEAVES_PROJECT. */
export async function makePlan(collection: Collection, tools: PlanTools): Promise<Plan> {
  await tools.store.assertInside()
  const wanted = [...collection.pictures.values()].filter((picture) => tools.filter?.(picture.name) ?? true)
  const inspected = await inspectAll(wanted, tools)
  const isOpen = (index: number) => {
    const { state } = inspected[index]!
    return state === 'stale' || state === 'missing'
  }
  const open = wanted.filter((_, index) => isOpen(index)).map((picture) => picture.spec.key)
  const elsewhere = await tools.store.originals.findByKeys(open, tools)
  const listed = await tools.store.originals.list((name) => !collection.pictures.has(name))
  const spelled = otherSpellings(listed, tools.store.layout)
  const left = open.length === 0 ? new Map<string, SpooledRequest>() : await leftInSpool(tools.store)
  const paid = open.length === 0 ? new Map<string, LedgerLine>() : await billed(tools)
  const asked = new Set<string>()
  const images: PlannedImage[] = []
  for (const [index, picture] of wanted.entries()) {
    const inspection = inspected[index]!
    // Where a disk makes no difference between cases, it was the other one's files that were found.
    const other = spelled(picture.name)
    const state = other !== undefined && inspection.state !== 'missing' ? 'broken' : inspection.state
    if (state === 'kept') {
      images.push(keptImage(picture))
      continue
    }
    const found = other ?? inspection.problem
    const problem = found && errorAbout(found, { picture: picture.name, places: picture.places })
    const { key, request } = picture.spec
    const copyFrom = isOpen(index) ? elsewhere.get(key) : undefined
    const base = { ...keptImage(picture), state, problem, copyFrom }
    const last = left.get(key)
    const isOurs = isOpen(index) && copyFrom === undefined && other === undefined
    const finished = isOurs && last !== undefined && isAnswered(last)
    // A file in the way is an error before it costs anything; it may be a picture that a crash left without its record.
    if (!isOpen(index) || (problem !== undefined && !finished)) {
      images.push({ ...base, how: 'nothing' })
    } else if (copyFrom !== undefined || asked.has(key)) {
      images.push({ ...base, how: 'copy' })
    } else if (finished) {
      images.push({ ...base, problem: undefined, how: 'finish' })
    } else {
      asked.add(key)
      const estimateUsd = tools.estimate(request) ?? null
      const sent = last?.entry
      const before = sent === undefined ? paid.get(key) : unknownLine(sent, undefined)
      images.push({ ...base, how: 'ask', estimateUsd, before })
    }
  }
  const orphans = findOrphans(listed, collection, tools)
  return summarise([...images, ...orphans].sort((a, b) => (a.name < b.name ? -1 : 1)))
}

// By key. What the emulator drew was never billed.
async function billed({ store, acceptEmulated }: PlanTools): Promise<Map<string, LedgerLine>> {
  const lines = [...(await store.ledger.latest())]
  return new Map(lines.filter(([, line]) => acceptEmulated || !line.emulated))
}

// By key; an answer, which is paid for, before a request without one.
async function leftInSpool({ spool }: Store): Promise<Map<string, SpooledRequest>> {
  const pending = (await spool.pending()).toSorted((a, b) => Number(isAnswered(a)) - Number(isAnswered(b)))
  return new Map(pending.map((request) => [request.entry.key, request]))
}

// What nearly all are; the others differ from it.
function keptImage(picture: Picture): PlannedImage {
  const { key, request } = picture.spec
  return {
    name: picture.name,
    key,
    state: 'kept',
    model: request.model,
    size: request.size ?? null,
    estimateUsd: 0,
    usedIn: picture.places,
    how: 'there',
    picture,
    copyFrom: undefined,
    problem: undefined,
    before: undefined,
  }
}

function findOrphans(listed: readonly Listed[], collection: Collection, tools: PlanTools): PlannedImage[] {
  return listed
    .filter(({ name }) => !collection.pictures.has(name) && (tools.filter?.(name) ?? true))
    .map(({ name, record }) => ({
      name,
      key: record?.key ?? '',
      state: 'orphaned',
      model: record?.request.model ?? '',
      size: record?.request.size ?? null,
      estimateUsd: 0,
      usedIn: [],
      how: 'nothing',
      picture: undefined,
      copyFrom: undefined,
      problem: undefined,
      before: undefined,
    }))
}

/** The plan of some pictures. */
export function summarise(images: readonly PlannedImage[]): Plan {
  const states: Record<State, number> = { kept: 0, stale: 0, missing: 0, broken: 0, orphaned: 0 }
  for (const { state } of images) states[state]++
  const asked = images.filter((image) => image.how === 'ask')
  return {
    images,
    totals: {
      ...states,
      images: asked.reduce((sum, { takes = 1 }) => sum + takes, 0),
      estimateUsd: asked.reduce((sum, image) => sum + (image.estimateUsd ?? 0), 0),
    },
    unpriced: [...new Set(asked.filter((image) => image.estimateUsd === null).map((image) => image.model))],
  }
}

/** The plan as `plan --json` prints it. */
export function planJson(plan: Plan): object {
  const images = plan.images.map(({ name, key, state, model, size, estimateUsd, usedIn }) => {
    return {
      name,
      key,
      state,
      model,
      size,
      estimateUsd,
      usedIn: usedIn.map(({ file, line }) => ({ file, line })),
    }
  })
  return { images, totals: plan.totals }
}
