// The scan: what a project asks for, before anything is built. This folder knows files, the languages that specifiers
// stand in, and where a specifier leads; it knows no API, no store and no picture.
import { isAbsolute, posix, relative, sep } from 'node:path'
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { LIMITS, megabytes } from '../spec/limits.ts'
import { parseSpecifier, type Specifier } from '../spec/query.ts'
import type { PictureRequest } from '../spec/request.ts'
import { type Alias, normalizeAlias } from './alias.ts'
import { expandEach } from './each/expand.ts'
import { createRowFinder } from './each/find-rows.ts'
import { type FileSelection, findFiles } from './find-files.ts'
import { createLookup, type Lookup, type Misses, type Target } from './lookup.ts'
import { brokenFile, type ManifestFile, parseManifestFile, tooLargeFile } from './manifest-file.ts'
import { createFileReader, type ReadFile } from './read-files.ts'
import { entryRequests, findClashes, inlineRequest, type ProjectFields } from './requests.ts'
import { leftIn, type Mention, mayMention, mentionsIn } from './source-file.ts'
import { tidyErrors } from './tidy-errors.ts'

/** What a scanner is made of. */
export interface ScannerOptions extends FileSelection, ProjectFields {
  /** Absolute. */
  readonly root: string
  /** Folders relative to the root, or absolute. */
  readonly alias?: Alias | undefined
  /** Unset: from the disk. */
  readonly readFile?: ReadFile | undefined
}

/** A specifier that leads somewhere. */
export interface Use {
  readonly place: Place
  readonly written: string
  /** Whether its picture is shown where it stands: it is no import. */
  readonly shown: boolean
  readonly specifier: Specifier
  readonly target: Target
}

/** What a project asks for. */
export interface Scan {
  /** Every manifest entry, one for a name, then every inline import: they may ask for a name more than once. */
  readonly requests: readonly PictureRequest[]
  /** Every specifier without a mistake, by file and position. */
  readonly uses: readonly Use[]
  readonly manifests: readonly ManifestFile[]
  /** The files that entries with `each` read their rows from. */
  readonly data: readonly string[]
  /** Number of source files that were looked into. */
  readonly files: number
  /** All mistakes, by file and position. */
  readonly errors: readonly GenerateImagesError[]
  /** What was not scanned, and what is left as it stands. */
  readonly warnings: readonly GenerateImagesError[]
  /** What a specifier leads to that stands in `importer` (absolute, or relative to the root), seen by the scan or not. */
  lookupFor(written: string, importer: string): LookedUp
}

/** What one specifier leads to; nothing where it has a mistake. */
export interface LookedUp {
  readonly place: Place
  readonly specifier: Specifier
  readonly target: Target | undefined
  /** The request of an inline picture, if the scan has not seen this specifier: it is not among its requests. */
  readonly request: PictureRequest | undefined
  readonly errors: readonly GenerateImagesError[]
}

/** Makes a scanner. It remembers in memory what it found in each file, so that a later scan reads only what has changed. */
export function createScanner(options: ScannerOptions): { scan(): Promise<Scan> } {
  const { root, readFile } = options
  const alias = normalizeAlias(options.alias ?? {}, root)
  const manifestReader = createFileReader<ManifestFile>(
    root,
    {
      bytesMax: LIMITS.manifestBytes,
      parse: (bytes, file) => parseManifestFile(bytes.toString('utf8'), file),
      fail: (file, error) => brokenFile(file, [error]),
      tooLarge: (file, size) =>
        tooLargeFile(file, megabytes(size), megabytes(LIMITS.manifestBytes), 'manifest'),
    },
    readFile,
  )
  const sourceReader = createFileReader<SourceFile>(
    root,
    {
      bytesMax: LIMITS.sourceBytes,
      parse: (bytes, file) => ({
        mentions: mentionsIn(bytes, file),
        errors: [],
        warnings: leftIn(bytes, file),
      }),
      fail: (_, error) => ({ mentions: [], errors: [error], warnings: [] }),
      async tooLarge(file, size, read) {
        const told = size > SEARCHED_MAX || mayMention(await read())
        return { mentions: [], errors: [], warnings: told ? [notScanned(file, size)] : [] }
      },
    },
    readFile,
  )
  const findRows = createRowFinder(root, readFile)
  return {
    async scan() {
      const files = await findFiles(root, options)
      const manifests = await manifestReader.read(files.manifests)
      const sources = await sourceReader.read(files.sources)
      const expanded = await Promise.all([...manifests.values()].map((one) => expandEach(one, findRows)))
      const whole = expanded.map(({ manifest }) => manifest)
      return {
        ...putTogether(whole, [...sources.values()], { ...options, alias }),
        data: [...new Set(expanded.flatMap(({ data }) => data))],
      }
    },
  }
}

