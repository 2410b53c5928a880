import { posix } from 'node:path'
import { MANIFEST_FILE } from '../spec/names.ts'
import type { ManifestFile } from './manifest-file.ts'

/** An entry: its name as written and from the root, and the manifest that has it. */
export interface IndexedEntry {
  readonly written: string
  readonly name: string
  readonly manifest: ManifestFile
}

/** The folder of a file or name, from the root; the root itself is `''`. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

/** A folder and those above it, up to the root. */
export function foldersAbove(folder: string): string[] {
  return folder === '' || folder === '/' ? [''] : [folder, ...foldersAbove(folderOf(folder))]
}

/** Finds manifests by their files and folders, and entries by their names. */
export function createManifestIndex(manifests: readonly ManifestFile[]) {
  const byFile: ReadonlyMap<string, ManifestFile> = new Map(manifests.map((one) => [one.file, one]))
  const entries: readonly IndexedEntry[] = manifests.flatMap((manifest) =>
    [...manifest.names].map(([written, name]) => ({ written, name, manifest })),
  )
  const byName = new Map<string, IndexedEntry[]>()
  for (const entry of entries) {
    for (const name of new Set([entry.name, entry.written])) {
      const same = byName.get(name)
      if (same === undefined) byName.set(name, [entry])
      else same.push(entry)
    }
  }
  return {
    byFile,
    entries,
    /** The manifests at and above a folder, nearest first. */
    above(folder: string): ManifestFile[] {
      return foldersAbove(folder).flatMap((at) => byFile.get(posix.join(at, MANIFEST_FILE)) ?? [])
    },
    /** The entry of a name from the root, in the nearest manifest that has it. */
    entryAt(name: string): IndexedEntry | undefined {
      const own = byName.get(name)?.filter((entry) => entry.name === name) ?? []
      // All lie in folders above the name: the longest path is the nearest.
      return own.toSorted((a, b) => b.manifest.file.length - a.manifest.file.length)[0]
    },
    /** The entries that a bare name can mean, as written in a manifest or from the root; one for each name. */
    named(name: string): IndexedEntry[] {
      return [...new Map((byName.get(name) ?? []).map((entry) => [entry.name, entry])).values()]
    },
  }
}

export type ManifestIndex = ReturnType<typeof createManifestIndex>
