import type { Stats } from 'node:fs'

/** What tells whether a file is as it was when it was read. */
export type Stamp = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>

/** A file changed this many milliseconds before it was read may change once more without a new time (git's "racy" rule). */
export const RACY = 2000

export const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Stamp => ({ size, mtimeMs, ctimeMs, ino })

/** Whether a file is as it was. `linked`: it has other hard links, whose coming and going sets ctime, so that mtime alone must do. */
export function isSame(before: Stamp, now: Stamp, { linked = false } = {}): boolean {
  return (
    before.size === now.size &&
    before.mtimeMs === now.mtimeMs &&
    before.ino === now.ino &&
    (linked || before.ctimeMs === now.ctimeMs)
  )
}
