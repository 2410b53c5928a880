// Where a specifier leads. Pure: it knows the manifests that were read, and no file.
import { posix } from 'node:path'
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { joinName, nameProblem, stripImageExtension } from '../spec/names.ts'
import { nearest } from '../spec/nearest.ts'
import type { Specifier } from '../spec/query.ts'
import { type Alias, applyAlias } from './alias.ts'
import type { ManifestFile } from './manifest-file.ts'
import {
  createManifestIndex,
  folderOf,
  foldersAbove,
  type IndexedEntry,
  type ManifestIndex,
} from './manifest-index.ts'

/** What a specifier leads to. Names are from the root. */
export type Target =
  | { readonly kind: 'entry'; readonly name: string; readonly manifest: ManifestFile }
  | { readonly kind: 'inline'; readonly name: string }
  | { readonly kind: 'manifest'; readonly manifest: ManifestFile }

/** Why a specifier leads nowhere. */
export interface Misses {
  readonly errors: readonly GenerateImagesError[]
}

/** What a lookup needs to know beside the specifier and the file that it stands in. */
export interface LookupOptions {
  /** With folders relative to the root; see `normalizeAlias`. */
  readonly alias: Alias
  /** Where the specifier stands, for errors. */
  readonly place: Place
}

export interface Lookup {
  /** Finds what `specifier` leads to from `importer`, a file relative to the root with forward slashes. */
  find(specifier: Specifier, importer: string, options: LookupOptions): Target | Misses
}

/** Of how many that lead nowhere the nearest names are looked for: each is compared with every name there is. */
const SUGGESTED_MAX = 200

/** Makes the lookup over all manifests of a project. */
export function createLookup(manifests: readonly ManifestFile[]): Lookup {
  let known: ManifestIndex | undefined
  let suggested = 0
  const suggest: Seek['suggest'] = (names) => (suggested++ < SUGGESTED_MAX ? names() : [])
  return {
    find(specifier, importer, { alias, place }) {
      // A project whose pictures are all used elsewhere has no need of it.
      known ??= createManifestIndex(manifests)
      const seek: Seek = { index: known, specifier, importer, places: [place], suggest }
      // No picture ends with .json: it is a manifest whose name is wrong.
      if (specifier.kind === 'manifest' || specifier.path.endsWith('.json')) return findManifest(seek, alias)
      const path = pathFromRoot(seek, alias)
      return path === undefined ? findByName(seek) : findAtPath(seek, path)
    },
  }
}

interface Seek {
  readonly index: ManifestIndex
  readonly specifier: Specifier
  readonly importer: string
  readonly places: readonly Place[]
  /** Names for a suggestion. */
  suggest(names: () => string[]): string[]
}

/** The path from the root that is meant, which may lead outside of it; `undefined` for a bare name. */
function pathFromRoot({ specifier: { kind, path }, importer }: Seek, alias: Alias): string | undefined {
  if (kind === 'relative' || path.startsWith('./') || path.startsWith('../'))
    return posix.join(folderOf(importer), path)
  return applyAlias(path, alias) ?? (path.startsWith('/') ? path.replace(/^\/+/, '') : undefined)
}

function findAtPath(seek: Seek, path: string): Target | Misses {
  const { index, specifier, places } = seek
  const inside = joinName('', path)
  if (inside === undefined)
    return { errors: [createError('OUTSIDE_ROOT', { specifier: specifier.path }, { places })] }
  const name = stripImageExtension(inside)
  const why = nameProblem(name)
  if (why !== undefined) return { errors: [createError('BAD_NAME', { name, why }, { places })] }
  if (specifier.sent.prompt !== undefined) return { kind: 'inline', name }
  const entry = index.entryAt(name)
  if (entry !== undefined) return toEntry(seek, entry)
  const looked = index.above(folderOf(name))
  const near = seek.suggest(() => {
    const names = index.entries.filter(({ manifest }) => looked.includes(manifest)).map((one) => one.name)
    return nearNames(name, names).map((one) => asWritten(seek, one))
  })
  return noSuchEntry(seek, looked, near)
}

