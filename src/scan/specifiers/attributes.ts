import { findInCss, placedInCss } from './css.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs, trimmed } from './found.ts'

/** An attribute whose value is text, raw as it stands. */
export interface TextAttribute {
  readonly tag: string
  readonly name: string
  readonly value: string
  readonly offset: number
}

/** Finds the specifiers of an attribute: the whole value, the candidates of a `srcset`, the URLs of a `style`. */
export function findInAttribute(attribute: TextAttribute): Found[] {
  const { tag, value, offset } = attribute
  const name = attribute.name.toLowerCase()
  if (!value.includes('generate')) return []
  if (name === 'style') return findInStyle(value, offset)
  const items = isSrcset(name) ? candidatesOf(value) : [trimmed(value)]
  return items.flatMap(({ raw, at }) => {
    const written = decodeEntities(raw)
    // A link to a page may have any query; only the path of an image makes it ours.
    if (!isOurs(written) || ((tag === 'a' || tag === 'area') && !isImagePath(written))) return []
    return [{ written, offset: offset + at }]
  })
}

function isSrcset(name: string): boolean {
  return name.endsWith('srcset')
}

/** The addresses of a srcset, as HTML reads it: all up to white space, without commas at its end; a descriptor goes up to a comma. */
export function candidatesOf(value: string): { raw: string; at: number }[] {
  return [...value.matchAll(/([^\s,]\S*)([^,]*)/g)].map(({ 1: url = '', index }) => ({
    raw: withoutCommas(url),
    at: index,
  }))
}

// No pattern: one that looks for an end begins anew at each of a million commas.
function withoutCommas(url: string): string {
  let end = url.length
  while (url[end - 1] === ',') end--
  return url.slice(0, end)
}

// In an attribute, the quotes of url("…") are often references themselves.
function findInStyle(value: string, offset: number): Found[] {
  return findInCss(value, { lineComments: false, indented: false }).map((found) => {
    const quote = /^&(?:quot|apos|#39|#34);/.exec(found.written)?.[0] ?? ''
    const inside = quote === '' ? found.written : found.written.slice(quote.length, -quote.length)
    const written = decodeEntities(inside)
    return { ...placedInCss(written), written, offset: offset + found.offset + quote.length }
  })
}
