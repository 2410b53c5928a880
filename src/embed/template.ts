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

/** The value as a JavaScript expression: `address` gives the expression of a slot. */
export function toExpression(value: Templated, address: (slot: number) => string): string {
  if (isTemplate(value)) {
    const parts = value.parts.map((part) => (typeof part === 'string' ? quote(part) : address(part.slot)))
    return parts.length === 0 ? '""' : parts.join(' + ')
  }
  if (Array.isArray(value)) return `[${value.map((item) => toExpression(item, address)).join(', ')}]`
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? quote(value) : String(value)
  const fields = Object.entries(value).map(
    ([name, item]) => `${propertyName(name)}: ${toExpression(item, address)}`,
  )
  return `{ ${fields.join(', ')} }`
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
