// Edits of what a person wrote: what stands there, and writing it back. The page names a picture; where it stands is found
// here, among the files that the scan knows.
import { createHash } from 'node:crypto'
import { chmod, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findModel } from '../api/models.ts'
import type { Project } from '../config/project.ts'
import { createError, type GenerateImagesError, type Place, throwAll } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { changesOf, EDITABLE, type FieldEdits, plain } from '../scan/edit/field-edits.ts'
import { editManifest } from '../scan/edit/manifest.ts'
import { editSpecifier, fieldsOf } from '../scan/edit/specifier.ts'
import { parseManifestFile } from '../scan/index.ts'
import { type Mention, mentionsIn } from '../scan/source-file.ts'
import { FIELDS, type Fields } from '../spec/fields.ts'
import type { Picture } from '../spec/specs.ts'
import { writeAtomic } from '../store/atomic.ts'
import { type OpenAddress, placeOf } from './problem.ts'
import type { EditableField, EditableFields, Editing } from './protocol.ts'

/** What was written for a picture, in the files that it stands in. */
interface Written {
  readonly at: Place
  readonly in: Editing['in']
  /** The texts of those files, by their path from the root. */
  readonly texts: ReadonlyMap<string, string>
  readonly fields: Fields
  readonly defaults: readonly Fields[]
  readonly styles: readonly string[]
  /** The texts of those files that change, with the edits in them. */
  edit(edits: FieldEdits): Map<string, string>
}

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

/** What edits need. */
export interface EditTools {
  readonly project: Project
  readonly collection: Collection
  readonly open: OpenAddress
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

async function findWritten(picture: Picture, tools: EditTools): Promise<Written> {
  const { project } = tools
  project.store.fence.forget()
  return picture.from === 'manifest' ? findEntry(picture, project) : findMentions(picture, tools)
}

async function findEntry(picture: Picture, project: Project): Promise<Written> {
  const at = picture.places[0]!
  const { file } = at
  const text = await readText(file, project)
  const { names, manifest, errors } = parseManifestFile(text, file)
  throwAll(errors)
  const [written] = [...names].find(([, name]) => name === picture.name) ?? []
  const fields = written === undefined ? undefined : manifest.images.get(written)
  if (written === undefined || fields === undefined) throw createError('FILE_CHANGED', { file })
  return {
    at,
    in: 'manifest',
    texts: new Map([[file, text]]),
    fields,
    defaults: [manifest.defaults, project.settings.defaults],
    styles: Object.keys({ ...project.settings.styles, ...manifest.styles }),
    edit(edits) {
      const edited = editManifest(text, file, written, edits)
      return edited === text ? new Map() : new Map([[file, edited]])
    },
  }
}

// An inline picture may be asked for in several places, which must say the same: all are edited.
async function findMentions(picture: Picture, { project, collection }: EditTools): Promise<Written> {
  const places = collection.uses
    .filter(({ use }) => use.kind === 'picture' && use.picture.name === picture.name)
    .map(({ place }) => place)
  const files = [...new Set(places.map(({ file }) => file))]
  const texts = new Map<string, string>()
  const mentions: Mention[] = []
  for (const file of files) {
    const text = await readText(file, project)
    texts.set(file, text)
    const here = mentionsIn(Buffer.from(text), file)
    mentions.push(
      ...here.filter((one) => places.some((place) => isDeepStrictEqual(place, one.place)) && holds(one)),
    )
  }
  const [first] = mentions
  const at = picture.places[0]!
  if (first === undefined) throw createError('FILE_CHANGED', { file: at.file })
  const fields = fieldsOf(first.specifier)
  return {
    at,
    in: 'source',
    texts,
    fields,
    defaults: [project.settings.defaults],
    styles: Object.keys(project.settings.styles),
    edit(edits) {
      const changes = changesOf(fields, edits).map(({ field }) => field)
      const edited = new Map<string, string>()
      // From the end of each file, so that places before it stay.
      for (const { place, specifier } of mentions.toReversed()) {
        const { file } = place
        const text = edited.get(file) ?? texts.get(file)!
        // What an import says for itself alone, such as an alt of its own, stays.
        const own = plain(fieldsOf(specifier))
        const shared = changes.filter((field) => isDeepStrictEqual(own[field], plain(fields)[field]))
        const mine = Object.fromEntries(shared.map((field) => [field, edits[field]]))
        edited.set(file, editSpecifier(text, file, offsetOf(text, place), mine))
      }
      return new Map([...edited].filter(([file, text]) => texts.get(file) !== text))
    },
  }
}

const holds = ({ specifier, errors }: Mention) => errors.length === 0 && specifier.sent.prompt !== undefined

/** The offset of a place that a scan of the text gave. */
function offsetOf(text: string, { line = 1, column = 1 }: Place): number {
  let start = text.startsWith('\uFEFF') ? 1 : 0
  let at = 1
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    if (at++ === line) break
    start = index + end.length
  }
  return start + column - 1
}

async function readText(file: string, { store, settings }: Project): Promise<string> {
  const path = join(settings.root, file)
  if ((await store.fence.stat(path)) === undefined) throw createError('FILE_CHANGED', { file })
  const bytes = await readFile(path)
  const text = bytes.toString('utf8')
  // What is no UTF-8 would be written back as something else.
  if (!bytes.equals(Buffer.from(text))) throw createError('EDIT_FAILED', { file, why: 'it is not UTF-8' })
  return text
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

function stampOf({ texts }: Written): string {
  const hash = createHash('sha256')
  for (const [file, text] of texts) hash.update(JSON.stringify([file, text]))
  return hash.digest('hex').slice(0, 32)
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
