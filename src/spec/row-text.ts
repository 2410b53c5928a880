// Texts with `{field}` in them, filled from a row of data. Pure.

/** A row of data, as it was read. */
export type RowValues = Readonly<Record<string, unknown>>

/** Why a `{field}` can't be filled. */
export interface RowProblem {
  readonly field: string
  /** As the end of a sentence. */
  readonly found: string
}

const HOLE = /\{\{|\}\}|\{([^{}]*)\}/g

/** Whether a text has a `{field}`. */
export function hasHole(text: string): boolean {
  return [...text.matchAll(HOLE)].some(([, field]) => field !== undefined)
}

/**
 * The text with each `{field}` filled; `{a.b}` is a field of a field, `{{` and `}}` stand for the braces themselves. A
 * value is a text, a number or a boolean. `write` says how it stands in the text.
 */
export function fillRow(
  text: string,
  row: RowValues,
  write: (value: string, field: string) => string = (value) => value,
): { readonly text: string; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = []
  const filled = text.replace(HOLE, (hole, name: string | undefined) => {
    if (name === undefined) return hole[0]!
    const field = name.trim()
    const value = valueAt(row, field)
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    const written = isPlain ? write(String(value), field) : ''
    if (written.trim() !== '') return written
    problems.push({ field, found: foundIn(value, isPlain && String(value).trim() !== '') })
    return hole
  })
  return { text: filled, problems }
}

/** A value as a part of a picture's name: what is no letter, digit, dot, `_` or `-` becomes `-`. */
export function nameWord(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
}

/** Whether a row has something in a field, or a field of a field. */
export function hasValue(row: RowValues, field: string): boolean {
  const value = valueAt(row, field.trim())
  return value !== undefined && value !== null && value !== false && value !== ''
}

function valueAt(row: RowValues, field: string): unknown {
  let value: unknown = row
  for (const part of field.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

function foundIn(value: unknown, hasText: boolean): string {
  if (value === undefined) return 'not there'
  if (value === null || value === '') return 'empty'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object'
  return hasText ? `${JSON.stringify(value)}, of which a name can keep nothing` : 'empty'
}
