// Pictures under names, meant for git. Knows files and records; decodes nothing and asks nobody.
import type { GenerateImagesError } from '../errors/index.ts'
import type { RequestBody } from '../spec/specs.ts'
import type { Claims } from './claims.ts'
import { commitFirst } from './commit-first.ts'
import type { ExamineTools, Holding } from './examine.ts'
import { exchange, finishLeft } from './exchange.ts'
import { createExchanges } from './exchanges.ts'
import { sha256 } from './hash.ts'
import { type Inspection, type InspectOptions, type InspectTools, inspectName } from './inspect.ts'
import { filesBelow, namesIn } from './read.ts'
import { type OriginalRecord, type PictureFacts, RECORD_VERSION } from './record.ts'
import { retire } from './retire.ts'
import type { Takes } from './takes.ts'

/** A picture as it came, with everything its record says. */
export interface NewOriginal {
  /** Untouched, as it came. */
  readonly bytes: Uint8Array
  /** A file with the same bytes that the disk has, so that they need not be written again; it may go away afterwards. */
  readonly source?: string | undefined
  readonly facts: PictureFacts
  readonly key: string
  readonly request: RequestBody
  /** The number wanted; where it is taken by another picture of the key, the next free one. */
  readonly take: number
  readonly answer: OriginalRecord['answer']
  /** The host. */
  readonly provider: string
  readonly cost: OriginalRecord['cost']
  /** ISO 8601, UTC. */
  readonly generatedAt: string
  readonly emulated?: boolean
  readonly adopted?: boolean
}

/** A record found below the folder; its picture was not looked at. */
export interface Listed {
  readonly name: string
  /** Missing where it can't be used, or was not to be read. */
  readonly record?: OriginalRecord
  /** Why the record can't be used. */
  readonly problem?: GenerateImagesError
}

/** The pictures of a project, by name. */
export interface Originals {
  inspect(name: string, key?: string, options?: InspectOptions): Promise<Inspection>
  /** Every record below the folder, by name; takes are not among them. Reads those that are `wanted`: all unless told. */
  list(wanted?: (name: string) => boolean): Promise<Listed[]>
  /** A whole picture for each key that has one, under any name or among the takes; verified. */
  findByKeys(keys: readonly string[], options?: InspectOptions): Promise<Map<string, Holding>>
  /** The same for one key. */
  findByKey(key: string, options?: InspectOptions): Promise<Holding | undefined>
  /** A number for a key's next take, above all that are kept. */
  nextTake(key: string): Promise<number>
  /** Keeps a picture among the takes of its key. */
  addTake(original: NewOriginal): Promise<Holding>
  /** Keeps a picture under a name. Throws as `exchange` does; the picture is then among the takes, and found by its key. */
  commit(original: NewOriginal & { readonly name: string }): Promise<Holding>
  /** Puts a copy of a kept picture, another name's or a take, under a name. Throws as `commit` does. */
  copy(from: Holding, name: string): Promise<Holding>
  /**
   * Takes a picture of this key away from its name; one that was paid for, or adopted, becomes a take. Answers what it was;
   * `undefined` where another lies there. Throws what is wrong with its files, which stay.
   */
  retire(name: string, key: string): Promise<Holding | undefined>
  /** Ends what a crash left half done. */
  recover(): Promise<void>
}

/** See `Originals`. Exchanges, copies and recovery run one after another, in all processes. */
export function createOriginals({
  layout,
  memo,
  fence,
  records,
  takes,
  claims,
}: ExamineTools & { takes: Takes; claims: Claims }): Originals {
  const tools: InspectTools = { layout, memo, fence, records, takes, exchanges: createExchanges(layout) }
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => claims.during('commit', work))
    last = turn.catch(() => {})
    return turn
  }
  const put = (name: string, record: OriginalRecord, source: Uint8Array | string) => {
    layout.record(name)
    return inTurn(async () => {
      await finishLeft(tools)
      const { fresh, ...take } = await takes.add(record, source)
      return exchange(name, take, fresh, tools)
    })
  }

  const list: Originals['list'] = async (wanted = () => true) => {
    // No name has a part that begins with a dot.
    const files = (await filesBelow(layout.folder)).filter((file) => file.endsWith('.json'))
    const listed: Listed[] = []
    for (const file of files.sort()) {
      const name = layout.nameOf(file)
      if (name === undefined) continue
      if (!wanted(name)) {
        listed.push({ name })
        continue
      }
      try {
        const record = await records.read(file)
        if (record !== undefined) listed.push({ name, record })
      } catch (error) {
        listed.push({ name, problem: error as GenerateImagesError })
      }
    }
    return listed
  }

  const findByKeys: Originals['findByKeys'] = async (keys, { acceptEmulated = false, deep = false } = {}) => {
    const found = new Map<string, Holding>()
    const offer = (held: Holding) => {
      if (acceptEmulated || !held.record.emulated) found.set(held.record.key, held)
    }
    const wanted = new Set(keys)
    for (const { name, record } of wanted.size === 0 ? [] : await list()) {
      if (record === undefined || !wanted.has(record.key) || found.has(record.key)) continue
      const state = await inspectName(name, record.key, tools, { acceptEmulated, deep })
      if (state.state === 'kept') offer(state)
    }
    const withTakes = new Set(await namesIn(layout.takes))
    for (const key of wanted) {
      if (found.has(key) || !withTakes.has(key)) continue
      for (const take of await takes.list(key)) if (!found.has(key)) offer(take)
    }
    return found
  }

  return {
    inspect: (name, key, options) => inspectName(name, key, tools, options),
    list,
    findByKeys,
    findByKey: async (key, options) => (await findByKeys([key], options)).get(key),
    async nextTake(key) {
      const named = (await list()).filter(({ record }) => record?.key === key)
      return named.reduce((most, { record }) => Math.max(most, record!.take), await takes.last(key)) + 1
    },
    async addTake(original) {
      const { record, file } = await inTurn(() => takes.add(recordOf(original), original.bytes))
      return { record, file }
    },
    async commit(original) {
      const { name, bytes, source } = original
      const record = recordOf(original)
      return (await commitFirst(name, record, bytes, tools, source)) ?? put(name, record, bytes)
    },
    copy: async (from, name) => put(name, from.record, from.file),
    retire: (name, key) =>
      inTurn(async () => {
        await finishLeft(tools)
        return retire(name, key, tools)
      }),
    recover: () => inTurn(() => finishLeft(tools)),
  }
}

function recordOf(original: NewOriginal): OriginalRecord {
  const { bytes, facts, key, request, take, answer, provider, cost, generatedAt, emulated, adopted } =
    original
  return {
    version: RECORD_VERSION,
    key,
    request,
    take,
    original: { ...facts, file: '', sha256: sha256(bytes), bytes: bytes.length },
    answer,
    provider,
    cost,
    generatedAt,
    ...(emulated && { emulated }),
    ...(adopted && { adopted }),
  }
}
