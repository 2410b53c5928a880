import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, rmdir, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createError, GenerateImagesError } from '../errors/index.ts'
import { type NewFile, writeTogether } from './atomic.ts'
import { sha256 } from './hash.ts'
import type { Layout } from './layout.ts'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'

/** A second place for what is paid for, where the first one takes nothing: the system's folder for temporary files, which is mostly another disk. */
export interface Rescue {
  /**
   * Writes the files of an answer to the spool, else all of them to the second place; the last makes it whole. Throws
   * ANSWER_UNWRITTEN then too, and says where that lies.
   */
  write(files: readonly NewFile[]): Promise<void>
  /** What the second place has of the answer of an id, whose files begin with it. */
  find(id: string): Promise<string[]>
  /** Forgets that. */
  remove(id: string): Promise<void>
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
  const find = async (id: string) => {
    const names = (existsSync(own) ? await readdir(own).catch(() => []) : []).filter((name) =>
      name.startsWith(`${id}.`),
    )
    return names.length > 0 && (await isOurs()) ? names.map((name) => join(own, name)) : []
  }
  return {
    async write(files) {
      try {
        await writeTogether(files)
      } catch (cause) {
        const rescued = await patient(async () => {
          await mkdir(own, { mode: 0o700 }).catch(() => {})
          if (!(await isOurs())) throw new Error(`${own} is another user's`)
          await writeTogether(files.map(({ file, bytes }) => ({ file: at(file), bytes })))
          return at(files.at(-1)!.file)
        }).catch(() => undefined)
        const problem = cause instanceof GenerateImagesError ? cause.sentence : String(cause)
        throw createError('ANSWER_UNWRITTEN', { problem, rescued }, { cause })
      }
    },
    find,
    async remove(id) {
      const found = await find(id)
      for (const file of found) await unlink(file).catch(ignoreAbsent)
      if (found.length > 0) await rmdir(own).catch(() => {})
    },
  }
}
