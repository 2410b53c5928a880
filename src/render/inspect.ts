import { decodeOriginal, LIMITS, type Limits } from './decode.ts'
import { type PictureType, typeOf } from './magic.ts'
import { loadSharp } from './sharp.ts'
import { wholePng } from './whole-png.ts'

/** What the bytes of an original are. */
export interface OriginalFacts {
  readonly type: PictureType
  /** Pixels, after turning it upright. */
  readonly width: number
  readonly height: number
  /** Whether some pixel is not opaque; an alpha channel alone is not enough. */
  readonly hasAlpha: boolean
}

/**
 * Measures an original, by decoding all of it; a plain PNG whose checksums prove it whole is unpacked alone. Throws what
 * `decodeOriginal` throws.
 */
export async function inspectOriginal(bytes: Uint8Array, limits: Limits = LIMITS): Promise<OriginalFacts> {
  if (typeOf(bytes) === 'png' && bytes.length <= limits.bytes) {
    // What can be measured does not depend on the kind of picture: without sharp, nothing can.
    await loadSharp()
    const size = await wholePng(bytes, limits.pixels)
    if (size !== undefined) return { type: 'png', ...size, hasAlpha: false }
  }
  const { type, width, height, hasAlpha } = await decodeOriginal(bytes, limits)
  return { type, width, height, hasAlpha }
}
