// Writes fields of an inline picture back into the specifier in its source file.
import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type Edit } from 'jsonc-parser'
import { createError, type GenerateImagesError, throwAll } from '../../errors/index.ts'
import type { Fields } from '../../spec/fields.ts'
import { parseSpecifier, type Specifier } from '../../spec/query.ts'
import { findSpecifiers } from '../specifiers/languages.ts'
import { changesOf, type EditableField, type FieldEdits, isEdited } from './field-edits.ts'
import { encodeValue, type Spelling, STRICT, spellingOf, wordsOf } from './query.ts'
import { rawOffsets } from './raw-extent.ts'

/** The fields that a specifier holds, those of its look among them. */
export function fieldsOf({ sent, look }: Specifier): Fields {
  return { ...sent, ...look.fields }
}

/**
 * The text of a source file with the fields of the specifier at `offset` edited. Its other words, their order and all
 * around it stay as they are; what is new is escaped for the language it stands in. The new text is scanned again before
 * it is given: throws the mistakes of the specifier, and EDIT_FAILED where anything but those fields would change.
 */
export function editSpecifier(text: string, file: string, offset: number, edits: FieldEdits): string {
  const fail = (why: string) => createError('EDIT_FAILED', { file, why })
  const found = findSpecifiers(text, file)
  const index = found.findIndex((one) => one.offset === offset)
  const written = found[index]?.written
  const offsets = written === undefined ? undefined : rawOffsets(text, offset, written)
  if (written === undefined || offsets === undefined) throw fail('the import was not found in it')
  if (edits.prompt === null) throw fail('an inline picture needs a prompt')
  const place = { file }
  const before = parseSpecifier(written, () => place)
  throwAll(before.errors)
  const isBare = (at: number) => text.slice(offsets[at], offsets[at + 1]) === written[at]
  let failure: GenerateImagesError | undefined
  // As its author writes; where that does not do, with every escape there is.
  for (const spelling of [spellingOf(written, isBare), STRICT]) {
    let edited: string
    try {
      const changes = changesOf(fieldsOf(before.specifier), edits)
      edited = applyEdits(text, rawEdits(text, written, offsets, changes, spelling))
    } catch (error) {
      if (!(error instanceof URIError)) throw error
      throw fail('a text in it has half a character')
    }
    const again = findSpecifiers(edited, file)
    const same = again.length === found.length
    const others = again.every((one, at) => at === index || one.written === found[at]?.written)
    const after = parseSpecifier(again[index]?.written ?? '', () => place)
    if (same && others && isWanted(before.specifier, edits, after.specifier) && after.errors.length === 0)
      return edited
    const [mistake] = same && others ? after.errors : []
    failure = mistake ?? fail('what would stand there means something else')
  }
  throw failure
}

function isWanted(before: Specifier, edits: FieldEdits, after: Specifier): boolean {
  const rest = ({ sent: _, look: { fields: __, ...look }, ...specifier }: Specifier) => ({ specifier, look })
  return isEdited(fieldsOf(before), edits, fieldsOf(after)) && isDeepStrictEqual(rest(before), rest(after))
}

type Change = { readonly field: EditableField; readonly value: string | readonly string[] | boolean | null }

function rawEdits(
  text: string,
  written: string,
  offsets: readonly number[],
  changes: readonly Change[],
  spelling: Spelling,
): Edit[] {
  const between = written.indexOf('&')
  const separator = between === -1 ? '&' : text.slice(offsets[between], offsets[between + 1])
  const words = wordsOf(written)
  const cut = (start: number, end: number, content: string): Edit => ({
    offset: offsets[start]!,
    length: offsets[end]! - offsets[start]!,
    content,
  })
  return changes.map(({ field, value }) => {
    const at = words.findIndex(({ name }) => name === field)
    const word = words[at]
    if (value === null) {
      if (word === undefined) return cut(written.length, written.length, '')
      return at === 0 ? cut(word.start, word.end + 1, '') : cut(word.start - 1, word.end, '')
    }
    const content = textOf(value, spelling)
    if (word === undefined)
      return cut(written.length, written.length, `${separator}${field}${content === '' ? '' : `=${content}`}`)
    if (content === '' && word.valueStart !== undefined) return cut(word.valueStart - 1, word.end, '')
    return word.valueStart === undefined
      ? cut(word.end, word.end, `=${content}`)
      : cut(word.valueStart, word.end, content)
  })
}

function textOf(value: string | readonly string[] | boolean, spelling: Spelling): string {
  if (value === true) return ''
  if (value === false) return 'false'
  return typeof value === 'string'
    ? encodeValue(value, spelling)
    : value.map((one) => encodeValue(one, spelling)).join(';')
}
