// The specs: requests with every default filled in. Frozen; nothing downstream looks at what a person wrote.
import type { Place } from '../errors/index.ts'
import type { Json } from './key.ts'

/** The formats that a rendition may have, in the order in which a browser should prefer them. */
export const FORMATS = ['avif', 'webp', 'jpeg', 'png'] as const
export type Format = (typeof FORMATS)[number]

/** The shapes that an import may give. */
export const SHAPES = ['url', 'srcset', 'img', 'picture', 'image-set', 'metadata', 'original'] as const
export type Shape = (typeof SHAPES)[number]

/** Whether a shape has files of several formats, of which a browser takes the first that it knows. */
export const hasSources = (as: Shape): boolean => as === 'picture' || as === 'image-set'

/** Whether a shape has one size: the largest. */
export const hasOneSize = (as: Shape): boolean => as === 'url' || as === 'image-set'

/** The extension of each format's files. */
export const EXTENSION: Readonly<Record<Format, string>> = {
  avif: 'avif',
  webp: 'webp',
  jpeg: 'jpg',
  png: 'png',
}

/** The most effort that each encoder knows; the least is 0. */
export const EFFORT_MAX: Readonly<Record<Format, number>> = { avif: 9, webp: 6, jpeg: 9, png: 9 }

export const FITS = ['cover', 'contain', 'fill', 'inside', 'outside'] as const
export type Fit = (typeof FITS)[number]

/** The body that is sent, without `n`, `stream` and `response_format`: everything that changes the picture. */
export interface RequestBody {
  readonly model: string
  readonly prompt: string
  readonly size?: string
  readonly quality?: string
  readonly background?: string
  readonly output_format?: string
  readonly output_compression?: number
  readonly moderation?: string
  readonly [extra: string]: Json | undefined
}

/** Everything that is sent and changes the picture. `key` is `keyOf(request)`. */
export interface OriginalSpec {
  readonly key: string
  readonly request: RequestBody
}

/** The part of the original that is shown: all of it, a ratio of it, or exactly so many pixels. */
export type Frame =
  | { readonly kind: 'whole' }
  | { readonly kind: 'ratio'; readonly width: number; readonly height: number }
  | { readonly kind: 'pixels'; readonly width: number; readonly height: number }

/** Settings of one encoder: quality 1–100 and effort, from 0 (fast) to the format's `EFFORT_MAX` (small). */
export interface EncodeSettings {
  readonly quality?: number
  readonly effort?: number
}

/** How a picture shall look in the output; nothing of it reaches the API. */
export interface Look {
  readonly frame: Frame
  /** Widths in pixels, ascending; each is cut to the frame's own width. */
  readonly widths: readonly number[]
  /** Heights in pixels, ascending, in place of widths where there are any. */
  readonly heights: readonly number[]
  /** Formats of the `<source>`s, best first. */
  readonly formats: readonly Format[]
  /** Format of the fallback and of single files; `auto` is jpeg, or png where there is alpha. */
  readonly fallback: Format | 'auto'
  readonly fit: Fit
  /** As sharp's `position`: `attention`, `entropy`, `centre`, `top`, `right top`, … */
  readonly position: string
  readonly encode: Readonly<Partial<Record<Format, EncodeSettings>>>
  readonly placeholder: 'blur' | 'color' | false
}

/** A picture that the project asks for: one name, one original. */
export interface Picture {
  /** Path from the project's root, forward slashes, without an extension: `src/blog/hero`. */
  readonly name: string
  readonly spec: OriginalSpec
  /** The text alternative: `''` for decorative pictures, `undefined` where nobody wrote one. */
  readonly alt: string | undefined
  /** The look that its entry asks for; an import may ask for another. */
  readonly look: Look
  readonly as: Shape
  readonly from: 'manifest' | 'inline'
  /** Where it is asked for: its manifest entry or inline import first, then every use. */
  readonly places: readonly Place[]
}

/** Everything that changes the bytes of one rendition. `key` is `keyOf` of the rest. */
export interface RenditionSpec {
  readonly key: string
  /** SHA-256 of the original's bytes. */
  readonly original: string
  /** The part of the original that is shown, in the original's pixels; all of it unless `fit` is `cover`. */
  readonly crop: { readonly width: number; readonly height: number }
  /** Pixels of the rendition. */
  readonly width: number
  readonly height: number
  /** `cover` cuts the crop out, `contain` pads, `fill` takes the whole as it is: what every other case comes to. */
  readonly fit: 'cover' | 'contain' | 'fill'
  /** Where the crop or the padded picture lies; `centre` where there is nothing to choose. */
  readonly position: string
  readonly format: Format
  readonly quality: number
  readonly effort: number
  /** Whether the mark of origin is written. */
  readonly provenance: boolean
  /** The encoder and its version: other encoders give other bytes. */
  readonly encoder: string
}
