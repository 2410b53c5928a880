// Writes fields of an entry back into the text of its manifest.
import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser'
import { createError, throwAll } from '../../errors/index.ts'
import { type ManifestFile, parseManifestFile } from '../manifest-file.ts'
import { type Property, propertiesOf } from '../manifest-tree.ts'
import { changesOf, type EditableField, type FieldEdits, isEdited } from './field-edits.ts'
import {
  eolOf,
  insertProperty,
  ownLineIndent,
  removeProperty,
  replaceItems,
  replaceValue,
} from './json-layout.ts'

/** Characters up to which an entry that was a text alone becomes an object in one line. */
const LINE_MAX = 110

/**
 * The text of a manifest with an entry's fields edited: `written` is the entry's name as it stands there. Everything
 * else, comments and layout, stays as it is. The new text is read again before it is given: throws its mistakes, those of
 * the old text, and EDIT_FAILED where anything but those fields would change.
 */
export function editManifest(text: string, file: string, written: string, edits: FieldEdits): string {
  const before = parseManifestFile(text, file)
  throwAll(before.errors)
  const fields = before.manifest.images.get(written)
  if (fields === undefined) throw createError('EDIT_FAILED', { file, why: `it has no entry "${written}"` })
  if (edits.prompt === null) throw createError('EDIT_FAILED', { file, why: 'an entry needs a prompt' })
  let edited = text
  for (const { field, value } of changesOf(fields, edits))
    edited = applyEdits(edited, editsOf(edited, written, field, value))
  const after = parseManifestFile(edited, file)
  throwAll(after.errors)
  const kept = after.manifest.images.get(written)
  if (kept === undefined || !isEdited(fields, edits, kept) || !isSameElsewhere(before, after, written))
    throw createError('EDIT_FAILED', { file, why: 'what would stand there means something else' })
  return edited
}

function editsOf(
  text: string,
  written: string,
  field: EditableField,
  value: string | readonly string[] | boolean | null,
): Edit[] {
  const images = find(propertiesOf(rootOf(text)), 'images')!
  const entry = find(propertiesOf(images.value), written)!
  const node = entry.value!
  const json = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (node.type === 'string') {
    if (field === 'prompt') return replaceValue(node, JSON.stringify(value))
    return value === null ? [] : replaceValue(node, objectOf(text, images, entry, field, spaced(json)))
  }
  const properties = propertiesOf(node)
  const index = properties.findIndex(({ name }) => name === field)
  const known = properties[index]?.value
  if (value === null) return known === undefined ? [] : removeProperty(text, properties, index)
  if (known === undefined) return insertProperty(text, properties.at(-1)!, field, spaced(json))
  if (known.type === 'array')
    return replaceItems(text, known, Array.isArray(value) ? value : linesOf(String(value)))
  return replaceValue(known, spaced(json))
}

/** The entry that was a text alone, as an object: its prompt as it stands. */
function objectOf(text: string, images: Property, entry: Property, field: string, value: string): string {
  const { offset, length } = entry.value!
  const prompt = text.slice(offset, offset + length)
  const short = `{ "prompt": ${prompt}, ${JSON.stringify(field)}: ${value} }`
  const indent = ownLineIndent(text, entry.key.offset)
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  if (indent === undefined || offset - lineStart + short.length <= LINE_MAX) return short
  const outer = ownLineIndent(text, images.key.offset) ?? ''
  const inner = indent + (indent.startsWith(outer) && indent !== outer ? indent.slice(outer.length) : '  ')
  const lines = [`"prompt": ${prompt},`, `${JSON.stringify(field)}: ${value}`]
  return ['{', ...lines.map((line) => inner + line), `${indent}}`].join(eolOf(text))
}

/** The lines of a prompt. No item of a list may be empty: an empty line is the end of the one before, or begins the next. */
function linesOf(prompt: string): string[] {
  const lines: string[] = []
  let blank = ''
  for (const line of prompt.split('\n')) {
    if (line.trim() !== '') {
      lines.push(blank + line)
      blank = ''
    } else if (lines.length > 0) lines.push(`${lines.pop()}\n${line}`)
    else blank += `${line}\n`
  }
  return lines
}

// As people write short lists.
const spaced = (value: unknown) =>
  Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value)

function rootOf(text: string): Node | undefined {
  return parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true })
}

const find = (properties: readonly Property[], name: string) => properties.find((one) => one.name === name)

function isSameElsewhere(before: ManifestFile, after: ManifestFile, written: string): boolean {
  const rest = ({ manifest: { images, defaults, styles } }: ManifestFile) => ({
    images: [...images].filter(([name]) => name !== written),
    defaults,
    styles,
  })
  return isDeepStrictEqual(rest(before), rest(after))
}