/**
 * A bare name is that of an entry, anywhere. With the extension of an image it is first, as in HTML and CSS, a path from
 * its own file.
 */
function findByName(seek: Seek): Target | Misses {
  const { index, specifier, importer, places } = seek
  const inline = specifier.sent.prompt !== undefined
  const beside = posix.join(folderOf(importer), specifier.path)
  if (
    specifier.format !== undefined &&
    (inline || index.entryAt(stripImageExtension(beside)) !== undefined)
  ) {
    return findAtPath(seek, beside)
  }
  const name = stripImageExtension(specifier.path)
  const [entry, ...others] = index.named(name)
  if (entry === undefined) {
    if (inline) return findAtPath(seek, name)
    const near = seek.suggest(() =>
      nearest(name, new Set(index.entries.flatMap((one) => [one.written, one.name]))),
    )
    return noSuchEntry(seek, [...index.byFile.values()], near)
  }
  if (others.length === 0) return inline ? { kind: 'inline', name: entry.name } : toEntry(seek, entry)
  const candidates = [entry, ...others].map((one) => `"${one.name}" of ${one.manifest.file}`)
  return { errors: [createError('AMBIGUOUS_NAME', { specifier: specifier.path, candidates }, { places })] }
}

function findManifest(seek: Seek, alias: Alias): Target | Misses {
  const { index, specifier, importer, places } = seek
  const path = pathFromRoot(seek, alias)
  const wanted = path === undefined ? specifier.path : joinName('', path)
  if (wanted === undefined) {
    return { errors: [createError('OUTSIDE_ROOT', { specifier: specifier.path }, { places })] }
  }
  // A bare one is the nearest at or above the importing file.
  const bases = path === undefined ? foldersAbove(folderOf(importer)) : ['']
  const file = bases.map((folder) => posix.join(folder, wanted)).find((one) => index.byFile.has(one))
  if (file !== undefined) {
    const errors = sentErrors(seek, file)
    return errors.length > 0 ? { errors } : { kind: 'manifest', manifest: index.byFile.get(file)! }
  }
  const files = [...index.byFile.keys()]
  const near = seek.suggest(() => nearest(wanted, files).map((one) => asWritten(seek, one)))
  const params = { specifier: specifier.path, nearest: near, manifests: files }
  return { errors: [createError('NO_SUCH_MANIFEST', params, { places })] }
}

function toEntry(seek: Seek, { name, manifest }: IndexedEntry): Target | Misses {
  const errors = sentErrors(seek, name)
  return errors.length > 0 ? { errors } : { kind: 'entry', name, manifest }
}

function sentErrors({ specifier, places }: Seek, name: string): GenerateImagesError[] {
  return Object.keys(specifier.sent).map((word) => createError('SENT_IN_QUERY', { word, name }, { places }))
}

function noSuchEntry(seek: Seek, looked: readonly ManifestFile[], near: readonly string[]): Misses {
  // A manifest that can't be read may have the entry: its own errors are what a person must mend.
  const broken = looked.find((manifest) => manifest.broken)
  if (broken !== undefined) return { errors: broken.errors }
  const params = { specifier: seek.specifier.path, nearest: near, manifests: looked.map(({ file }) => file) }
  return { errors: [createError('NO_SUCH_ENTRY', params, { places: seek.places })] }
}

function nearNames(name: string, names: readonly string[]): string[] {
  const elsewhere = names.filter((one) => posix.basename(one) === posix.basename(name))
  return [...new Set([...nearest(name, names), ...elsewhere])].slice(0, 3)
}

/** A name or file in the form of the specifier: from the importing file or from the root, with its extension. */
function asWritten({ specifier: { path }, importer }: Seek, name: string): string {
  const extension = path.slice(stripImageExtension(path).length)
  if (!path.startsWith('.')) return `/${name}${extension}`
  const fromImporter = posix.relative(folderOf(importer), name)
  return `${fromImporter.startsWith('.') ? '' : './'}${fromImporter}${extension}`
}
