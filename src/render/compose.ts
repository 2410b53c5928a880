import type { Sharp } from 'sharp'
import type { RenditionSpec } from '../spec/specs.ts'
import type { Pixels } from './decode.ts'
import { place, type Rect, shownIn } from './placement.ts'
import { loadSharp } from './sharp.ts'

const WHITE = { r: 255, g: 255, b: 255, alpha: 1 }
const CLEAR = { r: 255, g: 255, b: 255, alpha: 0 }

/**
 * The pixels of a rendition, still to be encoded: the crop, resized from the full size to exactly the spec's size.
 * The edges that `contain` leaves are transparent; in jpeg they are white, as all that is transparent.
 */
export async function compose(
  pixels: Pixels,
  crop: Rect,
  spec: Pick<RenditionSpec, 'width' | 'height' | 'fit' | 'position' | 'format'>,
): Promise<Sharp> {
  const sharp = await loadSharp()
  const { data, width, height, channels } = pixels
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
  if (spec.format === 'jpeg') picture.flatten({ background: WHITE })
  picture.extract({ left: crop.left, top: crop.top, width: crop.width, height: crop.height })
  if (spec.fit !== 'contain') return picture.resize(spec.width, spec.height, { fit: 'fill' })
  const shown = shownIn(spec, pixels)
  const { left, top } = place(shown, spec, spec.position)
  return picture.resize(shown.width, shown.height, { fit: 'fill' }).extend({
    left,
    top,
    right: spec.width - shown.width - left,
    bottom: spec.height - shown.height - top,
    background: spec.format === 'jpeg' ? WHITE : CLEAR,
  })
}
