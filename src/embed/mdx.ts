// Pictures as MDX has them: elements of JSX whose addresses come from imports. Trees in, trees out.
import { type Code, field, id, placeholderOf, programOf, sourcesOf } from './estree.ts'
import type { JsxAttribute, Node } from './mdx-nodes.ts'

/** A picture where it is to stand. */
export interface MdxPicture {
  /** The name that it is imported by. */
  readonly imported: string
  /** What the import gives. */
  readonly as: 'picture' | 'img' | 'url'
  /** What the author has said of the `<img>`, which wins; in their order. */
  readonly own: readonly JsxAttribute[]
  /** Whether all is kept as the author wrote it: nothing is added that says how it is loaded. */
  readonly written: boolean
}

const INSIDE = 'mdxJsxTextElement'

/** The element of a picture: a `<picture>`, or an `<img>` alone. `type`: of the node that it comes in the place of. */
export function elementOf({ imported, as, own, written }: MdxPicture, type = INSIDE): Node {
  const value = id(imported)
  const img = as === 'picture' ? field(value, 'img') : value
  const has = (name: string) => own.some((one) => one.name?.toLowerCase() === name.toLowerCase())
  const given: readonly (readonly [name: string, value: Code | string])[] = [
    ['src', as === 'url' ? value : field(img, 'src')],
    ...(as === 'url'
      ? []
      : ([
          ['srcSet', field(img, 'srcset')],
          ['width', field(img, 'width')],
          ['height', field(img, 'height')],
          ['alt', field(img, 'alt')],
          ['style', placeholderOf(value)],
        ] as const)),
    ...(written ? [] : [['loading', 'lazy'] as const, ['decoding', 'async'] as const]),
  ]
  const added = given
    .filter(([name]) => name === 'src' || !has(name))
    .map(([name, one]) => attribute(name, one))
  // In the place of the author's own src, so that what is spread before or after it keeps its turn.
  const at = own.findIndex(({ name }) => name === 'src')
  const attributes = at === -1 ? [...added, ...own] : [...own.slice(0, at), ...added, ...own.slice(at + 1)]
  const data = written ? { data: { _mdxExplicitJsx: true } } : {}
  const element: Node = {
    type: as === 'picture' ? INSIDE : type,
    name: 'img',
    attributes,
    children: [],
    ...data,
  }
  if (as !== 'picture') return element
  const sizes = own.find(({ name }) => name === 'sizes')?.value
  const sources = sourcesOf(value, sizes === undefined || sizes === null ? undefined : codeOf(sizes))
  const children = [expression(sources), element]
  return { type, name: 'picture', attributes: [], children, data: { _mdxExplicitJsx: true } }
}

/** An attribute whose value is a text or an expression. */
export function attribute(name: string, value: Code | string): JsxAttribute {
  if (typeof value === 'string') return { type: 'mdxJsxAttribute', name, value }
  const { text } = value
  const data = { estree: programOf(value) }
  return {
    type: 'mdxJsxAttribute',
    name,
    value: { type: 'mdxJsxAttributeValueExpression', value: text, data },
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
function codeOf(value: unknown): Code {
  if (typeof value === 'string') return { text: JSON.stringify(value), tree: { type: 'Literal', value } }
  const { value: text, data } = value as Expression
  return { text, tree: data?.estree?.body[0]?.expression ?? { type: 'Identifier', name: 'undefined' } }
}
