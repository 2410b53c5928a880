// Which attributes of HTML have room for a picture, and for what of it.
import type { Attribute } from './markup.ts'

/**
 * `img`: an element that is made whole; `srcset`: candidates; `address`: one file; `page`: one file that others load by its
 * whole address; `wrong`: a place in which no picture can be.
 */
export type HtmlPlace = 'img' | 'srcset' | 'address' | 'page' | 'wrong'

const ADDRESSES = new Set([
  ...['video poster', 'input src', 'object data', 'embed src', 'a href', 'area href'],
  ...['image href', 'image xlink:href', 'feimage href', 'feimage xlink:href'],
  ...['body background', 'table background', 'tr background', 'td background', 'th background'],
])
const LINKS =
  /^(?:icon|(?:apple-touch|mask|fluid)-icon|apple-touch-icon-precomposed|apple-touch-startup-image|preload|prefetch|image_src)$/i
const META =
  /^(?:og:image(?::(?:url|secure_url))?|twitter:image(?::src)?|image|thumbnail(?:url)?|msapplication-\w*(?:image|logo))$/i
const OTHERS = new Set(['src', 'href', 'xlink:href', 'poster', 'content', 'data', 'background'])

/** What an attribute is to a picture; `undefined` where it is none of ours, whatever stands in it. */
export function htmlPlaceOf(
  { tag, name }: Pick<Attribute, 'tag' | 'name'>,
  attributes: ReadonlyMap<string, string>,
): HtmlPlace | undefined {
  const lower = name.toLowerCase()
  if (tag === 'img' && lower === 'src') return 'img'
  if (lower.endsWith('srcset')) return 'srcset'
  if (lower.startsWith('data-') || ADDRESSES.has(`${tag} ${lower}`)) return 'address'
  if (tag === 'link' && lower === 'href') {
    const rels = (attributes.get('rel') ?? '').split(/\s+/)
    return rels.some((rel) => LINKS.test(rel)) ? 'address' : 'wrong'
  }
  if (tag === 'meta' && lower === 'content') {
    const names = ['property', 'name', 'itemprop'].map((key) => attributes.get(key)?.trim() ?? '')
    return names.some((one) => META.test(one)) ? 'page' : 'wrong'
  }
  return OTHERS.has(lower) ? 'wrong' : undefined
}
