import { existsSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { createError, GenerateImagesError } from '../errors/index.ts'
import { writeAtomic } from './atomic.ts'
import type { Fence } from './fence.ts'
import { fromFolder, type Layout } from './layout.ts'
import { patient } from './patient.ts'
import { ifThere } from './read.ts'
import { type OriginalRecord, parseRecord } from './record.ts'
import { isSame, RACY, type Stamp, stampOf } from './stamp.ts'

/** Bytes of the largest record that is read. */
const RECORD_MAX = 16 * 1024 * 1024
/** Of the index. Another one where what a record may be changes. */
const VERSION = 1

/** Reads records, each once while its file stays as it is. */
export interface Records {
  /**
   * A record, `undefined` where there is none. Throws what `parseRecord` throws, RECORD_UNREADABLE for a file that can't
   * be read, and LEAVES_PROJECT.
   */
  read(file: string): Promise<OriginalRecord | undefined>
  /** Writes the index where it changed. A failure is no matter and says nothing. */
  save(): Promise<void>
}

interface Known extends Stamp {
  readonly record: OriginalRecord
  /** Whether this process has looked at its file. */
  looked: boolean
}

/**
 * See `Records`. `now` is in milliseconds. `index` is the file in which they are remembered from one process to the next,
 * nowhere unless told: disposable, without it each is read, checked, and its key computed again.
 */
export function createRecords({
  layout,
  fence,
  now,
  index,
}: {
  layout: Layout
  fence: Fence
  now: () => number
  index?: string
}): Records {
  let known: Map<string, Known> | undefined
  let changed = false
  // At once: a record is small, and there may be ten thousand of them.
  const readNow = (file: string): OriginalRecord | undefined => {
    const stats = fence.look(file)
    if (stats === undefined) return undefined
    known ??= index === undefined ? new Map() : readIndex(index, layout.folder)
    const before = known.get(file)
    if (before !== undefined && isSame(before, stats)) {
      before.looked = true
      return before.record
    }
    if (stats.size > RECORD_MAX) throw new Error('it is larger than 16 MB')
    const text = ifThere(() => readFileSync(file, 'utf8'))
    const record = text === undefined ? undefined : parseRecord(text, layout.show(file))
    changed ||= before !== undefined
    known.delete(file)
    if (record !== undefined && now() - Math.max(stats.mtimeMs, stats.ctimeMs) >= RACY) {
      known.set(file, { ...stampOf(stats), record, looked: true })
      changed = true
    }
    return record
  }
  return {
    async read(file) {
      try {
        return readNow(file)
      } catch {
        // Whatever it is, it is looked at once more, with the patience that few need.
      }
      return patient(async () => readNow(file)).catch((cause: NodeJS.ErrnoException) => {
        if (cause instanceof GenerateImagesError) throw cause
        const params = { file: layout.show(file), problem: cause.code ?? cause.message }
        throw createError('RECORD_UNREADABLE', params, { cause })
      })
    },
    async save() {
      if (index === undefined || known === undefined || !changed) return
      changed = false
      const rows = [...known]
        .filter(([file, { looked }]) => looked || existsSync(file))
        .map(([file, { size, mtimeMs, ctimeMs, ino, record }]) => [
          ...[fromFolder(layout.folder, file), size, mtimeMs, ctimeMs, ino],
          record,
        ])
      await writeAtomic(index, JSON.stringify({ v: VERSION, rows }), { durable: false }).catch(() => {})
    },
  }
}

type Row = readonly [string, number, number, number, number, OriginalRecord]

function readIndex(file: string, folder: string): Map<string, Known> {
  try {
    const { v, rows } = JSON.parse(readFileSync(file, 'utf8')) as { v?: unknown; rows: readonly Row[] }
    if (v !== VERSION) return new Map()
    return new Map(
      rows.map(([path, size, mtimeMs, ctimeMs, ino, record]) => [
        folder + sep + path,
        { size, mtimeMs, ctimeMs, ino, record, looked: false },
      ]),
    )
  } catch {
    return new Map()
  }
}
