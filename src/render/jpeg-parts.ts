/** What a decoder of a JPEG is made to do, told by its markers alone. */
export interface JpegParts {
  /** One, or three, where it is baseline, some ten where it is progressive; each is a way through the whole picture. */
  readonly scans: number
  /** All parts with a length, the scans among them; each is kept in memory, most of them as metadata. */
  readonly segments: number
}

/** Counts the parts of a JPEG. */
export function jpegParts(bytes: Uint8Array): JpegParts {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [scans, segments] = [0, 0]
  for (let at = view.indexOf(0xff, 2); at !== -1 && at + 4 <= view.length; at = view.indexOf(0xff, at)) {
    const marker = view[at + 1]!
    // Fill bytes; then what has no length: escaped bytes and restarts within a scan, and the start.
    if (marker === 0xff) at += 1
    else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else if (marker === 0xd9) break
    else {
      segments++
      if (marker === 0xda) scans++
      at += 2 + Math.max(2, view.readUInt16BE(at + 2))
    }
  }
  return { scans, segments }
}
