// From bytes that nobody has looked at to pixels. Limits come first: a small file can hold a huge picture.
import { createError, type ErrorParams } from '../errors/index.ts'
import { jpegParts } from './jpeg-parts.ts'
import { describeBytes, isAnimatedPng, type PictureType, typeOf } from './magic.ts'
import { loadSharp, reasonOf } from './sharp.ts'

/** What is decoded at most. */
export interface Limits {
  /** Width times height. */
  readonly pixels: number
  /** Size of the file. */
  readonly bytes: number
  /** Time from the first to the last row, whole seconds. A format whose rows come all at once ends when they do. */
  readonly seconds: number
}

/** Room for eight times the largest picture of any known model, which takes some 2 s. */
export const LIMITS: Limits = { pixels: 64e6, bytes: 128 * 1024 * 1024, seconds: 30 }

const MOST_CHANNELS = 4
// Encoders write some 20 scans at most, and a segment for every 64 kB of metadata. Measured with sharp 0.35.5: 627 kB with
// 2649 scans are decoded for 40 s, and 24 MB with four million segments take 1.5 GB.
const MOST_SCANS = 100
const MOST_SEGMENTS = 10_000

/** A decoded original: 8 bits a channel, sRGB, upright. */
export interface Pixels {
  readonly type: PictureType
  readonly data: Buffer
  readonly width: number
  readonly height: number
  /** 4 only where `hasAlpha`. */
  readonly channels: 1 | 2 | 3 | 4
  /** Whether some pixel is not opaque. */
  readonly hasAlpha: boolean
}

/**
 * Decodes a PNG, JPEG or WebP whole. Throws NOT_A_PICTURE, PICTURE_TOO_LARGE, ANIMATED_PICTURE, BROKEN_PICTURE (cut
 * short, damaged, or anything its decoder warns of), PICTURE_TOO_SLOW and NO_ENCODER.
 */
export async function decodeOriginal(bytes: Uint8Array, limits: Limits = LIMITS): Promise<Pixels> {
  const type = typeOf(bytes)
  if (type === undefined) throw createError('NOT_A_PICTURE', { found: describeBytes(bytes) })
  if (bytes.length > limits.bytes) throw tooLarge('bytes', bytes.length, limits.bytes)
  if (type === 'jpeg') {
    const { scans, segments } = jpegParts(bytes)
    if (scans > MOST_SCANS) throw tooLarge('scans', scans, MOST_SCANS)
    if (segments > MOST_SEGMENTS) throw tooLarge('segments', segments, MOST_SEGMENTS)
  }
  const sharp = await loadSharp()
  const broken = (cause: unknown) => createError('BROKEN_PICTURE', { type, why: reasonOf(cause) }, { cause })
  // Less would let damaged JPEG data through as grey or shifted pixels. Flaws beside the pixels of a PNG (a profile, a text,
  // a checksum of either) are no warnings.
  const options = {
    failOn: 'warning',
    limitInputPixels: limits.pixels,
    limitInputChannels: MOST_CHANNELS,
  } as const

  // The limits are off for the header alone, so that the message can say how large the picture claims to be.
  const { width, height, channels, pages, format } = await sharp(bytes, {
    failOn: 'warning',
    limitInputPixels: false,
    limitInputChannels: false,
  })
    .metadata()
    .catch((cause: unknown) => Promise.reject(broken(cause)))
  if (format !== type) throw createError('NOT_A_PICTURE', { found: `${format} under the mark of ${type}` })
  if (width * height > limits.pixels)
    throw tooLarge('pixels', width * height, limits.pixels, `${width}x${height}`)
  if (channels > MOST_CHANNELS) throw tooLarge('channels', channels, MOST_CHANNELS)
  if ((pages ?? 1) > 1) throw createError('ANIMATED_PICTURE', { type, frames: pages })
  if (type === 'png' && isAnimatedPng(bytes))
    throw createError('ANIMATED_PICTURE', { type, frames: undefined })

  const { seconds } = limits
  const started = performance.now()
  const { data, info } = await sharp(bytes, options)
    .timeout({ seconds })
    .autoOrient()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      const slow = performance.now() - started >= seconds * 1000
      throw slow ? createError('PICTURE_TOO_SLOW', { type, seconds }, { cause }) : broken(cause)
    })
  const decoded = {
    type,
    data,
    width: info.width,
    height: info.height,
    channels: info.channels as 1 | 2 | 3 | 4,
  }
  if (info.channels === 1 || info.channels === 3) return { ...decoded, hasAlpha: false }
  if (!isOpaque(data, info.channels)) return { ...decoded, hasAlpha: true }
  const raw = { width: info.width, height: info.height, channels: decoded.channels }
  const opaque = await sharp(data, { raw, limitInputPixels: limits.pixels }).removeAlpha().raw().toBuffer()
  return { ...decoded, data: opaque, channels: info.channels === 2 ? 1 : 3, hasAlpha: false }
}

function isOpaque(data: Buffer, channels: number): boolean {
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return false
  return true
}

function tooLarge(what: ErrorParams<'PICTURE_TOO_LARGE'>['what'], found: number, limit: number, shown = '') {
  const text = (value: number) => value.toLocaleString('en-US')
  const size = shown === '' ? text(found) : `${text(found)} (${shown})`
  return createError('PICTURE_TOO_LARGE', { what, found: size, limit: text(limit) })
}
