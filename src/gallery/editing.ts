// Edits of what a person wrote: what stands there, and writing it back. The page names a picture; where it stands is found
// here, among the files that the scan knows.
import { chmod, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findModel } from '../api/models.ts'
import type { Project } from '../config/project.ts'
import { createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { EDITABLE, type FieldEdits, plain } from '../scan/edit/field-edits.ts'
import { FIELDS, type Fields } from '../spec/fields.ts'
import type { Picture } from '../spec/specs.ts'
import { writeAtomic } from '../store/atomic.ts'
import { placeOf } from './problem.ts'
import type { EditableField, EditableFields, Editing } from './protocol.ts'
import { type EditTools, findWritten, readText, stampOf } from './written.ts'

/** What can be edited of a picture. Throws why nothing can. */
export async function editingOf(picture: Picture, tools: EditTools): Promise<Editing> {
  const written = await findWritten(picture, tools)
  const { settings } = tools.project
  const own = pick(written.fields)
  const layers = [...written.defaults, settings.builtin].map(pick)
  const inherited = Object.assign({}, ...layers.reverse())
  const model = picture.spec.request.model
  const quality = (settings.models[model] ?? findModel({})(model))?.fields.quality
  return {
    at: placeOf(written.at, tools.open),
    in: written.in,
    stamp: stampOf(written),
    fields: own,
    inherited: Object.fromEntries(Object.entries(inherited).filter(([field]) => !(field in own))),
    styles: written.styles,
    qualities: Array.isArray(quality) ? quality : [],
    allowed: Object.fromEntries(EDITABLE.map((field) => [field, FIELDS[field].allowed])) as Record<
      EditableField,
      string
    >,
  }
}

/**
 * Writes edits back. Before anything is written, the whole project is looked at as it would be: throws its new mistakes,
 * FILE_CHANGED where the files are not those that the stamp was of, and EDIT_FAILED where another picture would change.
 */
export async function writeEdits(
  picture: Picture,
  { stamp, edits }: { readonly stamp: string; readonly edits: FieldEdits },
  tools: EditTools,
): Promise<void> {
  const { project, collection } = tools
  const written = await findWritten(picture, tools)
  const changed = () => createError('FILE_CHANGED', { file: written.at.file }, { picture: picture.name })
  if (stampOf(written) !== stamp) throw changed()
  const texts = written.edit(edits)
  if (texts.size === 0) return
  const after = await project.collectWith(texts)
  throwAll(newErrors(collection, after))
  if (!sameButFor(picture.name, collection, after))
    throw createError('EDIT_FAILED', { file: written.at.file, why: 'other pictures would change with it' })
  // Once more, because the look at the whole took a while.
  for (const [file, text] of written.texts)
    if ((await readText(file, project).catch(() => undefined)) !== text) throw changed()
  for (const [file, text] of texts) await replaceFile(file, text, project)
}

/** Where links lead, so that a link stays one; with the rights that the file has. */
async function replaceFile(file: string, text: string, { store, settings }: Project): Promise<void> {
  const path = join(settings.root, file)
  const stats = await store.fence.stat(path)
  if (stats === undefined) throw createError('FILE_CHANGED', { file })
  const real = await realpath(path)
  await writeAtomic(real, text)
  await chmod(real, stats.mode)
}

function newErrors(before: Collection, after: Collection): GenerateImagesError[] {
  const known = new Set(before.errors.map(({ message }) => message))
  return after.errors.filter(({ message }) => !known.has(message))
}

/** Whether all other pictures are asked for as before; places may move. */
function sameButFor(name: string, before: Collection, after: Collection): boolean {
  const others = ({ pictures }: Collection) =>
    [...pictures.values()]
      .filter((picture) => picture.name !== name)
      .map(({ places: _, ...picture }) => picture)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  return after.pictures.has(name) && isDeepStrictEqual(others(before), others(after))
}

function pick(fields: Fields): Partial<EditableFields> {
  const all = plain(fields)
  return Object.fromEntries(EDITABLE.flatMap((field) => (field in all ? [[field, all[field]]] : [])))
}
