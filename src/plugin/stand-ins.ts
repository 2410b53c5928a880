// Finished files go around a bundler of Rollup's kind: it is given a few letters in their place, names and places those,
// knows their address, and the files themselves come in when it writes. Nobody reads them, and other plugins, which might
// encode them again, don't see them.
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { writeAtomic } from '../store/atomic.ts'
import { bringAll, type Sharing } from './bring-file.ts'
import type { FinishedFile } from './take-file.ts'

/** What a hook of a build emits files with. */
export interface Emitter {
  emitFile(file: { type: 'asset'; name: string; originalFileName: string; source: string }): string
}

/** A bundle as `generateBundle` and `writeBundle` are given it, and where it goes. */
export type Bundle = Record<
  string,
  { readonly type: string; readonly fileName: string; source?: string | Uint8Array }
>
export interface Output {
  readonly dir?: string | undefined
  readonly file?: string | undefined
}

/** The stand-ins of one plugin instance. */
export interface StandIns {
  /** Emits one; the reference that the bundler gives for it. */
  emit(emitter: Emitter, file: FinishedFile): string
  /** Writes one as a file (absolute) in a folder, for a bundler that reads and emits it by itself; of the file's name. */
  write(folder: string, file: FinishedFile): Promise<string>
  /** Takes the stand-ins out of a bundle that goes to the disk; where it stays in memory they become the files. */
  generateBundle(output: Output, bundle: Bundle, isWrite: boolean): Promise<void>
  /** Puts the files in their places. */
  writeBundle(output: Output): Promise<void>
}

interface Placement {
  readonly file: string
  readonly to: string
}

/**
 * No stand-ins yet. They stay known: a watching build does not make every module again. `sharingIn` says how files come
 * into an output folder (absolute).
 */
export function createStandIns(sharingIn: (folder: string) => Sharing): StandIns {
  const fileOf = new Map<string, string>()
  // By output folder: several outputs of one build may be under way at once.
  const waiting = new Map<string, Placement[]>()
  /** The letters. By content, so that the same bytes are one file of the output, whose name changes with them. */
  const sourceFor = ({ file, sha256 }: FinishedFile) => {
    const source = `unplugin-generate-images ${sha256}`
    fileOf.set(source, file)
    return source
  }
  const folderOf = ({ dir, file }: Output) => resolve(dir ?? (file === undefined ? '.' : dirname(file)))
  return {
    emit(emitter, taken) {
      const { file } = taken
      const source = sourceFor(taken)
      return emitter.emitFile({ type: 'asset', name: basename(file), originalFileName: file, source })
    },
    async write(folder, taken) {
      const to = join(folder, taken.sha256, basename(taken.file))
      await writeAtomic(to, sourceFor(taken), { durable: false })
      return to
    },
    async generateBundle(output, bundle, isWrite) {
      const folder = folderOf(output)
      const placements: Placement[] = []
      for (const [fileName, asset] of Object.entries(bundle)) {
        const file = asset.type === 'asset' ? fileOf.get(String(asset.source)) : undefined
        if (file === undefined) continue
        if (isWrite) {
          placements.push({ file, to: `${folder}${sep}${fileName}` })
          delete bundle[fileName]
        } else asset.source = await readFile(file)
      }
      // Another output of the same build may wait for the same folder.
      waiting.set(folder, [...(waiting.get(folder) ?? []), ...placements])
    },
    async writeBundle(output) {
      const folder = folderOf(output)
      const placements = waiting.get(folder) ?? []
      waiting.delete(folder)
      const folders = new Set(placements.map(({ to }) => dirname(to)))
      await Promise.all([...folders].map((one) => mkdir(one, { recursive: true })))
      bringAll(placements, sharingIn(folder))
    },
  }
}
