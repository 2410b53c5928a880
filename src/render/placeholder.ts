import type { Look } from '../spec/specs.ts'
import { compose } from './compose.ts'
import { locateCrop } from './crop.ts'
import { decodeOriginal, LIMITS, type Limits, type Pixels } from './decode.ts'
import { boxOf, scale } from './layout.ts'
import { placementOf } from './placement.ts'

/** The preview to make, of the part of the original that the look shows. */
export interface PlaceholderRequest extends Pick<Look, 'frame' | 'fit' | 'position'> {
  readonly kind: 'blur' | 'color'
}

/** The longer edge of a blurred preview, in pixels. */
const EDGE = 16

/**
 * A preview of an original. `blur`: a data URI of a WebP 16 pixels long, some 100 to 300 bytes, to be stretched and so
 * blurred by the browser. `color`: the mean colour of what can be seen, as `#rrggbb`. Throws what `decodeOriginal` throws.
 */
export async function renderPlaceholder(
  bytes: Uint8Array,
  request: PlaceholderRequest,
  limits: Limits = LIMITS,
): Promise<string> {
  return placeholderOf(await decodeOriginal(bytes, limits), request)
}

/** The same of pixels. */
export async function placeholderOf(pixels: Pixels, request: PlaceholderRequest): Promise<string> {
  const box = boxOf(request, pixels)
  const output = scale(box, Math.min(1, EDGE / Math.max(box.width, box.height)), box)
  const placement = placementOf(request, pixels, output)
  const crop = await locateCrop(pixels, placement)
  const picture = await compose(pixels, crop, { ...placement, ...output })
  if (request.kind === 'color') return meanColor(await picture.ensureAlpha().raw().toBuffer())
  const tiny = await picture
    .webp({ quality: 50, alphaQuality: 50, effort: 6, smartSubsample: true })
    .toBuffer()
  return `data:image/webp;base64,${tiny.toString('base64')}`
}

/** The mean of RGBA pixels, each counted by its opacity; white where all is transparent. */
function meanColor(rgba: Buffer): string {
  const sum = [0, 0, 0]
  let weight = 0
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!
    weight += alpha
    for (let channel = 0; channel < 3; channel++) sum[channel]! += rgba[at + channel]! * alpha
  }
  if (weight === 0) return '#ffffff'
  return `#${sum
    .map((value) =>
      Math.round(value / weight)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
