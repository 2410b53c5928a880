// Most originals are plain PNGs, and their checksums prove every byte: what their encoder wrote need only be unpacked, not
// drawn, to know that it can be decoded. It takes half of what a decoder does.
import { promisify } from 'node:util'
import { crc32, inflate } from 'node:zlib'

const unpack = promisify(inflate)

/** Parts beside the pixels that change the size, the transparency or the number of pictures. */
const TELLING = ['tRNS', 'eXIf', 'acTL', 'fcTL', 'fdAT']
// Rows of more bytes, or more parts, are left to the decoder, which need not have all of them in memory.
const MOST_ROWS = 64 * 1024 * 1024
const MOST_PARTS = 20_000
const FILTERS = 5

interface Parts {
  readonly width: number
  readonly height: number
  /** Bytes of a row, its filter among them. */
  readonly row: number
  /** The packed rows. */
  readonly packed: readonly Buffer[]
}

/**
 * The size of a PNG of grey or RGB pixels that is whole beyond doubt: each part has its checksum, the rows unpack to
 * exactly what the header says, each with a filter that there is. `undefined` for any other, whole or not, which a
 * decoder judges.
 */
export async function wholePng(
  bytes: Uint8Array,
  mostPixels: number,
): Promise<{ width: number; height: number } | undefined> {
  const parts = partsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (parts === undefined) return undefined
  const { width, height, row, packed } = parts
  const length = row * height
  if (width * height > mostPixels || length > MOST_ROWS) return undefined
  // One byte more than it may take, so that it is done in one go.
  const rows = await unpack(Buffer.concat(packed), { chunkSize: Math.max(64, length + 1) }).catch(
    () => undefined,
  )
  if (rows?.length !== length) return undefined
  for (let at = 0; at < length; at += row) if (rows[at]! >= FILTERS) return undefined
  return { width, height }
}

/** `undefined` where anything is out of the ordinary. */
function partsOf(bytes: Buffer): Parts | undefined {
  const packed: Buffer[] = []
  let header: Omit<Parts, 'packed'> | undefined
  let last = ''
  for (let at = 8, count = 0; at + 12 <= bytes.length && count < MOST_PARTS; count++) {
    const end = at + 8 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (end + 4 > bytes.length || !isSound(bytes, at, end)) return undefined
    const data = bytes.subarray(at + 8, end)
    if (count === 0) header = type === 'IHDR' ? headerOf(data) : undefined
    if (header === undefined) return undefined
    if (type === 'IDAT') {
      if (packed.length > 0 && last !== 'IDAT') return undefined
      packed.push(data)
    } else if (type === 'IEND') return data.length === 0 ? { ...header, packed } : undefined
    else if (count > 0 && !(/^[a-z][A-Za-z]{3}$/.test(type) && !TELLING.includes(type))) return undefined
    last = type
    at = end + 4
  }
  return undefined
}

function isSound(bytes: Buffer, at: number, end: number): boolean {
  return crc32(bytes.subarray(at + 4, end)) === bytes.readUInt32BE(end)
}

/** 8 or 16 bits of grey or RGB, not interlaced. */
function headerOf(data: Buffer): Omit<Parts, 'packed'> | undefined {
  if (data.length !== 13) return undefined
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)]
  const [depth, colour, ...ways] = data.subarray(8)
  const channels = colour === 0 ? 1 : 3
  if ((colour !== 0 && colour !== 2) || (depth !== 8 && depth !== 16)) return undefined
  if (width === 0 || height === 0 || ways.some((way) => way !== 0)) return undefined
  return { width, height, row: 1 + (width * channels * depth) / 8 }
}
