import { findInHtml, findPicturesInHtml, type HtmlPicture } from '../scan/specifiers/html.ts'

/** The pictures in a node of HTML. */
export interface HtmlHoles<Node> {
  readonly node: Node
  /** With offsets in the node's own text. */
  readonly pictures: readonly HtmlPicture[]
  /** Of what else is in it. */
  readonly problem: string | undefined
}

const OTHERS = 'styles and scripts in Markdown are taken as they are; put them into files of their own'

/** Finds the pictures in all HTML of a text: an element may begin in one node and end in another. */
export function htmlHoles<Node extends { readonly value?: unknown }>(
  nodes: readonly Node[],
): HtmlHoles<Node>[] {
  const texts = nodes.map(({ value }) => String(value))
  const starts = texts.map((_, index) =>
    texts.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0),
  )
  const all = texts.join('\n')
  const pictures = findPicturesInHtml(all)
  const known = new Set(pictures.map(({ offset }) => offset))
  const others = findInHtml(all).filter(({ offset }) => !known.has(offset))
  return nodes.map((node, index) => {
    const start = starts[index]!
    const isInside = ({ offset }: { offset: number }) =>
      offset >= start && offset < start + texts[index]!.length
    return {
      node,
      pictures: pictures.filter(isInside).map((one) => movedBack(one, start)),
      problem: others.some(isInside) ? OTHERS : undefined,
    }
  })
}

function movedBack(one: HtmlPicture, by: number): HtmlPicture {
  const extent = <T extends { start: number; end: number }>(of: T): T => ({
    ...of,
    start: of.start - by,
    end: of.end - by,
  })
  const attribute = { ...extent(one.attribute), offset: one.attribute.offset - by }
  return { ...one, offset: one.offset - by, end: one.end - by, attribute, tag: extent(one.tag) }
}
