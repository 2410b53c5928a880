import type { Node } from 'jsonc-parser'
import { DEFAULTABLE } from '../spec/fields.ts'
import { ENTRY_NAMES, manifestSchema } from '../spec/manifest.ts'
import type { Locate } from '../spec/request.ts'
import { FORMATS } from '../spec/specs.ts'
import { type Property, propertiesOf } from './manifest-tree.ts'

const TOP: readonly string[] = Object.keys(manifestSchema.shape)
const ENCODE: readonly string[] = [...FORMATS, 'quality', 'effort']

/**
 * Finds places in the tree of a manifest: of the value at a path; of the key for a picture's name and for a field that
 * does not exist; for a path that is not there, of its nearest parent that is.
 */
export function createLocate(
  root: Node | undefined,
  placeAt: (offset: number) => ReturnType<Locate>,
): Locate {
  const indexes = new Map<Node, ReadonlyMap<string, Property>>()
  const propertyOf = (node: Node, name: string) => {
    let index = indexes.get(node)
    if (index === undefined) {
      // Reversed, so that the first of two properties of one name counts, as in `plainValue`.
      index = new Map(
        propertiesOf(node)
          .reverse()
          .map((property) => [property.name, property]),
      )
      indexes.set(node, index)
    }
    return index.get(name)
  }
  return (path = []) => {
    let node = root
    let offset = root?.offset ?? 0
    for (const [depth, part] of path.entries()) {
      if (node?.type === 'array') {
        node = node.children?.[Number(part)]
        offset = node?.offset ?? offset
      } else {
        const property = node && propertyOf(node, String(part))
        if (property === undefined) break
        node = property.value
        offset = (isKeyPlace(path.slice(0, depth + 1)) ? property.key : (node ?? property.key)).offset
      }
    }
    return placeAt(offset)
  }
}

function isKeyPlace(path: readonly PropertyKey[]): boolean {
  const [top, second] = path.map(String)
  const last = String(path.at(-1))
  if (path.length === 1) return !TOP.includes(last)
  if (top === 'images' && path.length === 2) return true
  const fields: readonly string[] = top === 'images' ? ENTRY_NAMES : DEFAULTABLE
  const inFields = path.slice(top === 'images' ? 2 : 1).map(String)
  if (top !== 'images' && !(top === 'defaults' && second !== undefined)) return false
  if (inFields.length === 1) return !fields.includes(last)
  return inFields[0] === 'encode' && !ENCODE.includes(last)
}
