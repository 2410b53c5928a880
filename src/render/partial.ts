// A picture that is still being made, in the place of its draft.

/** Media types by what a picture's bytes are. */
const TYPES = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const

/** An SVG document of exactly that size (pixels) that is filled by a picture, whose edges are cut where its shape is another. */
export function drawPartial(
  { bytes, type }: { readonly bytes: Uint8Array; readonly type: keyof typeof TYPES },
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<image href="data:${TYPES[type]};base64,${data}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice"/>`,
    '</svg>',
  ].join('')
}
