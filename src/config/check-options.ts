import type { z } from 'zod'
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { allowedInFields, errorsOf } from '../spec/check-fields.ts'
import { DEFAULTABLE } from '../spec/fields.ts'
import { nearest } from '../spec/nearest.ts'
import type { Options } from './options.ts'
import { NAMES_BELOW, OPTIONS, type OptionRow } from './options-table.ts'

const NAMES = Object.keys(OPTIONS) as (keyof Options)[]

/**
 * Checks options, whatever they are; `from` is the file, or what else they come from. Returns every mistake. No message
 * has a text that stands under `provider`: it may be a key.
 */
export function checkOptions(value: unknown, from: string): GenerateImagesError[] {
  const place = { file: from }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const params = { option: 'options', found: describe(value), allowed: `an object of ${NAMES.join(', ')}` }
    return [createError('BAD_OPTION', params, { places: [place] })]
  }
  return Object.entries(value).flatMap(([option, given]): GenerateImagesError[] => {
    if (given === undefined) return []
    if (!Object.hasOwn(OPTIONS, option)) return [unknownOption(option, place)]
    const row: OptionRow = OPTIONS[option as keyof Options]
    const issues = row.schema.safeParse(given).error?.issues ?? []
    if (option === 'defaults' && typeof given === 'object') return fieldErrors(issues, given, place)
    return issues.map((issue) => optionError(issue, option, given, place))
  })
}

// Fields are the same wherever they stand, and so are their messages.
function fieldErrors(issues: readonly z.core.$ZodIssue[], defaults: unknown, place: Place) {
  const below = issues.map((issue) => ({ ...issue, path: ['defaults', ...issue.path] }))
  return errorsOf(
    below,
    { defaults },
    () => place,
    ([, ...path]) => allowedInFields(DEFAULTABLE, path),
  )
}

function optionError(issue: z.core.$ZodIssue, option: string, given: unknown, place: Place) {
  const path = [option, ...issue.path.map(String)]
  const name = path.join('.')
  const known = issue.code === 'custom' ? (issue.params?.known as readonly string[] | undefined) : undefined
  if (known !== undefined) {
    const above = path.slice(0, -1).join('.')
    const near = nearest(path.at(-1)!, known).map((one) => `${above}.${one}`)
    return createError('UNKNOWN_OPTION', { option: name, nearest: near, allowed: known }, { places: [place] })
  }
  const found = describe(at(given, issue.path), option === 'provider')
  return createError('BAD_OPTION', { option: name, found, allowed: issue.message }, { places: [place] })
}

function unknownOption(option: string, place: Place): GenerateImagesError {
  const below = (fits: (names: readonly string[]) => readonly string[]) =>
    Object.entries(NAMES_BELOW).flatMap(([above, names]) => fits(names).map((name) => `${above}.${name}`))
  // What stands elsewhere under this very name is meant; then what is nearly called so, here before elsewhere.
  const near = [
    below((names) => names.filter((name) => name === option)),
    nearest(option, NAMES),
    below((names) => nearest(option, names)).slice(0, 3),
  ].find((found) => found.length > 0)
  return createError('UNKNOWN_OPTION', { option, nearest: near ?? [], allowed: NAMES }, { places: [place] })
}

/** A found value in a few words. */
function describe(value: unknown, secret = false): string {
  if (value === undefined) return 'not given'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' || typeof value === 'function')
    return typeof value === 'object' ? 'an object' : 'a function'
  if (typeof value !== 'string') return String(value)
  if (value === '') return 'an empty text'
  if (secret) return 'a text that is not shown, because it may be a key'
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value)
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      part !== null && typeof part === 'object' ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
}
