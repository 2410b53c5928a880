import { posix } from 'node:path'
import { parseTree } from 'jsonc-parser'
import { isObject } from '../spec/is-object.ts'
import { LIMITS } from '../spec/limits.ts'
import { readManifest } from '../spec/manifest.ts'
import { joinName, stripImageExtension } from '../spec/names.ts'
import type { Locate } from '../spec/request.ts'
import { outlineOf } from './json-outline.ts'
import type { ManifestFile } from './manifest-file.ts'
import { createLocate } from './manifest-locate.ts'
import { DEPTH_MAX, ITEMS_MAX } from './manifest-tree.ts'
import { createPositions } from './position.ts'

/**
 * The manifest of a text that is plain JSON without a mistake, as nearly all are: at a fraction of what a tree with the
 * place of everything takes. `undefined` for any other, and for one of which a tree may tell something else.
 */
export function parsePlainManifest(text: string, file: string): ManifestFile | undefined {
  const value = text.length > LIMITS.manifestTokens ? undefined : parse(text)
  if (!isObject(value) || !isObject(value.images)) return undefined
  const outline = outlineOf(text, 'images')
  if (outline.depth >= DEPTH_MAX || outline.longest > ITEMS_MAX) return undefined
  const written = Object.keys(value.images)
  // A name that stands twice is one in the value, and names that are numbers come first there.
  const inOrder = outline.names === namesOf(value) && outline.offsets.length === written.length
  if (!inOrder || written.some((name) => /^\d+$/.test(name))) return undefined
  const styles = isObject(value.styles) ? Object.keys(value.styles).length : 0
  if (written.length > LIMITS.pictures || styles > LIMITS.styles) return undefined

  const placeAt = createPositions(text, file)
  const offsets = new Map(written.map((name, i) => [name, outline.offsets[i]!]))
  let byTree: Locate | undefined
  const locate: Locate = (path = []) => {
    const offset = path.length === 2 && path[0] === 'images' ? offsets.get(String(path[1])) : undefined
    if (offset !== undefined) return placeAt(offset)
    byTree ??= createLocate(parseTree(text), placeAt)
    return byTree(path)
  }
  const { manifest, errors } = readManifest(value, locate)
  if (errors.length > 0) return undefined
  const folder = posix.dirname(file)
  const names = new Map<string, string>()
  for (const name of written) {
    const fromRoot = joinName(folder, name)
    if (fromRoot !== undefined) names.set(name, stripImageExtension(fromRoot))
  }
  return { file, manifest, names, locate, errors, broken: false }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** How many names the objects of a value have. */
function namesOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  const parts = Object.values(value)
  let names = Array.isArray(value) ? 0 : parts.length
  for (const part of parts) if (typeof part === 'object') names += namesOf(part)
  return names
}
