// MDX that a bundler of ours builds: each picture is an import of its specifier, as a person would write it, and markup of
// what that gives. Names, files and money are the bundler's.
import { id, importsOf, joined, literal } from '../embed/estree.ts'
import { attribute, elementOf, type MdxPicture } from '../embed/mdx.ts'
import { become, type JsxAttribute, type Node } from '../embed/mdx-nodes.ts'
import { type Hole, holesOf } from './jsx-holes.ts'
import type { Spot } from './spots.ts'

/** Writes the pictures of a tree; `check` is told each specifier's problem, and throws it. */
export function writeImports(
  tree: Node,
  spots: readonly Spot[],
  check: (node: Node, problem: string | undefined) => void,
): void {
  const names = new Map<string, string>()
  const importedAs = (meant: string) => {
    // In webpack, an exclamation mark ends the name of a loader.
    const from = meant.replaceAll('!', '%21')
    const name = names.get(from) ?? `_generatedImage${names.size + 1}`
    names.set(from, name)
    return name
  }
  for (const spot of spots) {
    const { node } = spot
    if ('inPicture' in spot) {
      const holes = holesOf(node, spot.inPicture)
      for (const { problem } of holes) check(node, problem)
      if (holes.length > 0) fillElement(node, holes, importedAs)
      continue
    }
    check(node, spot.problem)
    const own = spot.title === undefined ? [] : [attribute('title', spot.title)]
    if (spot.kind === 'link') {
      const href = attribute('href', id(importedAs(spot.meant)))
      const children = node.children ?? []
      become(node, { type: 'mdxJsxTextElement', name: 'a', attributes: [href, ...own], children })
    } else {
      const said = spot.alt === '' ? own : [attribute('alt', spot.alt), ...own]
      become(node, elementOf({ ...shown(spot.meant, importedAs), own: said, written: false }))
    }
  }
  if (names.size === 0) return
  const imports = importsOf([...names].map(([from, name]) => [name, from] as const))
  tree.children!.unshift({ type: 'mdxjsEsm', value: imports.text, data: { estree: imports.tree } })
}

function shown(meant: string, importedAs: (meant: string) => string): Pick<MdxPicture, 'imported' | 'as'> {
  const as = new URLSearchParams(meant.slice(meant.indexOf('?'))).get('as')
  return { imported: importedAs(meant), as: as === 'picture' || as === 'img' ? as : 'url' }
}

/** Fills the holes of an element of the author's; an `<img>` gets all that belongs to a picture. */
function fillElement(node: Node, holes: readonly Hole[], importedAs: (meant: string) => string): void {
  const attributes = node.attributes!.map((one): JsxAttribute => {
    const own = holes.filter((hole) => hole.attribute === one)
    if (own.length === 0 || own[0]!.place === 'img') return one
    const value = one.value as string
    const parts = own.flatMap(({ start, meant }, index) => [
      ...textOf(value.slice(index === 0 ? 0 : own[index - 1]!.end, start)),
      id(importedAs(meant)),
    ])
    return attribute(one.name!, joined([...parts, ...textOf(value.slice(own.at(-1)!.end))]))
  })
  const img = holes.find(({ place }) => place === 'img')
  if (img === undefined) return void Object.assign(node, { attributes })
  become(node, elementOf({ ...shown(img.meant, importedAs), own: attributes, written: true }, node.type))
}

const textOf = (text: string) => (text.trim() === '' ? [] : [literal(text)])
