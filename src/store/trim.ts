import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

const DAY = 24 * 3600 * 1000
const KEY = /^[0-9a-f]{64}$/
const STAMPS = ['meta.json', 'value.json']

interface Entry {
  readonly folder: string
  /** Of its files, each counted once however many names it has. */
  readonly bytes: number
  /** The last use, in milliseconds; the folder's own time where nothing counts in it. */
  readonly at: number
  readonly counts: boolean
}

/** Trims the rendition cache: times in milliseconds, `used` are keys that stay whatever their age. Answers what it removed, and the bytes that are left. */
export async function trimRenditions({
  dir,
  maxBytes,
  maxAge,
  now,
  used,
}: {
  dir: string
  maxBytes: number
  maxAge: number
  now: number
  used: ReadonlySet<string>
}): Promise<{ entries: number; bytes: number; left: number }> {
  const { default: fastGlob } = await import('fast-glob')
  const folders = await fastGlob('*/*', {
    ...{ cwd: dir, absolute: true, onlyDirectories: true, followSymbolicLinks: false },
  })
  const entries: Entry[] = []
  // What has another name lies here by mistake, or a link leads here: it is not ours to remove.
  for (const folder of folders.filter((one) => KEY.test(basename(one)))) {
    const entry = await measure(folder).catch(() => undefined)
    if (entry !== undefined) entries.push(entry)
  }
  entries.sort((a, b) => a.at - b.at)
  let total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const removed = { entries: 0, bytes: 0 }
  for (const { folder, bytes, at, counts } of entries) {
    // What counts for nothing is being written just now, or was left by a crash.
    const expired = now - at > (counts ? maxAge : DAY)
    if (used.has(basename(folder)) || !(expired || (counts && total > maxBytes))) continue
    // What makes it count goes first: half removed, it is absent.
    for (const stamp of STAMPS) await rm(join(folder, stamp), { force: true })
    await rm(folder, { recursive: true, force: true })
    total -= bytes
    removed.entries++
    removed.bytes += bytes
  }
  return { ...removed, left: total }
}

async function measure(folder: string): Promise<Entry> {
  const sizes = new Map<number, number>()
  const stamps: number[] = []
  for (const name of await readdir(folder)) {
    const { ino, size, mtimeMs } = await stat(join(folder, name))
    sizes.set(ino, size)
    if (STAMPS.includes(name)) stamps.push(mtimeMs)
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const counts = stamps.length > 0
  return { folder, bytes, counts, at: counts ? Math.max(...stamps) : (await stat(folder)).mtimeMs }
}
