// Files that are whole or absent, whatever stops the process in between.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { constants, copyFile, link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { patient } from './patient.ts'
import { syncFolder } from './sync-folder.ts'
import { explainWriteError } from './write-error.ts'

/** How a file is put in its place. */
interface Placing {
  /** Refuse to replace a file that is there. */
  readonly exclusive?: boolean
  /**
   * Wait until the disk has it (default). `false` for files that are verified on reading and can be made again; `bytes`:
   * wait for its bytes alone, where something that is durable follows in the same folder.
   */
  readonly durable?: boolean | 'bytes'
}

/**
 * Writes `bytes` to `file`, replacing what is there; parents are made. On return the disk has it (unless `durable` is
 * `false`). On failure what was there before still is. Throws FOLDER_UNWRITABLE, NO_SPACE.
 */
export async function writeAtomic(
  file: string,
  bytes: string | Uint8Array,
  { durable = true }: Pick<Placing, 'durable'> = {},
): Promise<void> {
  await place(file, (temporary) => fill(temporary, bytes, durable !== false), { durable })
}

/**
 * Writes files of one folder as `writeAtomic` writes one, and waits for the disk once: the last of them is there only where
 * all are. On failure some of the others may be.
 */
export async function writeTogether(files: readonly NewFile[]): Promise<void> {
  const last = files.at(-1)!.file
  const folder = dirname(last)
  const write = async () => {
    const temporaries = files.map(() => temporaryIn(folder))
    const filled = files.map(({ bytes }, index) => fill(temporaries[index]!, bytes, true))
    try {
      // Each is waited for: nothing may be written any more when a failure is dealt with.
      for (const one of await Promise.allSettled(filled)) if (one.status === 'rejected') throw one.reason
      for (const [index, { file }] of files.entries()) await replace(temporaries[index]!, file)
    } catch (error) {
      for (const temporary of temporaries) await unlink(temporary).catch(() => {})
      throw error
    }
    await syncFolder(folder)
  }
  await patient(() => inFolder(folder, true, write)).catch((error: unknown) => {
    throw explainWriteError(error, last)
  })
}

/** A file that is to be. */
export interface NewFile {
  readonly file: string
  readonly bytes: string | Uint8Array
}

/**
 * Gives a file that the disk has a second name: a hard link, else a copy of `bytes`, which are its own. Never replaces:
 * throws Node's own EEXIST error where `file` is there. The disk has the new name when the folder has been written.
 */
export async function linkNew(from: string, file: string, bytes: Uint8Array): Promise<void> {
  try {
    await inFolder(dirname(file), true, () => link(from, file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    // Another disk, or one without hard links (exFAT, some shares).
    await createNew(file, bytes, { durable: 'bytes' })
  }
}

/** As `writeAtomic`, but never replaces: throws Node's own EEXIST error where `file` is there. */
export async function createNew(
  file: string,
  bytes: string | Uint8Array,
  { durable = true }: Pick<Placing, 'durable'> = {},
): Promise<void> {
  await place(file, (temporary) => fill(temporary, bytes, durable !== false), { exclusive: true, durable })
}

/** Copies a file as `writeAtomic` writes one, sharing blocks where the file system can. `exclusive` as in `createNew`. */
export async function copyAtomic(from: string, file: string, placing: Placing = {}): Promise<void> {
  const copy = async (temporary: string) => {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    if (placing.durable !== false) await syncFile(temporary)
  }
  await place(file, copy, placing)
}

/** Gives `file`'s bytes a second name, replacing what is there: a hard link, else a copy. Not durable. */
export async function linkAtomic(file: string, alias: string): Promise<void> {
  const share = (temporary: string) =>
    link(file, temporary).catch(() => copyFile(file, temporary, constants.COPYFILE_FICLONE))
  await place(alias, share, { durable: false })
}

function place(file: string, make: (temporary: string) => Promise<void>, placing: Placing): Promise<void> {
  // Until it has its name nothing is done, so that all of it can be tried again.
  return patient(() => placeOnce(file, make, placing))
}

async function placeOnce(
  file: string,
  make: (temporary: string) => Promise<void>,
  placing: Placing,
): Promise<void> {
  const folder = dirname(file)
  const durable = placing.durable !== false
  const temporary = temporaryIn(folder)
  try {
    await inFolder(folder, durable, () => make(temporary))
    if (placing.exclusive) await nameNew(temporary, file)
    else await replace(temporary, file)
    if (placing.durable !== 'bytes' && durable) await syncFolder(folder)
  } catch (error) {
    throw explainWriteError(error, file)
  } finally {
    // Also after success: renaming one hard link over another of the same file leaves both.
    if (existsSync(temporary)) await unlink(temporary).catch(() => {})
  }
}

// Not derived from the file's own name, which may be as long as a name can be.
const temporaryIn = (folder: string) => join(folder, `.${randomBytes(8).toString('hex')}.tmp`)

/** Does work in a folder, which is mostly there. */
async function inFolder(folder: string, durable: boolean, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      // The second time somebody removed the empty folder in between.
      if (!['ENOENT', 'ENOTDIR'].includes(code) || tries > 2) throw error
      await makeFolder(folder, durable)
    }
  }
}

async function fill(temporary: string, bytes: string | Uint8Array, durable: boolean): Promise<void> {
  const handle = await open(temporary, 'wx')
  try {
    await handle.writeFile(bytes)
    if (durable) await handle.sync()
  } finally {
    await handle.close()
  }
}

async function nameNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    // A file system without hard links (exFAT, some shares).
    await copyFile(temporary, file, constants.COPYFILE_EXCL)
    await syncFile(file)
  }
}

/** On Windows a virus scanner or an editor may hold the old file for a moment. */
async function replace(temporary: string, file: string): Promise<void> {
  const busy = process.platform === 'win32' ? ['EPERM', 'EACCES', 'EBUSY'] : []
  for (let delay = 10; ; delay *= 2) {
    try {
      return await rename(temporary, file)
    } catch (error) {
      if (delay > 1000 || !busy.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}

async function makeFolder(folder: string, durable: boolean): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined || !durable) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFile(file: string): Promise<void> {
  // Windows flushes only a file that is open for writing; elsewhere a read-only file must do.
  const handle = await open(file, process.platform === 'win32' ? 'r+' : 'r')
  await handle.sync().finally(() => handle.close())
}
