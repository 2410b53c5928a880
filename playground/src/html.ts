// From what an import gives to the HTML that a visitor gets.
import type { GeneratedImg, GeneratedPicture } from 'unplugin-generate-images'

/** Where a picture stands on the page. */
export interface Placing {
  /** How wide it is shown, for the choice among widths. */
  readonly sizes: string
  /** Seen at once, so that the browser must not wait with it. */
  readonly first?: boolean
  /** Another crop of it, for narrow screens. */
  readonly narrow?: GeneratedPicture
}

const NARROW = '(max-width: 40rem)'

/** A `<picture>`: every format, its size, its preview while it loads. */
export function picture(given: GeneratedPicture, { sizes, first, narrow }: Placing): string {
  const crops = [
    ...(narrow === undefined ? [] : [sources(narrow, sizes, NARROW)]),
    sources(given, sizes),
    img({ ...given.img, ...previewOf(given) }, { sizes, ...(first === undefined ? {} : { first }) }),
  ]
  return `<picture>${crops.join('')}</picture>`
}

/** An `<img>` with its `srcset`. */
export function img({ src, srcset, width, height, alt, placeholder }: GeneratedImg, where: Placing): string {
  return tag('img', {
    src,
    srcset,
    sizes: where.sizes,
    width,
    height,
    alt,
    loading: where.first ? undefined : 'lazy',
    fetchpriority: where.first ? 'high' : undefined,
    decoding: 'async',
    style: placeholder === undefined ? undefined : `background:${background(placeholder)}`,
  })
}

/** One tag; attributes without a value are left out. */
export function tag(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === undefined ? [] : [`${attribute}="${asText(String(value))}"`],
  )
  return `<${name} ${written.join(' ')}>`
}

/** Text that stands for itself in HTML. */
export function asText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function sources(
  { img: { srcset, width, height }, sources }: GeneratedPicture,
  sizes: string,
  media?: string,
) {
  const formats = Object.entries(sources).map(([format, files]) => ({ type: `image/${format}`, files }))
  // The fallback of a crop is a source as well: the one <img> belongs to the crop for wide screens.
  const all = media === undefined ? formats : [...formats, { type: undefined, files: srcset }]
  return all
    .map(({ type, files }) => tag('source', { type, media, srcset: files, sizes, width, height }))
    .join('')
}

const previewOf = ({ placeholder }: GeneratedPicture) => (placeholder === undefined ? {} : { placeholder })
const background = (preview: string) =>
  preview.startsWith('#') ? preview : `center / cover no-repeat url('${preview}')`
