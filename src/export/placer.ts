// The host of an export: it takes finished files under names of its own, and knows their addresses.
import { posix } from 'node:path'
import type { Project } from '../config/project.ts'
import { createError, throwAll } from '../errors/index.ts'
import type { Placer } from '../plugin/placer.ts'
import { stemOf } from '../spec/names.ts'
import { EXTENSION, type Format } from '../spec/specs.ts'
import { sha256 } from '../store/hash.ts'
import type { CachedRendition } from '../store/index.ts'
import type { OutputFile } from './output.ts'

/** A rendition, or a draft, as it lies in the folder. */
export interface ExportedFile {
  /** From the folder, forward slashes. */
  readonly path: string
  /** `svg` for drafts. */
  readonly format: Format | 'svg'
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly sha256: string
}

export interface ExportPlacer {
  /** For one picture: where its files go, and which they were. */
  of(name: string): { readonly placer: Placer; placed(): readonly ExportedFile[] }
  /** Everything that was placed. Throws EXPORT_CLASH. */
  files(): readonly OutputFile[]
}

/** Files are named `<name>-<width>.<ext>`, with eight letters of their hash before the extension where `hashed`. */
export function createExportPlacer(
  project: Project,
  { base, hashed }: { readonly base: string; readonly hashed: boolean },
): ExportPlacer {
  const byPath = new Map<
    string,
    { readonly by: string; readonly file: OutputFile; readonly sha256: string }
  >()
  const clashes = new Map<string, ReturnType<typeof createError>>()
  const add = (by: string, file: OutputFile, hash: string) => {
    const known = byPath.get(file.path)
    if (known === undefined) byPath.set(file.path, { by, file, sha256: hash })
    else if (known.sha256 !== hash)
      clashes.set(
        file.path,
        createError('EXPORT_CLASH', { file: file.path, first: known.by }, { picture: by }),
      )
  }
  const pathOf = (name: string, stem: string, hash: string, ext: string) =>
    posix.join(posix.dirname(name), `${stem}${hashed ? `.${hash.slice(0, 8)}` : ''}.${ext}`)
  const addressOf = (path: string) => base + path.split('/').map(encodeURIComponent).join('/')

  return {
    of(name) {
      const placed: ExportedFile[] = []
      const renditions = async (
        wanted: Parameters<Placer['renditions']>[1],
        files: readonly CachedRendition[],
      ) =>
        wanted.map(({ spec: { format }, stem }, index) => {
          const { file, width, height, bytes, sha256: hash } = files[index]!
          const path = pathOf(name, stem, hash, EXTENSION[format])
          add(name, { path, from: file, sha256: hash }, hash)
          placed.push({ path, format, width, height, bytes, sha256: hash })
          return addressOf(path)
        })
      const unused = () => Promise.reject(new Error('an export asks for pictures alone'))
      const placer: Placer = {
        renditions: async (original, wanted) =>
          renditions(wanted, await project.renditions.ensure(original, wanted)),
        drafts: async (drafts) =>
          drafts.map(({ svg, stem = stemOf(name), width, height }) => {
            const hash = sha256(svg)
            const path = pathOf(name, stem, hash, 'svg')
            add(name, { path, text: svg }, hash)
            placed.push({ path, format: 'svg', width, height, bytes: Buffer.byteLength(svg), sha256: hash })
            return addressOf(path)
          }),
        ...{ original: unused, draftOriginal: unused },
        weight: () => ({ pictures: 0, originals: 0, shipped: 0 }),
      }
      return { placer, placed: () => placed }
    },
    files() {
      throwAll([...clashes.values()])
      return [...byPath.values()].map(({ file }) => file)
    },
  }
}
