// Files put together from their parts, so that each part can be broken on its own.
import { deflateSync } from 'node:zlib'

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** A PNG chunk; its checksum is right, or wrong where that is asked for. */
export function chunk(type: string, data: Uint8Array | string = '', wrong = false): Buffer {
  const body = Buffer.concat([
    Buffer.from(type, 'latin1'),
    typeof data === 'string' ? Buffer.from(data, 'latin1') : data,
  ])
  let crc = ~0
  for (const byte of body) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255]!
  return Buffer.concat([u32(body.length - 4), body, u32(~crc ^ (wrong ? 1 : 0))])
}

interface PngParts {
  readonly width: number
  readonly height: number
  /** Bits a channel, and the colour type: 0 grey, 2 RGB, 6 RGBA. Unset: 8 bits RGB. */
  readonly depth?: number
  readonly colour?: number
  readonly before?: readonly Uint8Array[]
  readonly after?: readonly Uint8Array[]
  /** What is compressed into IDAT: each row after its filter byte. */
  readonly rows?: Uint8Array
  /** The IDAT chunks themselves, instead of `rows`. */
  readonly idat?: readonly Uint8Array[]
}

/** A PNG of its parts. */
export function png(parts: PngParts): Buffer {
  const { width, height, depth = 8, colour = 2, before = [], after = [], rows = Buffer.alloc(0) } = parts
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([depth, colour, 0, 0, 0])])),
    ...before,
    ...(parts.idat ?? [chunk('IDAT', deflateSync(rows, { level: 9 }))]),
    ...after,
    chunk('IEND'),
  ])
}

/** A JPEG with more bytes behind its first two. */
export function afterStart(jpeg: Buffer, ...more: readonly Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...more, jpeg.subarray(2)])
}

/** A JPEG segment. */
export function segment(marker: number, data: Uint8Array | string = ''): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
  const length = bytes.length + 2
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), bytes])
}
