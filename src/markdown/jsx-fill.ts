import { type Code, joined, literal } from '../embed/estree.ts'
import { attribute, elementOf, type JsxPicture, type Value } from '../embed/mdx.ts'
import { become, type JsxAttribute, type Node } from '../embed/mdx-nodes.ts'
import type { Hole } from './jsx-holes.ts'

/** What stands in the place of specifiers. */
export interface Fillings {
  /** One that is an address or whatever else its shape gives. */
  value(meant: string): Value
  /** One that is the source of an `<img>`. */
  picture(meant: string): JsxPicture
}

/** Fills the holes of an element of the author's; an `<img>` gets all that belongs to its picture. */
export function fillElement(node: Node, holes: readonly Hole[], { value, picture }: Fillings): void {
  const attributes = node.attributes!.map((one): JsxAttribute => {
    const own = holes.filter((hole) => hole.attribute === one)
    if (own.length === 0 || own[0]!.place === 'img') return one
    const text = one.value as string
    const parts = own.flatMap(({ start, meant }, index) => [
      text.slice(index === 0 ? 0 : own[index - 1]!.end, start),
      value(meant),
    ])
    return attribute(one.name!, together([...parts, text.slice(own.at(-1)!.end)]))
  })
  const img = holes.find(({ place }) => place === 'img')
  if (img === undefined) node.attributes = attributes
  else become(node, elementOf(picture(img.meant), attributes, node.type))
}

function together(parts: readonly Value[]): Value {
  const kept = parts.filter((part) => typeof part !== 'string' || part.trim() !== '')
  if (kept.every((part) => typeof part === 'string')) return kept.join('')
  return joined(kept.map((part): Code => (typeof part === 'string' ? literal(part) : part)))
}
