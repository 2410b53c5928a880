// What bytes are, told by how they begin, and never by a name or a header that came with them.

/** The formats that an original may have. */
export type PictureType = 'png' | 'jpeg' | 'webp'

/** How other files begin: as this text, or in this form. */
const OTHERS: readonly (readonly [RegExp | string, string])[] = [
  ['GIF8', 'a GIF'],
  ['II*\0', 'a TIFF'],
  ['MM\0*', 'a TIFF'],
  [/^.{4}ftypavi[fs]/s, 'an AVIF'],
  [/^.{4}ftyp/s, 'a HEIF picture or a video'],
  ['BM', 'a BMP'],
  ['%PDF', 'a PDF'],
  ['\xff\x0a', 'a JPEG XL'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL'],
  ['version https://git-lfs', 'a Git LFS pointer'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg/is, 'an SVG drawing'],
  [/^\s*<(!doctype html|html|head|body)/i, 'an HTML page'],
  [/^\s*[{[]/, 'JSON'],
  ['data:image/', 'a data URI (text)'],
]

/** The type of a picture; `undefined` for everything that is not taken. */
export function typeOf(bytes: Uint8Array): PictureType | undefined {
  const start = beginning(bytes, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (/^RIFF.{4}WEBP/s.test(start)) return 'webp'
  return undefined
}

/** What bytes seem to be, for a message: `a GIF`, `an HTML page`, `unknown (it begins with …)`. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty'
  const start = beginning(bytes, 512).replace(/^\xef\xbb\xbf/, '')
  const known = OTHERS.find(([form]) =>
    typeof form === 'string' ? start.startsWith(form) : form.test(start),
  )?.[1]
  if (known !== undefined) return known
  const shown = Buffer.from(bytes.subarray(0, 8))
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
  return `unknown (it begins with the bytes ${shown})`
}

/** Whether a PNG announces an animation, which decoders that know none pass over in silence. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Chunks are a length, a type, the data and a checksum; `acTL` comes before the pixels.
  for (let at = 8; at + 12 <= view.length; at += 12 + view.readUInt32BE(at)) {
    const type = view.toString('latin1', at + 4, at + 8)
    if (type === 'acTL') return true
    if (type === 'IDAT') return false
  }
  return false
}

const beginning = (bytes: Uint8Array, length: number) =>
  Buffer.from(bytes.subarray(0, length)).toString('latin1')
