// The syntax trees of Markdown, as far as they are read and written here: those of unified, by its own names.

/** A node. */
export interface Node {
  type: string
  children?: Node[]
  value?: unknown
  url?: string
  alt?: string | null
  title?: string | null
  identifier?: string
  /** Of an element of JSX; `null`: a fragment. */
  name?: string | null
  attributes?: JsxAttribute[]
  data?: object | undefined
  position?: { readonly start: Point; readonly end: Point } | undefined
}

/** A place in a text; lines and columns from 1, `offset` from 0. */
export interface Point {
  readonly line: number
  readonly column: number
  readonly offset?: number | undefined
}

/** An attribute of JSX; without a name it is `{...props}`. */
export interface JsxAttribute {
  type: string
  name?: string
  value?: unknown
}

/** Puts another node in the place of one, in the same object. */
export function become(node: Node, other: Node): void {
  const { position } = node
  for (const key of Object.keys(node)) delete (node as unknown as Record<string, unknown>)[key]
  Object.assign(node, other, position === undefined ? {} : { position })
}
