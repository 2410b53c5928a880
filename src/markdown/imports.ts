// MDX that a bundler of ours builds: each picture is an import of its specifier, as a person would write it, and markup of
// what that gives. Names, files and money are the bundler's.
import { id, importsOf } from '../embed/estree.ts'
import { attribute, elementOf, importedPicture } from '../embed/mdx.ts'
import { become, type Node } from '../embed/mdx-nodes.ts'
import { wordOf } from '../spec/set-words.ts'
import { fillElement } from './jsx-fill.ts'
import { holesOf } from './jsx-holes.ts'
import type { Check, Spot } from './spots.ts'

/** Writes the pictures of a tree. */
export function writeImports(tree: Node, spots: readonly Spot[], check: Check): void {
  const names = new Map<string, string>()
  const imported = (meant: string) => {
    // In webpack, an exclamation mark ends the name of a loader.
    const from = meant.replaceAll('!', '%21')
    const name = names.get(from) ?? `_generatedImage${names.size + 1}`
    names.set(from, name)
    return name
  }
  const value = (meant: string) => id(imported(meant))
  const picture = (meant: string) => {
    const as = wordOf(meant, 'as')
    return importedPicture(imported(meant), as === 'picture' || as === 'img' ? as : 'url')
  }
  for (const spot of spots) {
    const { node } = spot
    if ('inPicture' in spot) {
      const holes = holesOf(node, spot.inPicture)
      for (const { problem } of holes) check(node, problem)
      if (holes.length > 0) fillElement(node, holes, { value, picture })
      continue
    }
    check(node, spot.problem)
    const title = spot.title === undefined ? [] : [attribute('title', spot.title)]
    if (spot.kind === 'image') {
      const own = spot.alt === '' ? title : [attribute('alt', spot.alt), ...title]
      become(node, elementOf(picture(spot.meant), own))
    } else {
      const attributes = [attribute('href', value(spot.meant)), ...title]
      become(node, { type: 'mdxJsxTextElement', name: 'a', attributes, children: node.children ?? [] })
    }
  }
  if (names.size === 0) return
  const imports = importsOf([...names].map(([from, name]) => [name, from] as const))
  tree.children!.unshift({ type: 'mdxjsEsm', value: imports.text, data: { estree: imports.tree } })
}
