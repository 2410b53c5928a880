import { escapeHtml } from '../embed/escape-html.ts'
import type { JsxAttribute, Node } from '../embed/mdx-nodes.ts'
import { candidatesOf } from '../scan/specifiers/attributes.ts'
import { isSpoken } from '../scan/specifiers/component.ts'
import { findInCss } from '../scan/specifiers/css.ts'
import { decodeEntities } from '../scan/specifiers/entities.ts'
import { isOurs, trimmed } from '../scan/specifiers/found.ts'
import { findPicturesInHtml } from '../scan/specifiers/html.ts'
import type { HtmlPlace } from '../scan/specifiers/html-places.ts'

/** A specifier in the text of an attribute of JSX. */
export interface Hole {
  readonly attribute: JsxAttribute
  /** Its extent in the attribute's value. */
  readonly start: number
  readonly end: number
  readonly meant: string
  readonly problem?: string | undefined
  /** Of an element's attribute, what it is to a picture. */
  readonly place?: HtmlPlace
}

/** Finds the specifiers in the attributes of an element or a component that are texts, as the scan does. */
export function holesOf({ name, attributes = [] }: Node, inPicture: boolean): Hole[] {
  const texts = attributes.filter(({ value }) => typeof value === 'string')
  const inStyles = texts.filter((one) => one.name === 'style').flatMap(inStyle)
  if (!/^[a-z][\w-]*$/.test(name ?? '')) return [...inStyles, ...texts.flatMap(inComponent)]
  // The element as the HTML that it would be.
  const own = texts.map((one) => ` ${one.name}="${escapeHtml(one.value as string)}"`)
  const html = `${inPicture ? '<picture>' : ''}<${name}${own.join('')}>`
  const inElement = findPicturesInHtml(html).flatMap((picture): Hole[] => {
    const { meant, problem, place, offset, end } = picture
    const attribute = texts.find((one) => one.name === picture.attribute.name)
    if (attribute === undefined) return []
    const before = decodeEntities(html.slice(picture.attribute.offset, offset)).length
    const length = decodeEntities(html.slice(offset, end)).length
    return [{ attribute, start: before, end: before + length, meant, problem, place }]
  })
  return [...inStyles, ...inElement]
}

function inComponent(attribute: JsxAttribute): Hole[] {
  const { name = '', value } = attribute
  if (isSpoken(name) || name.toLowerCase() === 'style') return []
  const items = /srcset$/i.test(name) ? candidatesOf(value as string) : [trimmed(value as string)]
  return items
    .filter(({ raw }) => isOurs(raw))
    .map(({ raw, at }) => ({ attribute, start: at, end: at + raw.length, meant: raw }))
}

function inStyle(attribute: JsxAttribute): Hole[] {
  return findInCss(attribute.value as string, { lineComments: false, indented: false }).map(
    ({ written, offset, meant, problem }) => ({
      ...{ attribute, start: offset, end: offset + written.length, meant, problem },
    }),
  )
}
