// Pictures as elements of JSX, for MDX. Trees in, trees out.
import {
  backgroundStyle,
  type Code,
  field,
  id,
  literal,
  placeholderOf,
  programOf,
  sourcesOf,
} from './estree.ts'
import type { PageValue } from './html.ts'
import type { JsxAttribute, Node } from './mdx-nodes.ts'
import { backgroundOf, pictureParts } from './picture-parts.ts'

/** A text, or code that gives one. */
export type Value = Code | string

/** What an `<img>` gets, and the `<source>`s before it. */
export interface JsxPicture {
  readonly attributes: readonly (readonly [name: string, value: Value])[]
  /** None: it stays an `<img>`. */
  readonly sources: ((sizes: Value | undefined) => readonly Node[]) | undefined
}

/** A picture of what an import gives: `imported` is its name. */
export function importedPicture(imported: string, as: 'picture' | 'img' | 'url'): JsxPicture {
  const value = id(imported)
  if (as === 'url') return { attributes: [['src', value]], sources: undefined }
  const img = as === 'picture' ? field(value, 'img') : value
  return {
    attributes: [
      ['src', field(img, 'src')],
      ['srcSet', field(img, 'srcset')],
      ...(['width', 'height', 'alt'] as const).map((name) => [name, field(img, name)] as const),
      ['style', placeholderOf(value)],
    ],
    sources:
      as === 'img'
        ? undefined
        : (sizes) => [expression(sourcesOf(value, sizes === undefined ? sizes : codeOf(sizes)))],
  }
}

/** A picture whose addresses are known. */
export function knownPicture(of: PageValue): JsxPicture {
  if (typeof of === 'string') return { attributes: [['src', of]], sources: undefined }
  const { sources, img } = pictureParts({ of })
  const { src, srcset, width, height, alt } = img
  const { placeholder } = of
  return {
    attributes: [
      ...([
        ['src', src],
        ['srcSet', srcset],
        ['width', `${width}`],
        ['height', `${height}`],
        ['alt', alt],
      ] as const),
      ...(placeholder === undefined
        ? []
        : [['style', backgroundStyle(literal(backgroundOf(placeholder)))] as const]),
    ],
    sources:
      sources.length === 0
        ? undefined
        : (sizes) =>
            sources.map(({ type, srcset }) => {
              const shownAs = sizes === undefined ? [] : [attribute('sizes', sizes)]
              const attributes = [attribute('type', type), attribute('srcSet', srcset), ...shownAs]
              return { ...explicit('source', attributes), children: [] }
            }),
  }
}

/**
 * The element of a picture: a `<picture>`, or an `<img>` alone. What the author has said of the `<img>`, `own`, wins and
 * keeps its order. `type`: of the node that it comes in the place of, where the author wrote an element.
 */
export function elementOf(picture: JsxPicture, own: readonly JsxAttribute[], type?: string): Node {
  const { sources } = picture
  const has = (name: string) => own.some((one) => one.name?.toLowerCase() === name.toLowerCase())
  const added = [
    ...picture.attributes.filter(([name]) => name === 'src' || !has(name)),
    ...(type === undefined
      ? ([
          ['loading', 'lazy'],
          ['decoding', 'async'],
        ] as const)
      : []),
  ].map(([name, value]) => attribute(name, value))
  // In the place of the author's own src, so that what is spread before or after it keeps its turn.
  const at = own.findIndex(({ name }) => name === 'src')
  const attributes = at === -1 ? [...added, ...own] : [...own.slice(0, at), ...added, ...own.slice(at + 1)]
  // Markdown's own pictures are for the `img` that a site may have set in the place of all; an element is what it says.
  const img: Node =
    type === undefined ? { type: INSIDE, name: 'img', attributes, children: [] } : explicit('img', attributes)
  if (sources === undefined) return { ...img, type: type ?? INSIDE, children: [] }
  const sizes = own.find(({ name }) => name === 'sizes')?.value
  const shownAs = sizes === undefined || sizes === null ? undefined : authored(sizes)
  return {
    ...explicit('picture', []),
    type: type ?? INSIDE,
    children: [...sources(shownAs), { ...img, children: [] }],
  }
}

const INSIDE = 'mdxJsxTextElement'

const explicit = (name: string, attributes: JsxAttribute[]): Node => ({
  ...{ type: INSIDE, name, attributes, data: { _mdxExplicitJsx: true } },
})

/** An attribute whose value is a text or an expression. */
export function attribute(name: string, value: Value): JsxAttribute {
  if (typeof value === 'string') return { type: 'mdxJsxAttribute', name, value }
  const data = { estree: programOf(value) }
  return {
    type: 'mdxJsxAttribute',
    name,
    value: { type: 'mdxJsxAttributeValueExpression', value: value.text, data },
  }
}

function expression(code: Code): Node {
  return { type: 'mdxTextExpression', value: code.text, data: { estree: programOf(code) } }
}

interface Expression {
  readonly value: string
  readonly data?: { readonly estree?: { readonly body: readonly { readonly expression?: object }[] } }
}

/** The value of an author's attribute. */
function authored(value: unknown): Value {
  if (typeof value === 'string') return value
  const { value: text, data } = value as Expression
  return { text, tree: data?.estree?.body[0]?.expression ?? id('undefined').tree }
}

const codeOf = (value: Value): Code => (typeof value === 'string' ? literal(value) : value)
