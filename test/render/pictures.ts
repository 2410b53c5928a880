// Real pictures for the tests of this room, drawn when they are needed.
import { createHash } from 'node:crypto'
import sharp from 'sharp'

interface Wanted {
  readonly width?: number
  readonly height?: number
  readonly format?: 'png' | 'jpeg' | 'webp'
  /** A hole without paint in the middle. */
  readonly hole?: boolean
}

/** A dull field with one bright, busy spot at the right edge, where `attention` looks. */
export async function picture({ width = 640, height = 480, format = 'png', hole = false }: Wanted = {}) {
  const spot = `<g transform="translate(${width * 0.85} ${height * 0.3})"><circle r="${height * 0.12}" fill="#ff2200"/><circle r="${height * 0.06}" fill="#ffee00"/></g>`
  const ground = hole
    ? `<path fill-rule="evenodd" fill="#7c8a96" d="M0 0H${width}V${height}H0ZM${width * 0.3} ${height * 0.3}H${width * 0.7}V${height * 0.7}H${width * 0.3}Z"/>`
    : `<rect width="100%" height="100%" fill="#7c8a96"/><rect y="60%" width="100%" height="40%" fill="#66727d"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}${spot}</svg>`
  const drawn = sharp(Buffer.from(svg))
  return (hole ? drawn : drawn.removeAlpha()).toFormat(format).toBuffer()
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** RGBA of one pixel. */
export async function pixelAt(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  const one = sharp(bytes).extract({ left, top, width: 1, height: 1 }).ensureAlpha()
  return [...(await one.raw().toBuffer())]
}

/** The mean difference of two pictures, 0–255, both shrunk to 24 × 24 on white. */
export async function differenceOf(a: Uint8Array, b: Uint8Array): Promise<number> {
  const small = (bytes: Uint8Array) =>
    sharp(bytes)
      .flatten({ background: '#fff' })
      .resize(24, 24, { fit: 'fill' })
      .removeAlpha()
      .raw()
      .toBuffer()
  const [one, other] = [await small(a), await small(b)]
  return one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / one.length
}
