// The first step: everything that the project asks for, as pictures and uses, with every mistake at once.
import { createError, formatPlace, type GenerateImagesError, type Place, throwAll } from '../errors/index.ts'
import type { Scan, Target } from '../scan/index.ts'
import { LIMITS } from '../spec/limits.ts'
import { importLook } from '../spec/look.ts'
import { foldName } from '../spec/names.ts'
import { type Specifier, shapeErrors } from '../spec/query.ts'
import { createResolver, type ResolveContext } from '../spec/resolve.ts'
import type { Look, Picture, Shape } from '../spec/specs.ts'

/** One picture as one import wants it. */
export interface UsedPicture {
  readonly picture: Picture
  readonly as: Shape
  readonly look: Look
  /** The text alternative of this import, or its entry's. */
  readonly alt: string | undefined
}

/** What one specifier gives: one picture, or all of a manifest by the name that the manifest has for it. */
export type Use =
  | ({ readonly kind: 'picture' } & UsedPicture)
  | { readonly kind: 'manifest'; readonly file: string; readonly pictures: ReadonlyMap<string, UsedPicture> }

/** Everything the project asks for. */
export interface Collection {
  readonly pictures: ReadonlyMap<string, Picture>
  /** Every specifier that was found in a source file. */
  readonly uses: readonly {
    readonly written: string
    readonly place: Place
    /** Whether its picture is shown where it stands: it is no import. */
    readonly shown: boolean
    readonly use: Use
  }[]
  /** From the root; those with mistakes too. */
  readonly manifests: readonly string[]
  /** The files that manifests read rows from; from the root. */
  readonly data: readonly string[]
  readonly errors: readonly GenerateImagesError[]
  readonly warnings: readonly GenerateImagesError[]
  /** What a specifier gives that a module of the build has; throws the mistakes in it. */
  find(written: string, importer: string): Use
}

/** Resolves all requests of a scan. */
export function collect(scan: Scan, context: ResolveContext): Collection {
  const errors: GenerateImagesError[] = [...scan.errors]
  const warnings: GenerateImagesError[] = [...scan.warnings]
  const pictures = new Map<string, Picture>()
  const asked = createPlaces()
  const resolve = createResolver(context)
  const placed = (name: string): Picture => {
    const picture = pictures.get(name)!
    const places = asked.of(name)
    return places.length === picture.places.length ? picture : Object.freeze({ ...picture, places })
  }

  /** Adds a picture; the mistakes in its request where it has some. */
  const add = (request: Scan['requests'][number]): readonly GenerateImagesError[] => {
    const resolved = resolve(request)
    warnings.push(...resolved.warnings)
    if (!resolved.ok) return resolved.errors
    const { picture } = resolved
    const known = pictures.get(request.name)
    if (known !== undefined && known.spec.key !== picture.spec.key) {
      const places = [...asked.of(request.name), ...picture.places]
      const [first, second] = [summary(known), summary(picture)]
      return [createError('TWO_PROMPTS', { first, second }, { picture: request.name, places })]
    }
    if (known === undefined) pictures.set(request.name, picture)
    for (const place of picture.places) asked.add(request.name, place)
    return []
  }
  for (const request of scan.requests) {
    // Each of the rest may take as long to be found wrong.
    if (errors.length - scan.errors.length >= LIMITS.mistakes) break
    errors.push(...add(request))
  }
  for (const { target, place } of scan.uses) {
    for (const name of target.kind === 'manifest' ? target.manifest.names.values() : [target.name])
      if (pictures.has(name)) asked.add(name, place)
  }
  for (const name of pictures.keys()) pictures.set(name, placed(name))

  const uses: Collection['uses'][number][] = []
  for (const found of scan.uses) {
    const result = useOf(found.target, found.specifier, found.place, pictures)
    if (result === undefined) continue // its request has a mistake of its own, which is among the errors
    errors.push(...result.errors)
    const { written, place, shown } = found
    uses.push({ written, place, shown, use: result.use })
  }
  for (const warning of missingAlts(pictures, uses)) warnings.push(warning)

  const spellings = new Map([...pictures.keys()].map((name) => [foldName(name), name]))
  /** Adds a picture that no scan has seen. */
  const addLate = (request: Scan['requests'][number]): readonly GenerateImagesError[] => {
    const first = spellings.get(foldName(request.name))
    if (first !== undefined && first !== request.name) {
      const places = [...asked.of(first), request.locate()]
      return [createError('CASE_CLASH', { first, second: request.name }, { places })]
    }
    const mistakes = add(request)
    if (mistakes.length > 0) return mistakes
    spellings.set(foldName(request.name), request.name)
    pictures.set(request.name, placed(request.name))
    return []
  }
  const find = (written: string, importer: string): Use => {
    const found = scan.lookupFor(written, importer)
    throwAll(found.errors)
    if (found.request !== undefined) throwAll(addLate(found.request))
    const result =
      found.target === undefined ? undefined : useOf(found.target, found.specifier, found.place, pictures)
    throwAll(result?.errors ?? errors)
    return result!.use
  }
  const manifests = scan.manifests.map(({ file }) => file)
  return { pictures, uses, manifests, data: scan.data, errors, warnings, find }
}

