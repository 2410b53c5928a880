import { createError, GenerateImagesError } from '../errors/index.ts'
import { type ExamineTools, examine, type Finding, type Holding, inPicture } from './examine.ts'
import type { Exchanges } from './exchanges.ts'
import { hashIfThere } from './hash.ts'
import { PICTURE_TYPES } from './layout.ts'
import type { OriginalRecord } from './record.ts'
import type { Takes } from './takes.ts'

/** What inspecting needs of the store. */
export interface InspectTools extends ExamineTools {
  readonly takes: Takes
  readonly exchanges: Exchanges
}

/** The state of a name (SPEC §5). */
export type Inspection =
  | ({ readonly state: 'kept'; readonly problem?: undefined } & Holding)
  /** `problem`: a file is in the way (UNCLAIMED_FILE), so a picture made now could not be put there. */
  | ({ readonly state: 'stale'; readonly problem?: GenerateImagesError } & Holding)
  /** `record`: of a picture that the emulator drew and that does not count. `problem` as with `stale`. */
  | {
      readonly state: 'missing'
      readonly problem?: GenerateImagesError
      readonly record?: OriginalRecord
      readonly file?: undefined
    }
  | ({ readonly state: 'broken'; readonly problem: GenerateImagesError } & Partial<Holding>)

/** How to inspect. */
export interface InspectOptions {
  /** Whether a picture that the emulator drew counts. Default `false`: it is missing. */
  readonly acceptEmulated?: boolean
  /** Hash the picture even where the memo vouches for it. */
  readonly deep?: boolean
}

/** The state of a name for a key; without a key a whole picture is `kept`. Never writes, and throws nothing but BAD_NAME. */
export async function inspectName(
  name: string,
  key: string | undefined,
  tools: InspectTools,
  options: InspectOptions = {},
): Promise<Inspection> {
  const found = await inspectOnce(name, key, tools, options)
  // What looks wrong may be the moment in which another process put a picture there.
  return found.problem === undefined ? found : inspectOnce(name, key, tools, options)
}

async function inspectOnce(
  name: string,
  key: string | undefined,
  tools: InspectTools,
  { acceptEmulated = false, deep = false }: InspectOptions,
): Promise<Inspection> {
  const found = await examineName(name, tools, deep)
  const inTheWay = async (record?: OriginalRecord) => {
    const problem = await fileInTheWay(name, tools, record)
    return problem === undefined ? {} : { problem }
  }
  if (found.kind === 'none') return { state: 'missing', ...(await inTheWay()) }
  if (found.kind !== 'broken' && found.record.emulated && (found.kind === 'absent' || !acceptEmulated))
    return { state: 'missing', record: found.record, ...(await inTheWay(found.record)) }
  if (found.kind !== 'whole') {
    const { problem, record, file } = found
    return { state: 'broken', problem, ...(record && { record }), ...(file !== undefined && { file }) }
  }
  const { record, file } = found
  if (key === undefined || record.key === key) return { state: 'kept', record, file }
  return { state: 'stale', record, file, ...(await inTheWay(record)) }
}

/** What lies under a name, seen through an exchange that a crash cut between picture and record. */
export async function examineName(name: string, tools: InspectTools, deep = false): Promise<Finding> {
  const { layout } = tools
  const place = { name, record: layout.record(name), picture: layout.picture.bind(undefined, name) }
  const found = await examine(place, tools, { deep })
  if (found.kind !== 'broken' || found.actual === undefined || found.file === undefined) return found
  const exchange = await tools.exchanges.of(name)
  const take = exchange && (await tools.takes.get(exchange.key, exchange.take).catch(() => undefined))
  if (take?.record.original.sha256 !== found.actual) return found
  return { kind: 'whole', record: take.record, file: found.file }
}

/** Throws LEAVES_PROJECT where a file of a name is reached through a link that leads out. */
export async function assertNameInside(name: string, { layout, fence }: InspectTools): Promise<void> {
  await fence.stat(layout.record(name))
  for (const type of PICTURE_TYPES) await fence.stat(layout.picture(name, type))
}

/** UNCLAIMED_FILE for a file that a picture of this name could meet, other than the one that `record` claims; LEAVES_PROJECT for a link. */
async function fileInTheWay(
  name: string,
  { layout, takes, fence }: InspectTools,
  record?: OriginalRecord,
): Promise<GenerateImagesError | undefined> {
  for (const type of PICTURE_TYPES) {
    if (type === record?.original.type) continue
    const file = layout.picture(name, type)
    try {
      if ((await fence.stat(file)) === undefined) continue
    } catch (error) {
      if (error instanceof GenerateImagesError) return inPicture(error, name)
    }
    const hash = await hashIfThere(file).catch(() => 'unreadable')
    if (hash !== undefined && !(await takes.holds(hash)))
      return createError('UNCLAIMED_FILE', { file: layout.show(file), name }, { picture: name })
  }
  return undefined
}
