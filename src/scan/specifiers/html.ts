import { hasWord, setWords } from '../../spec/set-words.ts'
import { FORMATS } from '../../spec/specs.ts'
import { candidatesOf, findInAttribute, trimmed } from './attributes.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs, moved } from './found.ts'
import { type HtmlPlace, htmlPlaceOf } from './html-places.ts'
import { findInJavaScript } from './javascript.ts'
import { type Attribute, type Part, partsOf } from './markup.ts'
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

/** Those that the page itself shows, but for its styles: `src`, `srcset`, `href` and the like. */
export function findPicturesInHtml(text: string): HtmlPicture[] {
  return text.includes('generate') ? scanHtml(text).flatMap(({ pictures }) => pictures) : []
}

interface Piece {
  readonly pictures: readonly HtmlPicture[]
  readonly others: readonly Found[]
}

function scanHtml(text: string): Piece[] {
  let attributes: Attribute[] = []
  let depth = 0
  return [...partsOf(text, false)].map((part): Piece => {
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
    if (part.tag === 'picture') depth++
    return {
      pictures: own.flatMap((attribute) => picturesIn(attribute, part, depth > 0)),
      others: own.flatMap((attribute) =>
        attribute.name.toLowerCase() === 'style' ? findInAttribute(attribute) : [],
      ),
    }
  })
}

function findInRaw(part: Extract<Part, { kind: 'raw' }>): Found[] {
  if (part.tag === 'style') return findInStyleBlock(part)
  if (part.attributes.get('type')?.toLowerCase() !== 'module') return []
  return moved(findInJavaScript(part.value, { jsx: false }), part.offset)
}

function picturesIn(attribute: Attribute, tag: Tag, inPicture: boolean): HtmlPicture[] {
  const { value, offset } = attribute
  if (!value.includes('generate')) return []
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
    return [{ ...own, ...meaningOf(own, inPicture, sole) }]
  })
}

function meaningOf(
  { written, place, tag, attribute }: Pick<HtmlPicture, 'written' | 'place' | 'tag' | 'attribute'>,
  inPicture: boolean,
  sole: boolean,
): Pick<HtmlPicture, 'meant' | 'problem'> {
  const shown = `<${tag.tag} ${attribute.name.toLowerCase()}>`
  if (place === 'wrong') return { meant: written, problem: `${shown} shows no picture` }
  const alt = decodeEntities(tag.attributes.get('alt')?.trim() ?? '')
  const words: Partial<Record<'alt' | 'decorative' | 'prompt' | 'format' | 'as', string | undefined>> = {}
  if (place === 'img' && tag.attributes.has('alt'))
    Object.assign(words, alt === '' ? { alt: undefined, decorative: '' } : { alt, decorative: undefined })
  if (hasWord(written, 'prompt', '')) {
    if (!alt)
      return { meant: written, problem: `"prompt" has no text, and ${shown} has no alt to take it from` }
    words.prompt = alt
  }
  const format = FORMATS.find((one) => tag.attributes.get('type')?.trim() === `image/${one}`)
  if (place === 'srcset' && format !== undefined && !hasWord(written, 'format')) words.format = format
  const { usual, takes } = shapesOf(place, { written, tag, inPicture, sole })
  const as = new URLSearchParams(written.slice(written.indexOf('?'))).get('as')
  const problem =
    as === null || takes.includes(as)
      ? {}
      : { problem: `${shown} takes ${takes.map((one) => `as=${one}`).join(', ')} here` }
  // An <img> with the addresses alone would lack its size.
  words.as = as === null ? usual : place === 'img' && as === 'srcset' ? 'img' : as
  return { meant: setWords(written, words), ...problem }
}

function shapesOf(
  place: HtmlPlace,
  { written, tag, inPicture, sole }: { written: string; tag: Tag; inPicture: boolean; sole: boolean },
): { usual: string; takes: readonly string[] } {
  const files = ['url', 'original']
  if (place === 'srcset')
    return sole ? { usual: 'srcset', takes: ['srcset', ...files] } : { usual: 'url', takes: files }
  if (place !== 'img') return { usual: 'url', takes: files }
  if (tag.attributes.has('srcset')) return { usual: 'url', takes: files }
  const shapes = ['img', 'srcset', ...files]
  if (inPicture) return { usual: 'img', takes: shapes }
  const oneFormat = /[?&]format=[a-z]+(?:&|$)/.test(written)
  return { usual: oneFormat ? 'img' : 'picture', takes: ['picture', ...shapes] }
}
