// The grammar of `?generate` specifiers: a path and query words. Text in, request out; where the path leads is not
// decided here.
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { describeValue } from './check-fields.ts'
import { FIELDS, type FieldName, type Fields } from './fields.ts'
import { MANIFEST_FILE } from './names.ts'
import { nearest } from './nearest.ts'
import { LOOK_WORDS, SENT_WORDS, SYNONYMS, WORDS } from './query-words.ts'
import type { Locate } from './request.ts'
import { MAX_EDGE } from './size.ts'
import { EFFORT_MAX, FORMATS, type Format, hasOneSize, hasSources, type Shape } from './specs.ts'

/** How an import wants the picture to look, where it differs from its entry. */
export interface LookRequest {
  readonly fields: Pick<Fields, 'alt' | 'decorative' | 'aspect' | 'fit' | 'position' | 'placeholder' | 'as'>
  readonly widths?: readonly number[]
  readonly heights?: readonly number[]
  readonly formats?: readonly Format[]
  /** Quality (1–100) of whatever encoder is used. */
  readonly q?: number
  readonly effort?: number
}

/** A specifier, taken apart. */
export interface Specifier {
  /** As written, without the query: `./paper-boat.png`. */
  readonly path: string
  /** `manifest`: all of a manifest; `relative`: from the importing file; `absolute`: from the root; `bare`: a name, or an alias. */
  readonly kind: 'manifest' | 'relative' | 'absolute' | 'bare'
  /** The format that the path's extension names. */
  readonly format: Format | undefined
  /** The fields that would be sent: with a prompt among them the picture is inline. */
  readonly sent: Fields
  readonly look: LookRequest
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  avif: 'avif',
}
const OTHER_IMAGES = ['gif', 'svg', 'tif', 'tiff', 'bmp', 'heic', 'heif', 'ico', 'jxl']
const LIST_MAX = 32
/** Wrong words of one specifier that are told one by one. */
const WRONG_MAX = 20
const EFFORT_HIGHEST = Math.max(...Object.values(EFFORT_MAX))

/** Whether a specifier is one of ours: it has the query word `generate`. Cheap; for every import of a build. */
export function isGenerateSpecifier(specifier: string): boolean {
  const query = specifier.indexOf('?')
  return query !== -1 && /[?&]generate(?:[&=]|$)/.test(specifier.slice(query))
}

