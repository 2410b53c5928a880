// The folder of an export. It writes what changed, and removes what an earlier export wrote and this one does not want:
// manifest.json tells what that was, and the hash that nobody has changed it since. No other file is touched.
import { mkdir, rmdir, unlink } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { z } from 'zod'
import { createError, throwAll } from '../errors/index.ts'
import { copyAtomic, writeAtomic } from '../store/atomic.ts'
import { createFence } from '../store/fence.ts'
import { hashIfThere, sha256 } from '../store/hash.ts'
import { readIfThere } from '../store/read.ts'
import { LIST } from './list.ts'

/** A file to be, from a finished file (absolute) or from text. */
export type OutputFile = { readonly path: string } & (
  | { readonly from: string; readonly sha256: string }
  | { readonly text: string }
)

/** What became of the files of a folder, by their paths in it. */
export interface Written {
  readonly written: readonly string[]
  readonly unchanged: readonly string[]
  readonly removed: readonly string[]
  /** Of an earlier export, not wanted any more and changed by somebody since. */
  readonly left: readonly string[]
}

/** A folder of exports, absolute. */
export interface Output {
  /**
   * Brings the files in, and the list of them last; `keep`: beside those of an earlier export. Throws EXPORT_IN_WAY before
   * it writes anything.
   */
  write(
    files: readonly OutputFile[],
    list: (files: Readonly<Record<string, string>>) => string,
    options?: { readonly keep?: boolean },
  ): Promise<Written>
}

const LIST_FILE = 'manifest.json'

const isPath = (path: string) => posix.normalize(path) === path && !/^(\/|\.\.?(\/|$))|\\/.test(path)
const earlierSchema = z.object({
  generator: z.string(),
  version: z.literal(LIST.version),
  files: z.record(z.string().refine(isPath), z.string()),
})

/** Looks at what an earlier export of this `generator` left. Throws EXPORT_FOREIGN where the list there is none of its. */
export async function openOutput(folder: string, generator: string = LIST.generator): Promise<Output> {
  await mkdir(folder, { recursive: true })
  const fence = createFence(folder)
  const at = (path: string) => join(folder, path)
  const earlier = await readEarlier(at(LIST_FILE), generator)
  const hashAt = async (path: string) => {
    await fence.stat(at(path))
    return hashIfThere(at(path))
  }

  return {
    async write(files, list, { keep = false } = {}) {
      const wanted = new Map(
        files.map((file) => [file.path, 'text' in file ? sha256(file.text) : file.sha256]),
      )
      const there = new Map<string, string | undefined>()
      for (const path of new Set([...wanted.keys(), ...Object.keys(earlier)]))
        there.set(path, await hashAt(path))
      const isOurs = (path: string) => there.get(path) === earlier[path]
      const inWay = [...wanted].filter(
        ([path, hash]) => there.get(path) !== undefined && there.get(path) !== hash && !isOurs(path),
      )
      throwAll(inWay.map(([path]) => createError('EXPORT_IN_WAY', { file: path })))

      const written: string[] = []
      for (const file of files) {
        if (there.get(file.path) === wanted.get(file.path)) continue
        if ('text' in file) await writeAtomic(at(file.path), file.text, { durable: false })
        else await copyAtomic(file.from, at(file.path), { durable: false })
        written.push(file.path)
      }
      const rest = keep ? {} : earlier
      const gone = Object.keys(rest).filter((path) => !wanted.has(path) && there.get(path) !== undefined)
      for (const path of gone.filter(isOurs)) await remove(folder, path)
      const listed = keep ? { ...earlier, ...Object.fromEntries(wanted) } : Object.fromEntries(wanted)
      await writeAtomic(at(LIST_FILE), list(listed))
      return {
        written,
        unchanged: [...wanted.keys()].filter((path) => !written.includes(path)),
        removed: gone.filter(isOurs),
        left: gone.filter((path) => !isOurs(path)),
      }
    },
  }
}

async function readEarlier(file: string, generator: string): Promise<Readonly<Record<string, string>>> {
  const text = await readIfThere(file)
  if (text === undefined) return {}
  try {
    const earlier = earlierSchema.parse(JSON.parse(text))
    if (earlier.generator === generator) return earlier.files
  } catch {
    // It is somebody else's.
  }
  throw createError('EXPORT_FOREIGN', { file })
}

/** Removes a file, and the folders above it that are empty then. */
async function remove(folder: string, path: string): Promise<void> {
  await unlink(join(folder, path))
  for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
    const isEmpty = await rmdir(join(folder, above)).then(
      () => true,
      () => false,
    )
    if (!isEmpty) return
  }
}
