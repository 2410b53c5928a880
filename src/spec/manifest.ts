import { z } from 'zod'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { allowedInFields, errorsOf } from './check-fields.ts'
import { DEFAULTABLE, FIELD_NAMES, FIELDS, type FieldName, type Fields, isTextOf, shapeOf } from './fields.ts'
import { isObject } from './is-object.ts'
import { LIMITS } from './limits.ts'
import { nameProblem } from './names.ts'
import type { Locate } from './request.ts'

/** The field that makes an entry of a manifest one for each row. */
export const EACH = {
  meaning:
    'One picture for each row of a file, or for the front matter of each page that a glob finds; {field} in name, prompt, alt and style is filled from it.',
  allowed: 'a path from the manifest, or a glob: ./products.json, ./team.yaml, ./prices.csv, ./posts/*.md',
} as const

/** The field that says which rows `each` is for. */
export const WHERE = {
  meaning:
    'With each: a field of the row, such as image.prompt; rows that have nothing there have no picture.',
  allowed: 'the name of a field, in an entry with each: image, or image.prompt',
} as const

const prompt = z.string().refine((value) => value.trim() !== '')
const entry = z
  .strictObject({
    ...shapeOf(FIELD_NAMES),
    prompt: shapeOf(['prompt']).prompt!.unwrap(),
    each: prompt.optional().describe(EACH.meaning),
    where: prompt.optional().describe(WHERE.meaning),
  })
  .refine(({ each, where }) => where === undefined || each !== undefined, { path: ['where'] })
const defaults = z.strictObject(shapeOf(DEFAULTABLE))
/** The fields of an entry. */
export const ENTRY_NAMES = [...FIELD_NAMES, 'each', 'where'] as const
const TOP = ['$schema', 'defaults', 'styles', 'images'] as const

/** The schema of a whole manifest. */
export const manifestSchema = z.strictObject({
  $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
  defaults: defaults
    .optional()
    .describe('Fields for every picture of this file that does not say otherwise.'),
  styles: z
    .record(z.string().min(1), prompt)
    .optional()
    .describe('Named texts that `style` puts before a prompt.'),
  images: z
    .record(z.string(), z.union([prompt, entry]))
    .describe(
      "The pictures by name: a path from this file's folder, without an extension. A text alone is the prompt.",
    ),
})

/** An entry: the fields of one picture, or of one for each row. */
export type EntryFields = Fields & { readonly each?: string; readonly where?: string }

/** A manifest in its long form. */
export interface Manifest {
  readonly defaults: Fields
  readonly styles: Readonly<Record<string, string>>
  /** By the name as written, relative to the manifest's folder. */
  readonly images: ReadonlyMap<string, EntryFields>
}

/**
 * Checks the value of a manifest file. Entries without a mistake are in `manifest` even when others have one; all
 * mistakes are in `errors`, each at its place. After ten thousand mistakes the rest of the file is not looked at.
 */
export function readManifest(
  value: unknown,
  locate: Locate,
): { manifest: Manifest; errors: GenerateImagesError[] } {
  const errors: GenerateImagesError[] = []
  const images = new Map<string, EntryFields>()
  const checked = <T>(schema: z.ZodType<T>, part: unknown, path: PropertyKey[]): T | undefined => {
    const result = schema.safeParse(part)
    if (result.success) return result.data
    const issues = result.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
    for (const error of errorsOf(issues, value, locate, allowedAt)) errors.push(error)
    return undefined
  }
  const top = isObject(value) ? value : {}
  // The parts are checked one by one, so that a mistake in one entry hides nothing of the others.
  checked(shellSchema, value, [])
  const own = checked(defaults, top.defaults ?? {}, ['defaults']) as Fields | undefined
  const styles = checked(manifestSchema.shape.styles, top.styles, ['styles'])
  const refuseHidden = (part: unknown, path: PropertyKey[]) => {
    for (const hidden of hiddenNames(part, path)) {
      const params = { field: hidden.map(String).join('.'), found: 'a name that JavaScript keeps for itself' }
      errors.push(
        createError('BAD_VALUE', { ...params, allowed: 'any other name' }, { places: [locate(hidden)] }),
      )
    }
  }
  refuseHidden(top.styles, ['styles'])
  refuseHidden(isObject(top.defaults) && top.defaults.extra, ['defaults', 'extra'])
  for (const [name, written] of Object.entries(isObject(top.images) ? top.images : {})) {
    if (errors.length >= LIMITS.mistakes) break
    const path = ['images', name]
    const problem = nameProblem(name)
    if (problem !== undefined)
      errors.push(createError('BAD_NAME', { name, why: problem }, { places: [locate(path)] }))
    if (isObject(written) && written.extra !== undefined) refuseHidden(written.extra, [...path, 'extra'])
    const short = typeof written === 'string' ? checked(prompt, written, path) : undefined
    const long = short === undefined ? written : { prompt: short }
    const fields =
      typeof long === 'string'
        ? undefined
        : (sound(long) ?? (checked(entry, long, path) as EntryFields | undefined))
    if (fields !== undefined && problem === undefined) images.set(name, fields)
  }
  return { manifest: { defaults: own ?? {}, styles: styles ?? {}, images }, errors }
}

/**
 * The fields of an entry in which nothing is wrong, each checked by itself: an entry has few of them, and the schema of a
 * whole one looks for all. `undefined` where that schema has something to say.
 */
function sound(entry: unknown): Fields | undefined {
  if (!isObject(entry) || !Object.hasOwn(entry, 'prompt')) return undefined
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(entry)) {
    if (isTextOf(name, value)) {
      fields[name] = value
      continue
    }
    const row = Object.hasOwn(FIELDS, name) ? FIELDS[name as FieldName] : undefined
    const result = row?.schema.safeParse(value)
    if (result?.success !== true) return undefined
    fields[name] = result.data
  }
  return fields
}

// zod leaves this name out of records, and says nothing. Pictures may have it: they are not in a record here.
function* hiddenNames(value: unknown, path: PropertyKey[]): Generator<PropertyKey[]> {
  if (value === null || typeof value !== 'object') return
  for (const [name, part] of Object.entries(value)) {
    if (name === '__proto__') yield [...path, name]
    yield* hiddenNames(part, [...path, name])
  }
}

const anything = z.unknown().optional()
const shellSchema = z.strictObject({
  $schema: anything,
  defaults: anything,
  styles: anything,
  // Looked into one by one.
  images: z.custom(isObject),
})

function allowedAt(path: readonly PropertyKey[]): { names?: readonly string[]; allowed: string } {
  const [top, name, ...rest] = path
  if (top === undefined) return { names: TOP, allowed: `an object with ${TOP.join(', ')}` }
  if (top === 'defaults') return allowedInFields(DEFAULTABLE, path.slice(1))
  if (top === 'styles') return { allowed: 'an object of texts by name' }
  if (name === undefined) return { allowed: 'an object of pictures by name' }
  if (rest.length === 0) return { names: ENTRY_NAMES, allowed: 'a prompt, or an object with a prompt' }
  if (rest[0] === 'each') return { allowed: EACH.allowed }
  return rest[0] === 'where' ? { allowed: WHERE.allowed } : allowedInFields(FIELD_NAMES, rest)
}