/** Parses a specifier. All mistakes are in `errors`; `specifier` is usable only without them. */
export function parseSpecifier(
  written: string,
  locate: Locate,
): { specifier: Specifier; errors: GenerateImagesError[] } {
  const errors: GenerateImagesError[] = []
  const places = [locate()]
  const at = written.indexOf('?')
  const path = decode(written.slice(0, at))
  const wrong = (why: string) =>
    errors.push(createError('BAD_SPECIFIER', { specifier: short(written), why }, { places }))
  const words = new Map<string, string>()
  const twice = new Set<string>()
  for (const [word, value] of new URLSearchParams(written.slice(at + 1))) {
    if (words.has(word)) twice.add(word)
    words.set(word, value)
  }
  words.delete('generate')
  const unknown = [...words.keys()].filter((word) => !WORDS.includes(word))
  for (const word of [...twice].slice(0, WRONG_MAX)) wrong(`"${word}" stands in it twice`)
  for (const word of unknown.slice(0, WRONG_MAX)) {
    const near = nearest(word, [...WORDS, ...SYNONYMS.keys()]).map((one) => SYNONYMS.get(one) ?? one)
    const params = { field: word, nearest: [...new Set(near)], allowed: WORDS }
    errors.push(createError('UNKNOWN_FIELD', params, { places }))
  }
  const more = Math.max(0, twice.size - WRONG_MAX) + Math.max(0, unknown.length - WRONG_MAX)
  if (more > 0) wrong(`${more} more words in it are wrong`)
  const bad = (field: string, allowed: string): undefined => {
    errors.push(
      createError('BAD_VALUE', { field, found: describeValue(words.get(field)), allowed }, { places }),
    )
  }
  const field = (name: FieldName): unknown => {
    const value = words.get(name)
    if (value === undefined) return undefined
    const result = FIELDS[name].schema.safeParse(fromQuery(name, value))
    return result.success ? result.data : bad(name, FIELDS[name].allowed)
  }
  const list = <T>(word: string, allowed: string, one: (item: string) => T | undefined): T[] | undefined => {
    const value = words.get(word)
    if (value === undefined) return undefined
    const items = value.split(/[;,]/, LIST_MAX + 1).map((item) => one(item.trim()))
    return items.length > LIST_MAX || items.includes(undefined) ? bad(word, allowed) : (items as T[])
  }
  const number = (word: string, low: number, high: number): number | undefined => {
    const value = words.get(word)
    if (value === undefined) return undefined
    return wholeNumber(value, low, high) ?? bad(word, `a whole number from ${low} to ${high}`)
  }
  const pick = (names: readonly FieldName[]): Fields =>
    Object.fromEntries(names.map((name) => [name, field(name)]).filter(([, value]) => value !== undefined))

  const pixels = (item: string) => wholeNumber(item, 1, MAX_EDGE)
  const widths = list('w', `whole numbers from 1 to ${MAX_EDGE}, joined by ;`, pixels)
  const heights = list('h', `whole numbers from 1 to ${MAX_EDGE}, joined by ;`, pixels)
  const formats = list('format', `${FORMATS.join(', ')}, joined by ;`, (item) =>
    FORMATS.find((one) => one === item),
  )
  const q = number('q', 1, 100)
  const effort = number('effort', 0, EFFORT_HIGHEST)
  if (heights !== undefined && (widths?.length ?? 0) + heights.length > 2 && widths !== undefined) {
    bad('h', 'one height with one width, or heights alone')
  }
  const look: LookRequest = {
    fields: pick(LOOK_WORDS),
    ...(widths === undefined ? {} : { widths }),
    ...(heights === undefined ? {} : { heights }),
    ...(formats === undefined ? {} : { formats }),
    ...(q === undefined ? {} : { q }),
    ...(effort === undefined ? {} : { effort }),
  }
  const sent = pick(SENT_WORDS)
  const { kind, format, problem } = readPath(path)
  if (problem !== undefined) wrong(problem)
  return { specifier: { path, kind, format, sent, look }, errors }
}

/** The mistakes of a query that asks for several files where the shape has room for one. */
export function shapeErrors(as: Shape, look: LookRequest, place: Place): GenerateImagesError[] {
  if (as === 'picture' || as === 'metadata' || as === 'original') return []
  const lists: [string, readonly (number | string)[] | undefined][] = []
  if (!hasSources(as)) lists.push(['format', look.formats])
  if (hasOneSize(as)) lists.push(['w', look.widths], ['h', look.heights])
  return lists
    .filter(([, values]) => values !== undefined && values.length > 1)
    .map(([field, values]) => {
      const allowed = `one value with as=${as}; several with as=picture`
      return createError(
        'BAD_VALUE',
        { field, found: describeValue(values?.join(';')), allowed },
        { places: [place] },
      )
    })
}

function readPath(path: string): { kind: Specifier['kind']; format: Format | undefined; problem?: string } {
  const kind = path.endsWith(MANIFEST_FILE)
    ? 'manifest'
    : path.startsWith('./') || path.startsWith('../')
      ? 'relative'
      : path.startsWith('/')
        ? 'absolute'
        : 'bare'
  const extension = /\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase()
  const format = extension === undefined ? undefined : EXTENSIONS[extension]
  if (path === '') return { kind, format, problem: 'it has no path' }
  if (kind !== 'manifest' && extension !== undefined && OTHER_IMAGES.includes(extension)) {
    return { kind, format, problem: `.${extension} can't be made; use .png, .jpg, .webp or .avif` }
  }
  return { kind, format }
}

function fromQuery(name: FieldName, value: string): unknown {
  if (name === 'decorative' || name === 'placeholder') {
    return value === '' || value === 'true' ? true : value === 'false' ? false : value
  }
  if (name === 'output_compression') return wholeNumber(value, 0, 100) ?? value
  if (name === 'style') return value.split(';', LIST_MAX + 1)
  return value
}

function wholeNumber(text: string, low: number, high: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return value >= low && value <= high ? value : undefined
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const short = (specifier: string) => (specifier.length > 120 ? `${specifier.slice(0, 117)}…` : specifier)
