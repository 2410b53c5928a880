import { rm, rmdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { createError } from '../errors/index.ts'
import { copyAtomic, createNew } from './atomic.ts'
import { type ExamineTools, examine, type Finding, type Holding } from './examine.ts'
import { hashFile } from './hash.ts'
import { namesIn } from './read.ts'
import { type OriginalRecord, parseRecord, recordText } from './record.ts'

/** Originals that were paid for and lie under no name: `.takes/<key>/<take>.png` and `.json`. */
export interface Takes {
  /**
   * Keeps a picture: bytes, or a file that is copied. Its number is the record's `take`, or the next free one above it;
   * a picture that is there already, byte for byte, is kept once (`fresh: false`). Throws BROKEN_ORIGINAL where the
   * bytes are not what the record says.
   */
  add(record: OriginalRecord, source: Uint8Array | string): Promise<Holding & { fresh: boolean }>
  /** The whole takes of a key, by number; damaged ones are left out. */
  list(key: string): Promise<Holding[]>
  /** One take; `undefined` where there is none. Throws its problem where it is damaged. */
  get(key: string, take: number): Promise<Holding | undefined>
  /** Whether a whole take of any key has these bytes. */
  holds(sha256: string): Promise<boolean>
  /** The highest number that a key's takes use, damaged ones too; 0 where there are none. */
  last(key: string): Promise<number>
  /** Forgets a take. */
  remove(take: Holding): Promise<void>
}

/** See `Takes`. */
export function createTakes(tools: ExamineTools): Takes {
  const { layout, memo } = tools
  const look = (key: string, take: number): Promise<Finding> =>
    examine({ record: layout.takeRecord(key, take), picture: (type) => layout.take(key, take, type) }, tools)

  const numbers = async (key: string) => {
    const names = await namesIn(layout.takesOf(key))
    const found = names
      .map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
    return found.sort((a, b) => a - b)
  }
  const list = async (key: string) => {
    const found = await Promise.all((await numbers(key)).map((take) => look(key, take)))
    return found.filter((take) => take.kind === 'whole')
  }

  /** `undefined` where another picture has this number. */
  const addAs = async (record: OriginalRecord, take: number, source: Uint8Array | string) => {
    const file = layout.take(record.key, take, record.original.type)
    const recordFile = layout.takeRecord(record.key, take)
    const kept = { ...record, take, original: { ...record.original, file: basename(file) } }
    const text = recordText(kept)
    // Nothing is kept under a record that could not be read again.
    parseRecord(text, layout.show(recordFile))
    const put =
      typeof source === 'string' ? copyAtomic(source, file, { exclusive: true }) : createNew(file, source)
    const created = await put.then(() => true, whereTaken(false))
    const intact = (await hashFile(file)) === record.original.sha256
    // A picture without a record was left by a crash: the same bytes go on from there.
    if (!created && !intact) return undefined
    if (!intact) {
      await rm(file, { force: true })
      throw differs(typeof source === 'string' ? source : file)
    }
    if (await createNew(recordFile, text).then(() => true, whereTaken(false)))
      return { record: kept, file, fresh: true }
    // Another process was quicker, with these bytes or with others.
    const there = await look(record.key, take)
    if (there.kind === 'whole' && there.file === file) return { ...there, fresh: false }
    await rm(file, { force: true })
    return undefined
  }

  const differs = (file: string) => {
    const record = file.replace(/\.\w+$/, '.json')
    const name = layout.nameOf(record)
    const files = {
      file: layout.show(file),
      record: layout.show(record),
      ...(name !== undefined && { name }),
    }
    return createError('BROKEN_ORIGINAL', { ...files, problem: 'differs' }, { picture: name })
  }

  return {
    list,

    async add(record, source) {
      const same = (await list(record.key)).find(
        (take) => take.record.original.sha256 === record.original.sha256,
      )
      if (same !== undefined) return { ...same, fresh: false }
      const used = await numbers(record.key)
      for (let take = record.take; ; take++) {
        const added = used.includes(take) ? undefined : await addAs(record, take, source)
        if (added !== undefined) return added
      }
    },

    async get(key, take) {
      const found = await look(key, take)
      if (found.kind === 'absent' || found.kind === 'broken') throw found.problem
      return found.kind === 'whole' ? found : undefined
    },

    async holds(sha256) {
      const { default: fastGlob } = await import('fast-glob')
      for (const path of await fastGlob('*/*.json', { cwd: layout.takes, followSymbolicLinks: false })) {
        const [, key, take] = /^([0-9a-f]{64})\/(\d+)\.json$/.exec(path) ?? []
        const found = key === undefined ? undefined : await look(key, Number(take))
        if (found?.kind === 'whole' && found.record.original.sha256 === sha256) return true
      }
      return false
    },

    last: async (key) => (await numbers(key)).at(-1) ?? 0,

    async remove({ record, file }) {
      await rm(layout.takeRecord(record.key, record.take), { force: true })
      await rm(file, { force: true })
      await memo.forget(file)
      await rmdir(layout.takesOf(record.key)).catch(() => {})
    },
  }
}

/** For `.then`: a value where the file is there already; any other error thrown on. */
function whereTaken<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== 'EEXIST') throw error
    return value
  }
}
