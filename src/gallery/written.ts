// What a person wrote for a picture, and the files that it stands in: found among those that the scan knows.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Project } from '../config/project.ts'
import { createError, type Place, throwAll } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { changesOf, type FieldEdits, plain } from '../scan/edit/field-edits.ts'
import { editManifest } from '../scan/edit/manifest.ts'
import { editSpecifier, fieldsOf } from '../scan/edit/specifier.ts'
import { parseManifestFile } from '../scan/index.ts'
import { type Mention, mentionsIn } from '../scan/source-file.ts'
import type { Fields } from '../spec/fields.ts'
import { MANIFEST_FILE } from '../spec/names.ts'
import type { Picture } from '../spec/specs.ts'
import type { OpenAddress } from './problem.ts'
import type { Editing } from './protocol.ts'

/** What was written for a picture, in the files that it stands in. */
export interface Written {
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

/** What edits need. */
export interface EditTools {
  readonly project: Project
  readonly collection: Collection
  readonly open: OpenAddress
}

/** Finds what was written for a picture. Throws FILE_CHANGED, EDIT_FAILED, and the mistakes of its manifest. */
export async function findWritten(picture: Picture, tools: EditTools): Promise<Written> {
  const { project } = tools
  project.store.fence.forget()
  return picture.from === 'manifest' ? findEntry(picture, project) : findMentions(picture, tools)
}

async function findEntry(picture: Picture, project: Project): Promise<Written> {
  const at = picture.places[0]!
  const { file } = at
  if (!file.endsWith(MANIFEST_FILE)) {
    const why = 'the picture is made of a row of data, by an entry for all rows'
    throw createError('EDIT_FAILED', { file, why })
  }
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

/** The text of a file of the project. Throws FILE_CHANGED where it is gone, EDIT_FAILED, LEAVES_PROJECT. */
export async function readText(file: string, { store, settings }: Project): Promise<string> {
  const path = join(settings.root, file)
  if ((await store.fence.stat(path)) === undefined) throw createError('FILE_CHANGED', { file })
  const bytes = await readFile(path)
  const text = bytes.toString('utf8')
  // What is no UTF-8 would be written back as something else.
  if (!bytes.equals(Buffer.from(text))) throw createError('EDIT_FAILED', { file, why: 'it is not UTF-8' })
  return text
}

/** Changes with each of the files. */
export function stampOf({ texts }: Written): string {
  const hash = createHash('sha256')
  for (const [file, text] of texts) hash.update(JSON.stringify([file, text]))
  return hash.digest('hex').slice(0, 32)
}
