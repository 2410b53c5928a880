import { throughBraces } from './braces.ts'

/** An attribute with a value. */
export interface Attribute {
  /** Of its element; lower case. */
  readonly tag: string
  /** Whether JSX takes the element for a component, by its name. */
  readonly component: boolean
  readonly name: string
  /** `braces`: `{…}` without its braces; `template`: a template literal without its backticks. */
  readonly form: 'text' | 'braces' | 'template'
  readonly value: string
  /** Where the value begins. */
  readonly offset: number
  /** The extent in the text, from the name to behind the last quote. */
  readonly start: number
  readonly end: number
}

/** A part of a markup text that may hold specifiers. All texts are raw: entities are not decoded. */
export type Part =
  | ({ readonly kind: 'attribute' } & Attribute)
  /** After its attributes. */
  | {
      readonly kind: 'tag'
      readonly tag: string
      readonly component: boolean
      /** By their names in lower case; of several with one name, the first, as browsers do. Empty without a value. */
      readonly attributes: ReadonlyMap<string, string>
      /** From its `<` to behind its `>`. */
      readonly start: number
      readonly end: number
      /** Whether there is a `>`. */
      readonly closed: boolean
    }
  | { readonly kind: 'close'; readonly tag: string }
  | {
      readonly kind: 'raw'
      readonly tag: 'script' | 'style'
      readonly attributes: ReadonlyMap<string, string>
      readonly value: string
      readonly offset: number
    }
  | { readonly kind: 'text'; readonly value: string; readonly offset: number }

const NAME = /[a-z][^\s/>{}"'`=<]*/iy
const CLOSING = /<\/[a-z][^\s/>]*/iy
const ATTRIBUTE_NAME = /[^\s/>"'`=<{}]+/y
const SPACE = /\s*/y
const BARE_VALUE = /[^\s"'`<>]*/y

/**
 * Splits HTML, and what Vue, Svelte, Astro and MDX make of it, into parts. Comments, declarations and the contents of
 * `<textarea>` and `<title>` are left out; `braces` tells that attributes may be `{…}` or a template literal. One pass;
 * never throws; what is not closed ends with the text.
 */
export function* partsOf(text: string, braces: boolean): Generator<Part> {
  let at = 0
  let textAt = 0
  const textUntil = (end: number): Part => ({ kind: 'text', value: text.slice(textAt, end), offset: textAt })
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open === -1) break
    const skipped = endOfDeclaration(text, open)
    const tag = skipped === undefined ? matchAt(NAME, text, open + 1) : ''
    const after = text[open + 1 + tag.length]
    if (skipped === undefined && (tag === '' || (after !== undefined && !/[\s/>]/.test(after)))) {
      at = open + 1
      continue
    }
    if (open > textAt) yield textUntil(open)
    const closing = matchAt(CLOSING, text, open)
    if (closing !== '') yield { kind: 'close', tag: closing.slice(2).toLowerCase() }
    at = skipped ?? (yield* tagAt(text, open + 1, tag, braces))
    textAt = at
  }
  if (textAt < text.length) yield textUntil(text.length)
}

function* tagAt(text: string, nameAt: number, name: string, braces: boolean): Generator<Part, number> {
  const tag = name.toLowerCase()
  const component = !/^[a-z][\w-]*$/.test(name)
  const attributes = new Map<string, string>()
  let at = nameAt + tag.length
  while (at < text.length) {
    at += matchAt(SPACE, text, at).length
    const character = text[at]
    if (character === undefined || character === '<') {
      yield { kind: 'tag', tag, component, attributes, start: nameAt - 1, end: at, closed: false }
      return at
    }
    if (character === '>') {
      yield { kind: 'tag', tag, component, attributes, start: nameAt - 1, end: at + 1, closed: true }
      return yield* contentOf(text, at + 1, tag, attributes, text[at - 1] === '/')
    }
    if (braces && character === '{') {
      at = throughBraces(text, at).end
      continue
    }
    const attribute = matchAt(ATTRIBUTE_NAME, text, at)
    if (attribute === '') {
      at++
      continue
    }
    const start = at
    at += attribute.length
    const equals = at + matchAt(SPACE, text, at).length
    if (text[equals] !== '=') {
      setOnce(attributes, attribute, '')
      continue
    }
    const value = valueAt(text, equals + 1 + matchAt(SPACE, text, equals + 1).length, braces)
    setOnce(attributes, attribute, value.value)
    yield { kind: 'attribute', tag, component, name: attribute, start, ...value }
    at = value.end
  }
  yield { kind: 'tag', tag, component, attributes, start: nameAt - 1, end: text.length, closed: false }
  return at
}

function valueAt(text: string, at: number, braces: boolean) {
  const quote = text[at]
  if (quote === '"' || quote === "'" || (braces && quote === '`')) {
    const close = text.indexOf(quote, at + 1)
    const end = close === -1 ? text.length : close
    const form = quote === '`' ? ('template' as const) : ('text' as const)
    return { form, value: text.slice(at + 1, end), offset: at + 1, end: end + 1 }
  }
  if (braces && quote === '{') {
    const { end, depth } = throughBraces(text, at)
    return {
      form: 'braces' as const,
      value: text.slice(at + 1, depth === 0 ? end - 1 : end),
      offset: at + 1,
      end,
    }
  }
  const value = matchAt(BARE_VALUE, text, at)
  return { form: 'text' as const, value, offset: at, end: at + value.length }
}

function* contentOf(
  text: string,
  at: number,
  tag: string,
  attributes: ReadonlyMap<string, string>,
  selfClosing: boolean,
): Generator<Part, number> {
  const code = tag === 'script' || tag === 'style'
  if (selfClosing || !(code || tag === 'textarea' || tag === 'title')) return at
  const close = new RegExp(`</${tag}(?=[\\s/>])`, 'gi')
  close.lastIndex = at
  const end = close.exec(text)?.index ?? text.length
  if (code) yield { kind: 'raw', tag, attributes, value: text.slice(at, end), offset: at }
  return end
}

/** The end of a comment, a closing tag, a doctype or a CDATA section that begins at `open`. */
function endOfDeclaration(text: string, open: number): number | undefined {
  const end = (mark: string) => {
    const found = text.indexOf(mark, open + 2)
    return found === -1 ? text.length : found + mark.length
  }
  if (text.startsWith('<!--', open)) return end('-->')
  if (text.startsWith('<![CDATA[', open)) return end(']]>')
  return text.startsWith('<!', open) || text.startsWith('</', open) || text.startsWith('<?', open)
    ? end('>')
    : undefined
}

function setOnce(attributes: Map<string, string>, name: string, value: string): void {
  const lower = name.toLowerCase()
  if (!attributes.has(lower)) attributes.set(lower, value)
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