/** Where each picture is asked for: each place once, in the order in which they are added. */
function createPlaces() {
  // Most have one, and need no index of them.
  const byName = new Map<string, Place | Map<string, Place>>()
  return {
    of(name: string): readonly Place[] {
      const places = byName.get(name)
      return places === undefined ? [] : places instanceof Map ? [...places.values()] : [places]
    },
    add(name: string, place: Place) {
      const before = byName.get(name)
      if (before === undefined) return void byName.set(name, place)
      const places = before instanceof Map ? before : new Map([[formatPlace(before), before]])
      const shown = formatPlace(place)
      if (!places.has(shown)) places.set(shown, place)
      byName.set(name, places)
    },
  }
}

/** Every picture of a use. */
export function picturesOf(use: Use): readonly UsedPicture[] {
  return use.kind === 'picture' ? [use] : [...use.pictures.values()]
}

function useOf(
  target: Target,
  { look, format }: Specifier,
  place: Place,
  pictures: ReadonlyMap<string, Picture>,
): { use: Use; errors: readonly GenerateImagesError[] } | undefined {
  const usedAs = (picture: Picture): UsedPicture => {
    const as = look.fields.as ?? picture.as
    const alt = look.fields.decorative === true ? '' : (look.fields.alt ?? picture.alt)
    return { picture, as, look: importLook(picture.look, look, format, as), alt }
  }
  if (target.kind === 'manifest') {
    const entries = [...target.manifest.names].map(
      ([written, name]) => [written, pictures.get(name)] as const,
    )
    const used = entries.flatMap(([written, picture]) =>
      picture === undefined ? [] : [[written, usedAs(picture)] as const],
    )
    const errors = used.slice(0, 1).flatMap(([, { as }]) => shapeErrors(as, look, place))
    return { use: { kind: 'manifest', file: target.manifest.file, pictures: new Map(used) }, errors }
  }
  const picture = pictures.get(target.name)
  if (picture === undefined) return undefined
  const used = usedAs(picture)
  return { use: { kind: 'picture', ...used }, errors: shapeErrors(used.as, look, place) }
}

// Where a person will miss it: in a shape that has room for an alt, or of an entry that no import uses. A background, a
// file for a link or a list of facts needs none.
function missingAlts(
  pictures: ReadonlyMap<string, Picture>,
  uses: Collection['uses'],
): GenerateImagesError[] {
  const used = uses.flatMap(({ use, place }) => picturesOf(use).map((one) => ({ ...one, place })))
  const names = new Set(used.map(({ picture }) => picture.name))
  const unused = [...pictures.values()].filter(({ name, from }) => from === 'manifest' && !names.has(name))
  const missed = [
    ...unused.filter(({ alt }) => alt === undefined).map(({ name, places }) => ({ name, place: places[0]! })),
    ...used
      .filter(({ as, alt }) => alt === undefined && (as === 'img' || as === 'picture'))
      .map(({ picture, place }) => ({
        name: picture.name,
        place: picture.from === 'manifest' ? picture.places[0]! : place,
      })),
  ]
  const once = new Map(missed.map((one) => [`${one.name} ${formatPlace(one.place)}`, one]))
  return [...once.values()].map(({ name, place }) =>
    createError('NO_ALT', {}, { picture: name, places: [place] }),
  )
}

/** A request in a few words, to tell two of them apart. */
function summary({ spec }: Picture): string {
  const { model, prompt, size, quality } = spec.request
  const words = prompt.length > 60 ? `${prompt.slice(0, 57)}…` : prompt
  return `"${words}" (${[model, size, quality].filter((part) => part !== undefined).join(', ')})`
}
