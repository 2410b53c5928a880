// The elements of a picture and their attributes, for whoever writes them into a language. HTML's own names and values.
import type { GeneratedImg, GeneratedPicture } from './shapes.ts'

/** What an author says of a picture where it stands. */
export interface PictureProps {
  /** What an import with `as=picture` or `as=img` gives. */
  readonly of: GeneratedPicture | GeneratedImg
  /** How wide the picture is shown, as in HTML: `(max-width: 600px) 100vw, 50vw`. The whole width of the window unless told. */
  readonly sizes?: string | undefined
  /** In place of the picture's own. */
  readonly alt?: string | undefined
  /** For the picture that a visitor waits for: loaded at once, before others. All others are loaded when they come near. */
  readonly priority?: boolean | undefined
}

/** A `<source>`. */
export interface SourceAttributes {
  readonly type: string
  readonly srcset: string
  readonly sizes?: string
}

/** The `<img>`. */
export interface ImgAttributes {
  readonly src: string
  readonly srcset: string
  readonly sizes?: string
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly loading?: 'lazy'
  readonly decoding: 'async'
  readonly fetchpriority?: 'high'
}

/** The parts of a picture: without sources it is an `<img>` alone. */
export interface PictureParts {
  readonly sources: readonly SourceAttributes[]
  readonly img: ImgAttributes
  /** CSS that shows the placeholder until the picture is there, by property; none where there is no placeholder. */
  readonly style: Readonly<Record<string, string>> | undefined
}

/** Takes a picture apart into elements. */
export function pictureParts({ of, sizes, alt, priority = false }: PictureProps): PictureParts {
  const { src, srcset, width, height, alt: own } = 'img' in of ? of.img : of
  const shown = sizes === undefined ? {} : { sizes }
  const loaded = priority ? { fetchpriority: 'high' as const } : { loading: 'lazy' as const }
  const sources = Object.entries('sources' in of ? of.sources : {}).map(([format, set]) => ({
    ...{ type: `image/${format}`, srcset: set },
    ...shown,
  }))
  const img = { src, srcset, ...shown, width, height, alt: alt ?? own, ...loaded, decoding: 'async' as const }
  return { sources, img, style: of.placeholder === undefined ? undefined : behind(of.placeholder) }
}

/** The value of `background` that shows a placeholder until the picture is there. */
export function backgroundOf(placeholder: string): string {
  return placeholder.startsWith('#') ? placeholder : `url("${placeholder}") center / cover`
}

function behind(placeholder: string): Record<string, string> {
  if (placeholder.startsWith('#')) return { 'background-color': placeholder }
  return { 'background-image': `url("${placeholder}")`, 'background-size': 'cover' }
}
