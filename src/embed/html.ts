// Pages: text in, text out. Only what an author wrote for a picture is changed; the rest stays byte for byte.

import type { HtmlPicture } from '../scan/specifiers/html.ts'
import type { GeneratedImg, GeneratedPicture } from './shapes.ts'
import { type Edit, splice } from './splice.ts'

/** What a picture's place is given: what its shape gives, with addresses. */
export type PageValue = string | GeneratedImg | GeneratedPicture

/** A page with values (in the order of its pictures) in the place of specifiers. */
export function writePage(
  text: string,
  pictures: readonly HtmlPicture[],
  values: readonly PageValue[],
): string {
  return splice(
    text,
    pictures.flatMap((picture, index) => editsOf(text, picture, values[index]!)),
  )
}

function editsOf(text: string, picture: HtmlPicture, value: PageValue): Edit[] {
  const { attribute, tag, offset, end } = picture
  if (!tag.closed) return []
  const quote = /["']/.exec(text[attribute.offset - 1] ?? '')?.[0]
  if (typeof value === 'string') {
    if (quote !== undefined) return [{ start: offset, end, content: escaped(value, quote) }]
    return [{ ...extent(attribute), content: `${attribute.name}=${quoted(value, '"')}` }]
  }
  const img = 'img' in value ? value.img : value
  const own = quote ?? '"'
  const attributes = Object.entries({ ...sizeOf(img, picture), ...styleOf(value, picture) })
    .filter(([name]) => name === 'style' || !tag.attributes.has(name))
    .map(([name, given]) => ` ${name}=${quoted(given, own)}`)
  const content = `${attribute.name}=${quoted(img.src, own)}${attributes.join('')}`
  const edits = [{ ...extent(attribute), content }]
  const sources = 'img' in value ? sourcesOf(value, picture, own) : ''
  if (sources === '') return edits
  const before = { start: tag.start, end: tag.start, content: `<picture>${sources}` }
  return [before, ...edits, { start: tag.end, end: tag.end, content: '</picture>' }]
}

/** What a browser needs to leave the right room, and to choose a file; without what an author knows better. */
function sizeOf(img: GeneratedPicture['img'], { tag }: HtmlPicture): Record<string, string> {
  const several = img.srcset.includes(', ')
  return {
    ...(several ? { srcset: img.srcset } : {}),
    width: String(scaled(tag.attributes.get('height'), img.height, img.width)),
    height: String(scaled(tag.attributes.get('width'), img.width, img.height)),
    alt: img.alt,
  }
}

// Of an author who wrote one side alone: a browser takes the ratio from both.
function scaled(written: string | undefined, other: number, own: number): number {
  const side = /^\s*(\d+)\s*$/.exec(written ?? '')?.[1]
  return side === undefined ? own : Math.max(1, Math.round((Number(side) / other) * own))
}

function styleOf(value: GeneratedImg | GeneratedPicture, { tag }: HtmlPicture): Record<string, string> {
  const { placeholder } = value
  if (placeholder === undefined || tag.attributes.has('style')) return {}
  const shown = placeholder.startsWith('#') ? placeholder : `url(${placeholder}) center / cover`
  return { style: `background: ${shown}` }
}

function sourcesOf({ sources }: GeneratedPicture, { tag }: HtmlPicture, quote: string): string {
  const written = tag.attributes.get('sizes')
  const sizes = written === undefined ? '' : ` sizes=${quoted(written, quote, true)}`
  // In the order of `formats`: a browser takes the first that it can show.
  return Object.entries(sources)
    .map(([format, srcset]) => {
      const type = quoted(`image/${format}`, quote)
      return `<source type=${type} srcset=${quoted(srcset, quote)}${sizes}>`
    })
    .join('')
}

const extent = ({ start, end }: Edit | HtmlPicture['attribute']) => ({ start, end })

/** A value in quotes; `raw`: as it stands in HTML already. */
function quoted(value: string, quote: string, raw = false): string {
  return quote + (raw ? value.replaceAll(quote, ENTITY[quote]!) : escaped(value, quote)) + quote
}

const ENTITY: Readonly<Record<string, string>> = { '"': '&quot;', "'": '&#39;' }
const escaped = (value: string, quote: string) =>
  value.replaceAll('&', '&amp;').replaceAll(quote, ENTITY[quote]!)
