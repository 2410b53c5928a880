import type { z } from 'zod'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { FIELDS, type FieldName } from './fields.ts'
import { nearest } from './nearest.ts'
import type { Locate } from './request.ts'
import { FORMATS } from './specs.ts'

/** Issues of one value, and unknown names of one object, that are told. */
const TOLD_MAX = 100

/**
 * Turns the issues of a zod schema into errors that name the field, what was found and what is allowed; of very many
 * the first hundred. `allowedAt` says what is allowed at a path; `path`s are those of the checked value.
 */
export function errorsOf(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  locate: Locate,
  allowedAt: (path: readonly PropertyKey[]) => { names?: readonly string[]; allowed: string },
): GenerateImagesError[] {
  return issues.slice(0, TOLD_MAX).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, TOLD_MAX).map((key) => {
        const allowed = allowedAt(issue.path).names ?? []
        const path = [...issue.path, key]
        return createError(
          'UNKNOWN_FIELD',
          { field: path.map(String).join('.'), nearest: nearest(key, allowed), allowed },
          { places: [locate(path)] },
        )
      })
    }
    // A key of a record that is not allowed is named at the key itself.
    const path = issue.path
    const field = path.map(String).join('.')
    const found = describeValue(valueAt(value, path))
    return [
      createError(
        'BAD_VALUE',
        { field, found, allowed: allowedAt(path).allowed },
        { places: [locate(path)] },
      ),
    ]
  })
}

/** What is allowed in the fields of an entry, for `errorsOf`, with the path counted from the entry. */
export function allowedInFields(
  names: readonly FieldName[],
  path: readonly PropertyKey[],
): { names?: readonly string[]; allowed: string } {
  const [field] = path
  if (field === undefined) return { names, allowed: names.join(', ') }
  const row = FIELDS[field as FieldName] as (typeof FIELDS)[FieldName] | undefined
  return {
    names: path.length > 1 ? ['quality', 'effort'] : FORMATS,
    allowed: row?.allowed ?? names.join(', '),
  }
}

/** A found value in words short enough for a message: `"ultra"`, `the number 7`, `an empty list`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'not given'
  if (value === '') return 'an empty text'
  if (Array.isArray(value) && value.length === 0) return 'an empty list'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  )
}
