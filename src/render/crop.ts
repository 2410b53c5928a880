import type { RenditionSpec } from '../spec/specs.ts'
import type { Pixels } from './decode.ts'
import { isStrategy, place, type Rect } from './placement.ts'
import { loadSharp } from './sharp.ts'

/**
 * The part of an original that a spec shows, found in its full-size pixels, so that every width shows the same.
 * `attention` and `entropy` look for it; the compass words say it.
 */
export async function locateCrop(
  pixels: Pixels,
  { crop, position }: Pick<RenditionSpec, 'crop' | 'position'>,
): Promise<Rect> {
  if (!isStrategy(position)) return place(crop, pixels, position)
  const sharp = await loadSharp()
  const { data, width, height, channels } = pixels
  const { info } = await sharp(data, { raw: { width, height, channels } })
    .resize(crop.width, crop.height, { fit: 'cover', position: sharp.strategy[position] })
    .raw()
    .toBuffer({ resolveWithObject: true })
  // sharp tells the offsets as the distance that the picture was moved: zero or negative.
  return { ...crop, left: -(info.cropOffsetLeft ?? 0), top: -(info.cropOffsetTop ?? 0) }
}
