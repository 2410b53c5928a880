import { FORMATS } from '../../spec/specs.ts'
import { candidatesOf, findInAttribute } from './attributes.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs, moved, trimmed } from './found.ts'
import { type HtmlPlace, htmlPlaceOf } from './html-places.ts'
import { findInJavaScript } from './javascript.ts'
import { type Attribute, type Part, partsOf } from './markup.ts'
import { meaningOf, type Standing } from './meaning.ts'
import { findInStyleBlock } from './style-block.ts'

type Tag = Extract<Part, { kind: 'tag' }>

/** A specifier in an attribute of HTML that the page itself shows. */
export interface HtmlPicture extends Found {
  readonly meant: string
  readonly place: HtmlPlace
  readonly attribute: Attribute
  readonly tag: Tag
  /** Where it ends in the text, as it stands there. */
  readonly end: number
}

/**
 * Finds the specifiers of HTML: attributes that hold pictures, inline styles, `<style>` and `<script type="module">`.
 * Comments and other scripts do not count.
 */
export function findInHtml(text: string): Found[] {
  if (!text.includes('generate')) return []
  const found = scanHtml(text).flatMap(({ pictures, others }) => [...pictures, ...others])
  return found.sort((a, b) => a.offset - b.offset)
}

/**
 * Those that the page itself shows, but for its styles: `src`, `srcset`, `href` and the like. With `jsx`: those that the
 * elements of JSX have as texts.
 */
export function findPicturesInHtml(text: string, { jsx = false } = {}): HtmlPicture[] {
  return text.includes('generate') ? scanHtml(text, jsx).flatMap(({ pictures }) => pictures) : []
}

interface Piece {
  readonly pictures: readonly HtmlPicture[]
  readonly others: readonly Found[]
}

function scanHtml(text: string, jsx = false): Piece[] {
  let attributes: Attribute[] = []
  let depth = 0
  return [...partsOf(text, jsx)].map((part): Piece => {
    if (part.kind === 'attribute') {
      // Of several with one name, browsers take the first.
      const isFirst = attributes.every(({ name }) => name.toLowerCase() !== part.name.toLowerCase())
      if (isFirst) attributes.push(part)
      return { pictures: [], others: [] }
    }
    const own = attributes
    attributes = []
    if (part.kind === 'close' && part.tag === 'picture') depth = Math.max(0, depth - 1)
    if (part.kind === 'raw') return { pictures: [], others: findInRaw(part) }
    if (part.kind !== 'tag') return { pictures: [], others: [] }
    if (jsx && part.component) return { pictures: [], others: [] }
    if (part.tag === 'picture') depth++
    return {
      pictures: own.flatMap((attribute) =>
        picturesIn(attribute, jsx ? withTexts(part, own) : part, depth > 0),
      ),
      others: own.flatMap((attribute) =>
        attribute.name.toLowerCase() === 'style' ? findInAttribute(attribute) : [],
      ),
    }
  })
}

/** A tag without the attributes whose values are code. */
function withTexts(tag: Tag, own: readonly Attribute[]): Tag {
  const code = new Set(own.filter(({ form }) => form !== 'text').map(({ name }) => name.toLowerCase()))
  return { ...tag, attributes: new Map([...tag.attributes].filter(([name]) => !code.has(name))) }
}

function findInRaw(part: Extract<Part, { kind: 'raw' }>): Found[] {
  if (part.tag === 'style') return findInStyleBlock(part)
  if (part.attributes.get('type')?.toLowerCase() !== 'module') return []
  return moved(findInJavaScript(part.value, { jsx: false }), part.offset)
}

function picturesIn(attribute: Attribute, tag: Tag, inPicture: boolean): HtmlPicture[] {
  const { value, offset, form } = attribute
  if (form !== 'text' || !value.includes('generate')) return []
  const place = htmlPlaceOf(attribute, tag.attributes)
  if (place === undefined) return []
  const items = place === 'srcset' ? candidatesOf(value) : [trimmed(value)]
  return items.flatMap(({ raw, at }) => {
    const written = decodeEntities(raw)
    // A link to a page, an address for a script or a text may have any query; only the path of an image makes it ours.
    const isClear =
      !['a', 'area'].includes(attribute.tag) && !/^data-/i.test(attribute.name) && place !== 'wrong'
    if (!isOurs(written) || (!isClear && !isImagePath(written))) return []
    const sole = place === 'srcset' && value.trim() === raw
    const own = { written, offset: offset + at, end: offset + at + raw.length, place, attribute, tag }
    return [{ ...own, ...meaningOf(standingOf(own, inPicture, sole)) }]
  })
}

function standingOf(
  { written, place, tag, attribute }: Pick<HtmlPicture, 'written' | 'place' | 'tag' | 'attribute'>,
  inPicture: boolean,
  sole: boolean,
): Standing {
  const text = (name: string) => {
    const value = tag.attributes.get(name)
    return value === undefined ? undefined : decodeEntities(value.trim())
  }
  return {
    ...{ written, place, inPicture, sole, alt: text('alt') },
    shown: `<${tag.tag} ${attribute.name.toLowerCase()}>`,
    format: FORMATS.find((one) => tag.attributes.get('type')?.trim() === `image/${one}`),
    hasSrcset: tag.attributes.has('srcset'),
  }
}