/** Bytes of the largest file that is looked into for the mere word. */
const SEARCHED_MAX = 512 * 1024 * 1024

interface SourceFile {
  readonly mentions: readonly Mention[]
  readonly errors: readonly GenerateImagesError[]
  readonly warnings: readonly GenerateImagesError[]
}

function notScanned(file: string, bytes: number): GenerateImagesError {
  const [size, most] = [megabytes(bytes), megabytes(LIMITS.sourceBytes)]
  return createError('NOT_SCANNED', { size, most }, { places: [{ file }] })
}

function putTogether(
  manifests: readonly ManifestFile[],
  sources: readonly SourceFile[],
  project: ProjectFields & { readonly root: string; readonly alias: Alias },
): Omit<Scan, 'data'> {
  const tooLarge = (excess: GenerateImagesError[]) => ({ ...putTogether([], [], project), errors: excess })
  const excess = [
    ...excessOf(
      'pictures',
      manifests.map(({ names }) => names.size),
    ),
    ...excessOf(
      'imports',
      sources.map(({ mentions }) => mentions.length),
    ),
  ]
  if (excess.length > 0) return tooLarge(excess)
  const lookup = createLookup(manifests)
  const entries = manifests.map((manifest) => entryRequests(manifest, project))
  const found = sources.flatMap(({ mentions }) =>
    mentions.map((mention) => useOf(mention, lookup, project.alias)),
  )
  const uses = found.filter((one) => 'target' in one)
  const used = excessOf(
    'uses',
    uses.map(({ target }) => (target.kind === 'manifest' ? target.manifest.names.size : 1)),
  )
  if (used.length > 0) return tooLarge(used)
  const asked = [
    ...entries.flatMap((entry) => entry.requests),
    ...uses.flatMap(({ target, specifier, place }) =>
      target.kind === 'inline' ? [inlineRequest(target.name, specifier, place, project)] : [],
    ),
  ]
  const clashes = findClashes(asked)
  const errors = [
    ...[...manifests, ...sources, ...entries].flatMap((one) => one.errors),
    ...found.flatMap((one) => ('errors' in one ? one.errors : [])),
    ...clashes.errors,
  ]
  const known = new Map(uses.map((use) => [keyOfUse(use.place.file, use.written), use]))
  return {
    requests: clashes.requests,
    uses,
    manifests,
    files: sources.length,
    errors: tidyErrors(errors),
    warnings: sources.flatMap(({ warnings }) => warnings),
    lookupFor(written, importer) {
      // Bundlers put a query behind the parts of a component.
      const file = fromRoot(importer.split('?')[0]!, project.root)
      const seen = known.get(keyOfUse(file, written))
      if (seen !== undefined) return { ...seen, request: undefined, errors: [] }
      // A bundler may have made an absolute path of it.
      const path = written.startsWith(`${project.root}/`) ? written.slice(project.root.length) : written
      const place = { file }
      const mention = { place, written, shown: false, ...parseSpecifier(path, () => place) }
      const { specifier } = mention
      const use = useOf(mention, lookup, project.alias)
      if ('errors' in use)
        return { place, specifier, target: undefined, request: undefined, errors: use.errors }
      const { target } = use
      const request =
        target.kind === 'inline' ? inlineRequest(target.name, specifier, place, project) : undefined
      return { place, specifier, target, request, errors: [] }
    },
  }
}

function excessOf(what: 'pictures' | 'imports' | 'uses', counts: readonly number[]): GenerateImagesError[] {
  const count = counts.reduce((sum, one) => sum + one, 0)
  if (count <= LIMITS[what]) return []
  const found = what === 'uses' ? `${count} pictures in its imports of whole manifests` : `${count} ${what}`
  return [createError('TOO_LARGE', { of: 'project', found, most: `${LIMITS[what]}` })]
}

function useOf(
  { place, written, shown, specifier, errors }: Mention,
  lookup: Lookup,
  alias: Alias,
): Use | Misses {
  if (errors.length > 0) return { errors }
  const target = lookup.find(specifier, place.file, { alias, place })
  return 'errors' in target ? target : { place, written, shown, specifier, target }
}

const keyOfUse = (file: string, written: string) => `${file}\0${written}`

function fromRoot(file: string, root: string): string {
  return (isAbsolute(file) ? relative(root, file) : posix.normalize(file)).replaceAll(sep, '/')
}
