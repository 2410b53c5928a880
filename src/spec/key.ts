import { hash } from 'node:crypto'

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Canonical JSON after RFC 8785: names sorted by UTF-16 code units, no white space. Throws a TypeError for what JSON can't hold. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`)
  if (value === undefined) throw new TypeError('undefined is not JSON')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  let fields = ''
  // As `sort` compares texts by itself: by UTF-16 code units.
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, Json>)[name]
    if (field !== undefined)
      fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(field)}`
  }
  return `{${fields}}`
}

/** The same value for people: sorted names, two spaces, final newline. The form of every file that is meant for git. */
export function canonicalText(value: Json): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`
}

/** The key of a spec: lower-case hexadecimal SHA-256 of its canonical JSON. */
export function keyOf(spec: Json): string {
  return hash('sha256', canonicalJson(spec))
}
