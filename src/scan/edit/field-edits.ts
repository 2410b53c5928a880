// What a person changes of one picture: fields, whatever language they stand in.
import { isDeepStrictEqual } from 'node:util'
import type { Fields } from '../../spec/fields.ts'

/** The fields that can be edited where they stand, in the order in which new ones are added. */
export const EDITABLE = ['prompt', 'style', 'size', 'quality', 'alt', 'decorative'] as const
export type EditableField = (typeof EDITABLE)[number]

/** The new value of each field that changes; `null` takes a field out. */
export interface FieldEdits {
  /** Lines are joined by line feeds. */
  readonly prompt?: string | null
  readonly style?: readonly string[] | null
  readonly size?: string | null
  readonly quality?: string | null
  readonly alt?: string | null
  readonly decorative?: boolean | null
}

/** The edits that change something of `fields`, in the order of `EDITABLE`. */
export function changesOf(
  fields: Fields,
  edits: FieldEdits,
): { field: EditableField; value: string | readonly string[] | boolean | null }[] {
  const before = plain(fields)
  return EDITABLE.flatMap((field) => {
    const value = edits[field]
    if (value === undefined || isDeepStrictEqual(value ?? undefined, before[field])) return []
    return [{ field, value }]
  })
}

/** Whether `after` is what `before` becomes by the edits, and nothing else of it has changed. */
export function isEdited(before: Fields, edits: FieldEdits, after: Fields): boolean {
  const wanted = { ...plain(before), ...edits }
  const kept = Object.entries(wanted).filter(([, value]) => value !== null && value !== undefined)
  return isDeepStrictEqual(Object.fromEntries(kept), { ...plain(after) })
}

/** Fields in one form each: a prompt as one text, styles as a list. */
export function plain(fields: Fields): Record<string, unknown> {
  const { prompt, style, ...rest } = fields
  return {
    ...rest,
    ...(prompt === undefined ? {} : { prompt: [prompt].flat().join('\n') }),
    ...(style === undefined ? {} : { style: [style].flat() }),
  }
}
