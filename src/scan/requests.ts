import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import type { Fields } from '../spec/fields.ts'
import { LIMITS } from '../spec/limits.ts'
import { foldName, nameProblem } from '../spec/names.ts'
import type { Specifier } from '../spec/query.ts'
import type { PictureRequest } from '../spec/request.ts'
import type { ManifestFile } from './manifest-file.ts'

/** What the project says of every picture; manifests stand before it. */
export interface ProjectFields {
  readonly defaults: Fields
  readonly styles: Readonly<Record<string, string>>
}

/** The requests of a manifest's entries, and an error for each whose name is none when its folder is put before it. */
export function entryRequests(
  { manifest, names, locate }: ManifestFile,
  project: ProjectFields,
): { requests: PictureRequest[]; errors: GenerateImagesError[] } {
  const requests: PictureRequest[] = []
  const errors: GenerateImagesError[] = []
  const styles = { ...project.styles, ...manifest.styles }
  // One list for all, by which those who resolve them know that they have the same.
  const defaults = [manifest.defaults, project.defaults]
  for (const [written, fields] of manifest.images) {
    const name = names.get(written) ?? written
    const why = nameProblem(name)
    if (why !== undefined) {
      errors.push(createError('BAD_NAME', { name, why }, { places: [locate(['images', written])] }))
      continue
    }
    requests.push({
      name,
      fields,
      defaults,
      styles,
      from: 'manifest',
      locate: (path = []) => {
        const field = path[0] as keyof Fields | undefined
        const inherited =
          field !== undefined && fields[field] === undefined && manifest.defaults[field] !== undefined
        return locate(inherited ? ['defaults', ...path] : ['images', written, ...path])
      },
    })
  }
  return { requests, errors }
}

/** The request of an inline import: what is sent, and the text alternative. Its look belongs to the import alone. */
export function inlineRequest(
  name: string,
  { sent, look }: Specifier,
  place: Place,
  { defaults, styles }: ProjectFields,
): PictureRequest {
  const { alt, decorative } = look.fields
  const fields: Fields = {
    ...sent,
    ...(alt === undefined ? {} : { alt }),
    ...(decorative === undefined ? {} : { decorative }),
  }
  return { name, fields, defaults: [defaults], styles, from: 'inline', locate: () => place }
}

/**
 * Finds the mistakes between requests: one name in two manifests, and names that are one to some file system. `requests` are
 * those given, without the second entries of a name.
 */
export function findClashes(asked: readonly PictureRequest[]): {
  requests: PictureRequest[]
  errors: GenerateImagesError[]
} {
  const errors: GenerateImagesError[] = []
  const entries = new Map<string, PictureRequest>()
  const requests = asked.filter((request) => {
    if (request.from === 'inline') return true
    const { name, locate } = request
    const first = entries.get(name)
    if (first === undefined) entries.set(name, request)
    else errors.push(createError('DEFINED_TWICE', { name }, { places: [locate(), first.locate()] }))
    return first === undefined
  })
  return { requests, errors: [...errors, ...caseClashes(requests).slice(0, LIMITS.mistakes)] }
}

function caseClashes(requests: readonly PictureRequest[]): GenerateImagesError[] {
  const spellings = new Map<string, PictureRequest>()
  const others = new Map<string, readonly [PictureRequest, PictureRequest]>()
  for (const request of requests) {
    const folded = foldName(request.name)
    const first = spellings.get(folded)
    if (first === undefined) spellings.set(folded, request)
    else if (first.name !== request.name && !others.has(request.name))
      others.set(request.name, [first, request])
  }
  return [...others.values()].map(([first, other]) =>
    createError(
      'CASE_CLASH',
      { first: first.name, second: other.name },
      { places: [first.locate(), other.locate()] },
    ),
  )
}
