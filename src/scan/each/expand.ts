// Entries with `each`: one picture for each row of a file of data. A manifest in, a manifest without such entries out.
import { posix } from 'node:path'
import { createError, type GenerateImagesError, type Place } from '../../errors/index.ts'
import type { Fields } from '../../spec/fields.ts'
import { LIMITS } from '../../spec/limits.ts'
import type { EntryFields } from '../../spec/manifest.ts'
import { joinName, nameProblem, stripImageExtension } from '../../spec/names.ts'
import { nearest } from '../../spec/nearest.ts'
import { fillRow, hasHole, hasValue, nameWord, type RowProblem } from '../../spec/row-text.ts'
import type { ManifestFile } from '../manifest-file.ts'
import { folderOf } from '../manifest-index.ts'
import type { Row, Rows } from './read-rows.ts'

/** What `each` of a manifest leads to; `files` are from the root. `problem`: why it can't lead anywhere, as the end of a sentence. */
export interface FoundRows extends Rows {
  readonly files: readonly string[]
  readonly problem?: string
}
export type FindRows = (each: string, manifest: string) => Promise<FoundRows>

/** A manifest whose pictures are all there by name, and the files of data behind it. */
export interface Expanded {
  readonly manifest: ManifestFile
  readonly data: readonly string[]
}

/** Puts a picture for each row in the place of every entry with `each`. Mistakes in rows are among the manifest's. */
export async function expandEach(manifest: ManifestFile, findRows: FindRows): Promise<Expanded> {
  const templates = [...manifest.manifest.images].filter(([, { each }]) => each !== undefined)
  if (templates.length === 0) return { manifest, data: [] }
  const folder = folderOf(manifest.file)
  const images = new Map(manifest.manifest.images)
  const names = new Map(manifest.names)
  const rows = new Map<string, { readonly template: string; readonly place: Place }>()
  const errors: GenerateImagesError[] = [...manifest.errors]
  const data: string[] = []
  for (const [template, fields] of templates) {
    images.delete(template)
    names.delete(template)
    const at = (...path: string[]) => manifest.locate(['images', template, ...path])
    if (!hasHole(template)) {
      const why = 'its entry has "each", so it needs a {field} that differs from row to row'
      errors.push(createError('BAD_NAME', { name: template, why }, { places: [at()] }))
      continue
    }
    const found = await findRows(fields.each!, manifest.file)
    data.push(...found.files)
    if (found.problem !== undefined) {
      const params = { file: fields.each!, problem: found.problem }
      errors.push(createError('EACH_UNREADABLE', params, { places: [at('each')] }))
    } else if (found.files.length === 0)
      errors.push(createError('EACH_NOTHING', { each: fields.each! }, { places: [at('each')] }))
    errors.push(...found.errors)
    for (const row of found.rows) {
      if (errors.length >= LIMITS.mistakes) break
      if (fields.where !== undefined && !hasValue(row.values, fields.where)) continue
      const { name, picture, mistakes } = pictureOf(template, fields, row, folder)
      errors.push(...mistakes)
      if (mistakes.length > 0) continue
      const first =
        rows.get(name)?.place ?? (images.has(name) ? manifest.locate(['images', name]) : undefined)
      if (first !== undefined) {
        errors.push(createError('DEFINED_TWICE', { name }, { places: [row.place, first] }))
        continue
      }
      rows.set(name, { template, place: row.place })
      images.set(name, picture)
      const fromRoot = joinName(folder, name)
      if (fromRoot !== undefined) names.set(name, stripImageExtension(fromRoot))
    }
  }
  const locate: ManifestFile['locate'] = (path = []) => {
    const made = path[0] === 'images' ? rows.get(String(path[1])) : undefined
    if (made === undefined) return manifest.locate(path)
    return path.length === 2 ? made.place : manifest.locate(['images', made.template, ...path.slice(2)])
  }
  return {
    manifest: { ...manifest, manifest: { ...manifest.manifest, images }, names, locate, errors },
    data,
  }
}

function pictureOf(
  template: string,
  { each: _, where: __, prompt, alt, style, ...fields }: EntryFields,
  row: Row,
  folder: string,
): { name: string; picture: Fields; mistakes: readonly GenerateImagesError[] } {
  const problems: RowProblem[] = []
  const path = pathOfPage(row, folder)
  const values = path === undefined ? row.values : { path, ...row.values }
  const fill = (text: string, write?: Parameters<typeof fillRow>[2]) => {
    const filled = fillRow(text, values, write)
    problems.push(...filled.problems)
    return filled.text
  }
  const fillAll = (texts: string | readonly string[] | undefined) =>
    typeof texts === 'string' ? fill(texts) : texts?.map((text) => fill(text))
  const isPath = path !== undefined && row.values.path === undefined
  const name = fill(template, (value, field) => (isPath && field === 'path' ? value : nameWord(value)))
  const picture = {
    ...fields,
    ...(prompt === undefined ? {} : { prompt: fillAll(prompt) }),
    ...(alt === undefined ? {} : { alt: fill(alt) }),
    ...(style === undefined ? {} : { style: fillAll(style) }),
  } as Fields
  const known = Object.keys(values)
  const once = new Map(problems.map((problem) => [problem.field, problem]))
  const mistakes = [...once.values()].map(({ field, found }) =>
    createError(
      'EACH_FIELD',
      { field, found, nearest: known.includes(field) ? [] : nearest(field, known), known },
      { places: [row.place] },
    ),
  )
  const why = mistakes.length === 0 ? nameProblem(name) : undefined
  if (why !== undefined) mistakes.push(createError('BAD_NAME', { name, why }, { places: [row.place] }))
  return { name, picture, mistakes }
}

/** The path of a page from the manifest's folder, without its extension, in words that a name may have. */
function pathOfPage({ place: { file } }: Row, folder: string): string | undefined {
  const page = /^(.*)\.mdx?$/i.exec(posix.relative(folder, file))?.[1]
  return page?.split('/').map(nameWord).filter(Boolean).join('/')
}

/** The path of `each` from the root; `undefined` where it leads out of it. */
export function pathOfEach(each: string, manifest: string): string | undefined {
  return each.startsWith('/') || /^[a-z]:/i.test(each)
    ? undefined
    : joinName(folderOf(manifest), posix.normalize(each.replaceAll('\\', '/')))
}
