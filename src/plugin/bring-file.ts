// How a finished file of the cache comes to its place in an output.
import { constants, copyFileSync, linkSync, rmSync, statSync, unlinkSync } from 'node:fs'

/** How a file gets a second name: `link` shares its bytes, `copy` does so only where later changes stay apart. */
export type Sharing = 'link' | 'copy'

/**
 * Brings files to where they are to be, in folders that are there, over what lies there. Both paths are absolute. Without
 * waiting: a promise for each costs more than the file.
 */
export function bringAll(
  placements: readonly { readonly file: string; readonly to: string }[],
  sharing: Sharing,
): void {
  for (const { file, to } of placements) if (sharing === 'copy' || !linked(file, to)) copied(file, to)
}

/** Whether two paths are names of one file. */
export function isSameFile(file: string, other: string): boolean {
  const found = statSync(other, { throwIfNoEntry: false })
  if (found === undefined) return false
  const { ino, dev } = statSync(file)
  return found.ino === ino && found.dev === dev
}

/** Gives a file a second name: nothing is read. `false` where there are no links, or the output lies on another disk. */
function linked(file: string, to: string): boolean {
  try {
    linkSync(file, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    unlinkSync(to)
    return linked(file, to)
  }
}

function copied(file: string, to: string): void {
  // What lies there may be another name of the same file, which must not be written into.
  rmSync(to, { force: true })
  copyFileSync(file, to, constants.COPYFILE_FICLONE)
}
