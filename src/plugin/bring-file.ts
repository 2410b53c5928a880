// How a finished file of the cache comes to its place in an output.
import { constants, linkSync, statSync, unlinkSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'

/** How a file gets a second name: `link` shares its bytes, `copy` does so only where later changes stay apart. */
export type Sharing = 'link' | 'copy'

// More would wait for the same disk.
const AT_ONCE = 16

/** Brings files to where they are to be, in folders that are there, over what lies there. Both paths are absolute. */
export async function bringAll(
  placements: readonly { readonly file: string; readonly to: string }[],
  sharing: Sharing,
): Promise<void> {
  const queue = placements.values()
  const work = async () => {
    for (const { file, to } of queue) if (sharing === 'copy' || !linked(file, to)) await copied(file, to)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** Whether two paths are names of one file. */
export function isSameFile(file: string, other: string): boolean {
  const found = statSync(other, { throwIfNoEntry: false })
  if (found === undefined) return false
  const { ino, dev } = statSync(file)
  return found.ino === ino && found.dev === dev
}

/** Gives a file a second name, without a wait: nothing is read. `false` where there are no links, or the output lies on another disk. */
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

async function copied(file: string, to: string): Promise<void> {
  // What lies there may be another name of the same file, which must not be written into.
  await rm(to, { force: true })
  await copyFile(file, to, constants.COPYFILE_FICLONE)
}
