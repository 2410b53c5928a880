// Which files a look gives for an original, and how large each is. Pure arithmetic on pixels.
import type { Fit, Format, Frame, Look } from '../spec/specs.ts'

/** A size in pixels. */
export interface Box {
  readonly width: number
  readonly height: number
}

/** One file of a look. */
export interface LaidOut extends Box {
  readonly format: Format
}

/**
 * The box that a frame takes of an original: all of it, the largest box of that ratio inside it, or exactly those
 * pixels, shrunk in their own ratio where the original is smaller.
 */
export function frameOf(frame: Frame, original: Box): Box {
  if (frame.kind === 'whole') return { width: original.width, height: original.height }
  const largest = Math.min(original.width / frame.width, original.height / frame.height)
  return scale(frame, frame.kind === 'pixels' ? Math.min(1, largest) : largest, original)
}

/**
 * The size of the largest rendition. `cover` (crops), `contain` (pads) and `fill` (distorts) have the frame's box.
 * `inside` and `outside` keep the original's ratio: the largest box inside the frame, the smallest one around it.
 */
export function boxOf({ frame, fit }: { frame: Frame; fit: Fit }, original: Box): Box {
  if (!keepsRatio(fit)) return frameOf(frame, original)
  const box = frame.kind === 'pixels' ? frame : frameOf(frame, original)
  const across = box.width / original.width
  const down = box.height / original.height
  return scale(
    original,
    Math.min(1, fit === 'inside' ? Math.min(across, down) : Math.max(across, down)),
    original,
  )
}

/** The format of the fallback: `auto` is jpeg, or png where the original has alpha. */
export function fallbackOf(
  { fallback }: Pick<Look, 'fallback'>,
  { hasAlpha }: { readonly hasAlpha?: boolean },
): Format {
  if (fallback !== 'auto') return fallback
  return hasAlpha ? 'png' : 'jpeg'
}

/**
 * The files of a look, format by format (those of the sources, then the fallback's, unless `only` names others), each
 * ascending. Widths are cut to the box of `boxOf`, so nothing is upscaled: 480, 960 and 1440 of a box 1024 wide are
 * 480, 960 and 1024. A look without widths and heights gives the box itself.
 */
export function layoutOf(
  look: Pick<Look, 'frame' | 'fit' | 'widths' | 'heights' | 'formats' | 'fallback'>,
  original: Box & { readonly hasAlpha?: boolean },
  only?: readonly Format[],
): LaidOut[] {
  const box = boxOf(look, original)
  // The exact ratio, so that rounding the box is not felt in small sizes.
  const shape = keepsRatio(look.fit) || look.frame.kind === 'whole' ? original : look.frame
  const ratio = shape.width / shape.height
  const ofWidth = (width: number): Box =>
    width >= box.width ? box : { width, height: clamp(width / ratio, box.height) }
  const ofHeight = (height: number): Box =>
    height >= box.height ? box : { width: clamp(height * ratio, box.width), height }
  const asked = look.heights.length > 0 ? look.heights.map(ofHeight) : look.widths.map(ofWidth)
  const sizes = [...new Map((asked.length === 0 ? [box] : asked).map((size) => [size.width, size])).values()]
  sizes.sort((a, b) => a.width - b.width)
  const formats = only ?? [...look.formats, fallbackOf(look, original)]
  return [...new Set(formats)].flatMap((format) =>
    sizes.map(({ width, height }) => ({ format, width, height })),
  )
}

/** `box` by a factor, in whole pixels, at least 1 and at most `limit`'s. */
export function scale(box: Box, factor: number, limit: Box): Box {
  return { width: clamp(box.width * factor, limit.width), height: clamp(box.height * factor, limit.height) }
}

const keepsRatio = (fit: Fit) => fit === 'inside' || fit === 'outside'
const clamp = (value: number, most: number) => Math.min(Math.max(Math.round(value), 1), most)
