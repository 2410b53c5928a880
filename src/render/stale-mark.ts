// The mark on a picture whose prompt was edited since: part of the file that is shown, where no style of a page reaches.

/** A file as a browser would get it. Width and height are pixels. */
export interface MarkedPicture {
  readonly bytes: Uint8Array
  /** Its media type. */
  readonly type: string
  readonly width: number
  readonly height: number
}

const COLOR = '#b3261e'
const TEXT = 'stale'

/**
 * An SVG document of the same size that shows the picture with a mark in its upper right corner: a label that can be read
 * as long as the picture is shown some 200 pixels wide, and a bare corner in a picture that is itself too small for one.
 * The picture is inside as it is, so no pixel of it is encoded again.
 */
export function markStale({ bytes, type, width, height }: MarkedPicture): string {
  const data = `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<image href="${data}" width="${width}" height="${height}" preserveAspectRatio="none"/>`,
    label(width, height),
    '</svg>',
  ].join('')
}

function label(width: number, height: number): string {
  const size = Math.min(Math.max(width / 16, Math.min(width / 8, 12)), height / 4)
  // Smaller letters can't be read.
  if (size < 7) {
    const side = round(Math.min(width, height) / 3)
    return `<path d="M${round(width - side)} 0H${width}V${side}Z" fill="${COLOR}"/>`
  }
  const [wide, high] = [round(size * 3.6), round(size * 1.6)]
  const left = round(width - wide)
  return (
    `<path d="M${left} 0H${width}V${high}H${round(left + size / 2)}Q${left} ${high} ${left} ${round(high - size / 2)}Z" fill="${COLOR}"/>` +
    `<text x="${round(left + wide / 2)}" y="${round(high * 0.68)}" font-family="system-ui, sans-serif" font-size="${round(size)}" ` +
    `font-weight="600" fill="#fff" text-anchor="middle">${TEXT}</text>`
  )
}

const round = (value: number) => Math.round(value * 100) / 100
