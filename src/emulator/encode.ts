// The one file of the emulator with sharp, loaded when the first picture is painted.
import type { Pixels } from './paint/pixels.ts'

/** The formats of a picture in an answer. `svg` is the drawing itself, without the painted finish. */
export type OutputFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg'

/** Draws an SVG into raw pixels of exactly `width` × `height`; with alpha where `channels` is 4. */
export async function rasterise(
  svg: string,
  width: number,
  height: number,
  channels: 3 | 4,
): Promise<Pixels> {
  const { default: sharp } = await import('sharp')
  const drawn = sharp(Buffer.from(svg), { limitInputPixels: 40e6 }).resize(width, height, { fit: 'fill' })
  const { data } = await (channels === 3 ? drawn.flatten().removeAlpha() : drawn.ensureAlpha())
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width, height, channels }
}

/**
 * Encodes raw pixels. `compression` is the API's `output_compression`, 0–100, which its encoders take as their quality.
 * `blur` is the radius in pixels of a picture that is not finished yet.
 */
export async function encode(
  { data, width, height, channels }: Pixels,
  {
    format,
    compression,
    blur = 0,
  }: { format: Exclude<OutputFormat, 'svg'>; compression: number; blur?: number },
): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const picture = sharp(data, { raw: { width, height, channels } })
  if (blur > 0) picture.blur(blur)
  const quality = Math.max(1, compression)
  switch (format) {
    case 'jpeg':
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer()
    case 'webp':
      return picture.webp({ quality, effort: 2 }).toBuffer()
    case 'gif':
      return picture.gif({ effort: 1 }).toBuffer()
    case 'png':
      return picture.png({ compressionLevel: 4 }).toBuffer()
  }
}
