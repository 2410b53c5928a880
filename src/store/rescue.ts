import { lstat, mkdir, rmdir, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createError, GenerateImagesError } from '../errors/index.ts'
import { writeAtomic } from './atomic.ts'
import { sha256 } from './hash.ts'
import type { Layout } from './layout.ts'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'

/** A second place for what is paid for, where the first one takes nothing: the system's folder for temporary files, which is mostly another disk. */
export interface Rescue {
  /** Writes bytes to `file` of the spool, else to the second place. Throws ANSWER_UNWRITTEN then too, and says where it is. */
  write(file: string, bytes: string | Uint8Array): Promise<void>
  /** Where the second place has what was to be `file`; `undefined` where it has not. */
  find(file: string): Promise<string | undefined>
  remove(file: string): Promise<void>
}

/** See `Rescue`. `dir` may be shared with other projects and other users. */
export function createRescue(layout: Layout, dir: string): Rescue {
  const own = `${dir}-${sha256(layout.folder).slice(0, 16)}`
  const at = (file: string) => join(own, basename(file))
  // In a folder that everybody writes to, somebody else may have been there first.
  const isOurs = async () => {
    const { uid, mode } = await lstat(own)
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o170077) === 0o040000)
  }
  return {
    async write(file, bytes) {
      try {
        await writeAtomic(file, bytes)
      } catch (cause) {
        const rescued = await patient(async () => {
          await mkdir(own, { mode: 0o700 }).catch(() => {})
          if (!(await isOurs())) throw new Error(`${own} is another user's`)
          await writeAtomic(at(file), bytes)
          return at(file)
        }).catch(() => undefined)
        const problem = cause instanceof GenerateImagesError ? cause.sentence : String(cause)
        throw createError('ANSWER_UNWRITTEN', { problem, rescued }, { cause })
      }
    },
    async find(file) {
      const there = await lstat(at(file)).catch(() => undefined)
      return there?.isFile() && (await isOurs()) ? at(file) : undefined
    },
    async remove(file) {
      const isGone = await unlink(at(file)).then(() => true, ignoreAbsent)
      if (isGone) await rmdir(own).catch(() => {})
    },
  }
}
