import type { Node } from 'jsonc-parser'

/** Deepest nesting that a manifest may have: `extra` is the only field that can be deep at all. */
export const DEPTH_MAX = 64

/** Most items that a list may have: each is checked by itself, and no prompt has so many lines. */
export const ITEMS_MAX = 10_000

/** Thrown for a node that lies deeper than `DEPTH_MAX`, or is a list of more than `ITEMS_MAX`; the message says which. */
export class Unbounded extends Error {
  readonly offset: number
  constructor(problem: string, { offset }: Node) {
    super(problem)
    this.offset = offset
  }
}

/** A property of an object of the tree: its key, and its value where there is one. */
export interface Property {
  readonly name: string
  readonly key: Node
  readonly value: Node | undefined
}

/** The properties of an object, in their order; empty for any other node. */
export function propertiesOf(node: Node | undefined): Property[] {
  if (node?.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined ? [] : [{ name: key.value as string, key, value }],
  )
}

/**
 * The value of a node. Objects have no prototype, so that `__proto__` and `constructor` are names like any other. Of two
 * properties of one name the first counts. Throws `Unbounded`.
 */
export function plainValue(node: Node, depth = 0): unknown {
  if (depth > DEPTH_MAX) throw new Unbounded(`it is nested deeper than ${DEPTH_MAX} levels`, node)
  if (node.type === 'array') {
    const items = node.children ?? []
    if (items.length > ITEMS_MAX) throw new Unbounded(`a list in it is longer than ${ITEMS_MAX} items`, node)
    return items.map((item) => plainValue(item, depth + 1))
  }
  if (node.type !== 'object') return node.value
  const object: Record<string, unknown> = Object.create(null)
  for (const { name, value } of propertiesOf(node)) {
    if (value !== undefined && !(name in object)) object[name] = plainValue(value, depth + 1)
  }
  return object
}

/** Every property that stands in its object a second time: its path, its key and the key of the first. */
export function duplicatesIn(
  node: Node,
  path: readonly string[] = [],
): { path: readonly string[]; key: Node; first: Node }[] {
  if (node.type === 'array')
    return (node.children ?? []).flatMap((child, i) => duplicatesIn(child, [...path, String(i)]))
  const seen = new Map<string, Node>()
  return propertiesOf(node).flatMap(({ name, key, value }) => {
    const at = [...path, name]
    const first = seen.get(name)
    if (first !== undefined) return [{ path: at, key, first }]
    seen.set(name, key)
    return value === undefined ? [] : duplicatesIn(value, at)
  })
}
