import type { Node } from '../embed/mdx-nodes.ts'
import { isImagePath, isOurs } from '../scan/specifiers/found.ts'
import { meaningOfImage, meaningOfLink } from '../scan/specifiers/links.ts'
import { findPicturesInMarkdown } from '../scan/specifiers/markdown.ts'

/** A node that has specifiers. */
export type Spot = ImageSpot | LinkSpot | MarkupSpot

/** HTML in Markdown, or an element of JSX. */
export interface MarkupSpot {
  readonly kind: 'html' | 'jsx'
  readonly node: Node
  readonly inPicture: boolean
}

interface Meant {
  readonly node: Node
  /** The specifier with what stands beside it. */
  readonly meant: string
  readonly problem?: string | undefined
  readonly title: string | undefined
}

/** A picture of Markdown; a reference as well. `alt` is empty where the author said nothing. */
export interface ImageSpot extends Meant {
  readonly kind: 'image'
  readonly alt: string
}

/** A link of Markdown to a picture; a reference as well. */
export interface LinkSpot extends Meant {
  readonly kind: 'link'
}

/** Told what is wrong with a specifier of a node, if something is; throws it. */
export type Check = (node: Node, problem: string | undefined) => void

/** Finds the nodes of a tree that have specifiers, in their order. `text` is what the tree was made of. */
export function findSpots(tree: Node, text: string, { mdx }: { mdx: boolean }): Spot[] {
  const spots: Spot[] = []
  const definitions = new Map<string, Node>()
  // What the scan has made of a text alternative, so that a prompt is one prompt.
  const known = new Map(findPicturesInMarkdown(text, { mdx }).map((one) => [one.start, one]))
  visit(tree, false, (node) => {
    if (node.type === 'definition' && !definitions.has(node.identifier!))
      definitions.set(node.identifier!, node)
  })
  visit(tree, false, (node, inPicture) => {
    if (node.type === 'html' || node.type.startsWith('mdxJsx')) {
      const values = (node.attributes ?? []).map(({ value }) => value)
      const kind = node.type === 'html' ? 'html' : 'jsx'
      // An element of HTML may begin in another node.
      if (kind === 'html' || values.some(mayHave)) spots.push({ kind, node, inPicture })
      return
    }
    const isImage = node.type === 'image' || node.type === 'imageReference'
    if (!isImage && node.type !== 'link' && node.type !== 'linkReference') return
    const { url, title } = node.type.endsWith('Reference') ? (definitions.get(node.identifier!) ?? {}) : node
    if (url === undefined || !isOurs(url) || !(isImage || isImagePath(url))) return
    const said = { node, title: title ?? undefined }
    if (!isImage) return void spots.push({ kind: 'link', ...said, ...meaningOfLink(url) })
    const seen = known.get(node.position?.start.offset ?? -1)
    const alt = node.alt?.trim() ?? ''
    const { meant, problem } = seen?.written === url ? seen : meaningOfImage(url, alt)
    spots.push({ kind: 'image', ...said, alt, meant, problem })
  })
  const hasNone = spots.every(({ kind, node }) => kind === 'html' && !mayHave(node.value))
  return hasNone ? [] : spots
}

const mayHave = (value: unknown) => typeof value === 'string' && value.includes('generate')

function visit(node: Node, inPicture: boolean, see: (node: Node, inPicture: boolean) => void): void {
  see(node, inPicture)
  const inside = inPicture || (node.type.startsWith('mdxJsx') && node.name === 'picture')
  for (const child of node.children ?? []) visit(child, inside, see)
}
