import { readFile as readFromDisk, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createError, type GenerateImagesError } from '../errors/index.ts'

/** Reads a file by its absolute path. */
export type ReadFile = (path: string) => Promise<Buffer>

/** Files under way at one time: enough to keep a disk busy, far below the open files a process may have. */
const AT_ONCE = 32

/** How the bytes of a file are understood, and what stands for a file that can't be read or is too large. */
export interface Understand<T> {
  /** Bytes of the largest file that is parsed. */
  readonly bytesMax: number
  parse(bytes: Buffer, file: string): T
  fail(file: string, error: GenerateImagesError): T
  tooLarge(file: string, size: number, read: () => Promise<Buffer>): T | Promise<T>
}

/**
 * Makes a reader that remembers what it understood of each file, in memory, as long as the file's time and size stay
 * the same. `read` gives the results by file, in the order given, without those that are gone.
 */
export function createFileReader<T>(
  root: string,
  understand: Understand<T>,
  readFile: ReadFile = readFromDisk,
) {
  let known = new Map<string, { stamp: string; result: T }>()

  const readOne = async (file: string): Promise<{ stamp: string; result: T } | undefined> => {
    const path = join(root, file)
    try {
      // The time is taken before the bytes: a change in between is seen at the next reading.
      const { mtimeMs, size } = await stat(path)
      const stamp = `${mtimeMs} ${size}`
      const before = known.get(file)
      if (before?.stamp === stamp) return before
      if (size > understand.bytesMax)
        return { stamp, result: await understand.tooLarge(file, size, () => readFile(path)) }
      return { stamp, result: understand.parse(await readFile(path), file) }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === undefined) throw error
      if (code === 'ENOENT') return undefined
      const problem = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code
      return { stamp: '', result: understand.fail(file, unreadable(file, problem)) }
    }
  }

  return {
    async read(files: readonly string[]): Promise<Map<string, T>> {
      const read = new Map<string, { stamp: string; result: T }>()
      const queue = files.values()
      const work = async () => {
        for (const file of queue) {
          const one = await readOne(file)
          if (one !== undefined) read.set(file, one)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      known = read
      return new Map(files.filter((file) => read.has(file)).map((file) => [file, read.get(file)!.result]))
    },
  }
}

function unreadable(file: string, problem: string): GenerateImagesError {
  return createError('FILE_UNREADABLE', { file, problem }, { places: [{ file }] })
}
