import type { Sharp } from 'sharp'
import type { RenditionSpec } from '../spec/specs.ts'
import type { Pixels } from './decode.ts'
import { place, type Rect, shownIn } from './placement.ts'
import { loadSharp } from './sharp.ts'

/** What a picture looks like, whatever it is written as: renditions with the same geometry show the same pixels. */
export type Geometry = Pick<RenditionSpec, 'crop' | 'width' | 'height' | 'fit' | 'position'>

const CLEAR = { r: 255, g: 255, b: 255, alpha: 0 }

/**
 * The pixels of a rendition, still to be encoded: the crop, resized from the full size to exactly the size of the
 * geometry. The edges that `contain` leaves are transparent.
 */
export async function compose(
  pixels: Pixels,
  crop: Rect,
  geometry: Pick<Geometry, 'width' | 'height' | 'fit' | 'position'>,
): Promise<Sharp> {
  const sharp = await loadSharp()
  const { data, width, height, channels } = pixels
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).extract({
    left: crop.left,
    top: crop.top,
    width: crop.width,
    height: crop.height,
  })
  if (geometry.fit !== 'contain') return picture.resize(geometry.width, geometry.height, { fit: 'fill' })
  const shown = shownIn(geometry, pixels)
  const { left, top } = place(shown, geometry, geometry.position)
  return picture.resize(shown.width, shown.height, { fit: 'fill' }).extend({
    left,
    top,
    right: geometry.width - shown.width - left,
    bottom: geometry.height - shown.height - top,
    background: CLEAR,
  })
}
