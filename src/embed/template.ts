// Text with holes for addresses. What an address is, a string or an imported name, is known to the host alone.

/** A hole: the address of the rendition with this index. */
export interface Slot {
  readonly slot: number
}

/** A text some parts of which are addresses. */
export interface Template {
  readonly parts: readonly (string | Slot)[]
}

/** A JSON value in which texts may be templates. */
export type Templated =
  | null
  | boolean
  | number
  | string
  | Template
  | readonly Templated[]
  | { readonly [name: string]: Templated }

export function template(...parts: readonly (string | Slot)[]): Template {
  return { parts }
}

/** Joins templates with a text between them. */
export function joinTemplates(templates: readonly Template[], between: string): Template {
  return { parts: templates.flatMap((one, index) => (index === 0 ? one.parts : [between, ...one.parts])) }
}

/** The value with every hole filled: `address` gives the address of a slot. */
export function fill(value: Templated, address: (slot: number) => string): unknown {
  if (isTemplate(value))
    return value.parts.map((part) => (typeof part === 'string' ? part : address(part.slot))).join('')
  if (Array.isArray(value)) return value.map((item) => fill(item, address))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, address)]))
}

/** What a slot is filled with in JavaScript: letters of a string, or an expression. */
export type Filling = { readonly text: string } | { readonly code: string }

/**
 * The value as a JavaScript expression: `fillingOf` says what fills a slot, `nameOf` may give another expression for that
 * of a template of several parts, such as the name of a constant.
 */
export function toExpression(
  value: Templated,
  fillingOf: (slot: number) => Filling,
  nameOf: (expression: string) => string = (expression) => expression,
): string {
  if (isTemplate(value)) {
    const expression = concatenation(value, fillingOf)
    return value.parts.length > 1 ? nameOf(expression) : expression
  }
  if (Array.isArray(value))
    return `[${value.map((item) => toExpression(item, fillingOf, nameOf)).join(', ')}]`
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? quote(value) : String(value)
  const fields = Object.entries(value).map(
    ([name, item]) => `${propertyName(name)}: ${toExpression(item, fillingOf, nameOf)}`,
  )
  return `{ ${fields.join(', ')} }`
}

/** As few literals as there can be: each one more is memory in every bundler. */
function concatenation({ parts }: Template, fillingOf: (slot: number) => Filling): string {
  const joined: Filling[] = []
  for (const part of parts) {
    const filling = typeof part === 'string' ? { text: part } : fillingOf(part.slot)
    const last = joined.at(-1)
    if (last !== undefined && 'text' in last && 'text' in filling)
      joined[joined.length - 1] = { text: last.text + filling.text }
    else joined.push(filling)
  }
  if (joined.length === 0) return '""'
  return joined.map((one) => ('text' in one ? quote(one.text) : one.code)).join(' + ')
}

function isTemplate(value: Templated): value is Template {
  return value !== null && typeof value === 'object' && Array.isArray((value as Template).parts)
}

// `__proto__: …` in a literal sets the prototype; computed, it is a name like any other.
const propertyName = (name: string) => (name === '__proto__' ? '["__proto__"]' : quote(name))

/** A string literal that is safe in a script element as well. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
