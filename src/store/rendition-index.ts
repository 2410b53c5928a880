// What was seen of the renditions in the cache, so that a warm build looks at each file once and reads none. Disposable:
// without it every entry is read and verified again.
import { type Stats, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeAtomic } from './atomic.ts'
import { patient } from './patient.ts'

/** A rendition as it was when its bytes were last verified. */
export interface Seen {
  readonly sha256: string
  /** Size of the file. */
  readonly bytes: number
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** The index of one cache. */
export interface RenditionIndex {
  /**
   * What was seen of `key`, if `file`, one of its names, is the same file as then, judged by inode, size and time of
   * change. Answers without waiting.
   */
  lookup(key: string, file: string): Seen | undefined
  /** Remembers what a file holds. `stats` must have been taken before it was read, or when this process had written it. */
  remember(key: string, stats: Stats, seen: Seen): void
  /** Tells that a key is in use. Whether that is its first use in a day, so that its entry has to be stamped. */
  use(key: string): boolean
  /** When the cache was last trimmed, in milliseconds, and the bytes that it has had since. */
  readonly trimmed: { readonly at: number; readonly bytes: number } | undefined
  setTrimmed(at: number, bytes: number): void
  /** Forgets what was not used for so many days. */
  forgetUnused(days: number): void
  /** Writes the index where it changed. A failure is no matter and says nothing. */
  save(): Promise<void>
}

const DAY = 24 * 3600 * 1000

/** A file changed so little before it was looked at may change once more and keep its time; see `isSettled`. */
const [COARSE_MS, FINE_MS] = [2000, 20]

const rowSchema = z.tuple([
  z.string(),
  ...([z.number(), z.number(), z.number()] as const),
  // Inode, time of change, day of the last use.
  ...([z.number(), z.number(), z.number()] as const),
])
type Row = z.infer<typeof rowSchema>

const fileSchema = z.object({
  v: z.literal(1),
  trimmed: z.object({ at: z.number(), bytes: z.number() }).exactOptional(),
  rows: z.record(z.string(), rowSchema),
})

/** Opens the index that is kept in `file`; one that can't be read is empty. `now` is in milliseconds. */
export async function openRenditionIndex(file: string, now: () => number): Promise<RenditionIndex> {
  const kept = await read(file)
  const rows = new Map<string, Row>(Object.entries(kept?.rows ?? {}))
  // Not settled yet when they were remembered.
  const fresh = new Map<string, Row>()
  let trimmed = kept?.trimmed
  let changed = false
  const today = () => Math.floor(now() / DAY)
  return {
    lookup(key, alias) {
      const row = rows.get(key)
      if (row === undefined) return undefined
      const [sha256, bytes, width, height, ino, mtimeMs] = row
      const stats = statSync(alias, { throwIfNoEntry: false })
      if (stats?.ino !== ino || stats.size !== bytes || stats.mtimeMs !== mtimeMs) return undefined
      return { sha256, bytes, width, height }
    },
    remember(key, { ino, mtimeMs, size }, { sha256, bytes, width, height }) {
      if (size === bytes) fresh.set(key, [sha256, bytes, width, height, ino, mtimeMs, today()])
    },
    use(key) {
      const row = rows.get(key)
      if (row === undefined || row[6] === today()) return false
      row[6] = today()
      changed = true
      return true
    },
    get trimmed() {
      return trimmed
    },
    setTrimmed(at, bytes) {
      trimmed = { at, bytes }
      changed = true
    },
    forgetUnused(days) {
      for (const [key, row] of rows) if (today() - row[6] > days) rows.delete(key)
      changed = true
    },
    async save() {
      for (const [key, row] of fresh) {
        if (!isSettled(row[5], now())) continue
        rows.set(key, row)
        changed = true
      }
      fresh.clear()
      if (!changed) return
      changed = false
      const text = JSON.stringify({ v: 1, ...(trimmed && { trimmed }), rows: Object.fromEntries(rows) })
      await writeAtomic(file, text, { durable: false }).catch(() => {})
    },
  }
}

/** git's "racy" rule; a file system that knows parts of a second tells two changes apart sooner. */
function isSettled(mtimeMs: number, now: number): boolean {
  return now - mtimeMs >= (Number.isInteger(mtimeMs / 1000) ? COARSE_MS : FINE_MS)
}

async function read(file: string): Promise<z.infer<typeof fileSchema> | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await patient(() => readFile(file, 'utf8'))))
  } catch {
    return undefined
  }
}
