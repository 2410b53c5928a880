import { readFileSync, type Stats } from 'node:fs'
import { createError, GenerateImagesError } from '../errors/index.ts'
import type { Fence } from './fence.ts'
import type { Layout } from './layout.ts'
import { RACY } from './memo.ts'
import { patient } from './patient.ts'
import { ifThere } from './read.ts'
import { type OriginalRecord, parseRecord } from './record.ts'

/** Bytes of the largest record that is read. */
const RECORD_MAX = 16 * 1024 * 1024

/** Reads records, each once in this process while its file stays as it is. */
export interface Records {
  /**
   * A record, `undefined` where there is none. Throws what `parseRecord` throws, RECORD_UNREADABLE for a file that can't
   * be read, and LEAVES_PROJECT.
   */
  read(file: string): Promise<OriginalRecord | undefined>
}

interface Known extends Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'> {
  readonly record: OriginalRecord
}

/** See `Records`. `now` is in milliseconds. */
export function createRecords({
  layout,
  fence,
  now,
}: {
  layout: Layout
  fence: Fence
  now: () => number
}): Records {
  const known = new Map<string, Known>()
  // At once: a record is small, and there may be ten thousand of them.
  const readNow = (file: string): OriginalRecord | undefined => {
    const stats = fence.look(file)
    if (stats === undefined) return undefined
    const before = known.get(file)
    if (before !== undefined && isUnchanged(before, stats)) return before.record
    if (stats.size > RECORD_MAX) throw new Error('it is larger than 16 MB')
    const text = ifThere(() => readFileSync(file, 'utf8'))
    const record = text === undefined ? undefined : parseRecord(text, layout.show(file))
    const { size, mtimeMs, ctimeMs, ino } = stats
    if (record !== undefined && now() - mtimeMs >= RACY)
      known.set(file, { size, mtimeMs, ctimeMs, ino, record })
    return record
  }
  return {
    read: (file) =>
      patient(async () => readNow(file)).catch((cause: NodeJS.ErrnoException) => {
        if (cause instanceof GenerateImagesError) throw cause
        const params = { file: layout.show(file), problem: cause.code ?? cause.message }
        throw createError('RECORD_UNREADABLE', params, { cause })
      }),
  }
}

function isUnchanged(before: Known, { size, mtimeMs, ctimeMs, ino }: Stats): boolean {
  return (
    before.size === size && before.mtimeMs === mtimeMs && before.ctimeMs === ctimeMs && before.ino === ino
  )
}
