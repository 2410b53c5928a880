import { decodeOriginal, LIMITS, type Limits } from './decode.ts'
import type { PictureType } from './magic.ts'

/** What the bytes of an original are. */
export interface OriginalFacts {
  readonly type: PictureType
  /** Pixels, after turning it upright. */
  readonly width: number
  readonly height: number
  /** Whether some pixel is not opaque; an alpha channel alone is not enough. */
  readonly hasAlpha: boolean
}

/** Measures an original, by decoding all of it. Throws what `decodeOriginal` throws. */
export async function inspectOriginal(bytes: Uint8Array, limits: Limits = LIMITS): Promise<OriginalFacts> {
  const { type, width, height, hasAlpha } = await decodeOriginal(bytes, limits)
  return { type, width, height, hasAlpha }
}
