import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createError, type GenerateImagesError } from '../errors/index.ts'

/** Reads a file by its absolute path. */
export type ReadFile = (path: string) => Buffer | Promise<Buffer>

// Files are read at once: most are small and in the memory of the machine, and waiting for each costs many times the
// reading. After so many everything else in the process has its turn.
const TURN = 250

/** How the bytes of a file are understood, and what stands for a file that can't be read or is too large. */
export interface Understand<T> {
  /** Bytes of the largest file that is parsed. */
  readonly bytesMax: number
  parse(bytes: Buffer, file: string): T | Promise<T>
  fail(file: string, error: GenerateImagesError): T
  tooLarge(file: string, size: number, read: () => Buffer | Promise<Buffer>): T | Promise<T>
}

/**
 * Makes a reader that remembers what it understood of each file, in memory, as long as the file's time and size stay
 * the same. `read` gives the results by file, in the order given, without those that are gone.
 */
export function createFileReader<T>(
  root: string,
  understand: Understand<T>,
  readFile: ReadFile = (path) => readFileSync(path),
) {
  let known = new Map<string, { stamp: string; result: T }>()

  const readOne = async (file: string): Promise<{ stamp: string; result: T } | undefined> => {
    const path = join(root, file)
    try {
      // The time is taken before the bytes: a change in between is seen at the next reading.
      const { mtimeMs, size } = statSync(path)
      const stamp = `${mtimeMs} ${size}`
      const before = known.get(file)
      if (before?.stamp === stamp) return before
      if (size > understand.bytesMax)
        return { stamp, result: await understand.tooLarge(file, size, () => readFile(path)) }
      return { stamp, result: await understand.parse(await readFile(path), file) }
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
      for (const [index, file] of files.entries()) {
        if (index % TURN === TURN - 1) await setImmediate()
        const one = await readOne(file)
        if (one !== undefined) read.set(file, one)
      }
      known = read
      return new Map([...read].map(([file, { result }]) => [file, result]))
    },
  }
}

function unreadable(file: string, problem: string): GenerateImagesError {
  return createError('FILE_UNREADABLE', { file, problem }, { places: [{ file }] })
}
