import { createError } from '../errors/index.ts'
import { type Json, keyOf } from '../spec/key.ts'
import type { EncodeSettings, Format, Look, RenditionSpec } from '../spec/specs.ts'
import { ENCODERS, settingsFor } from './defaults.ts'
import { encoderVersion } from './encoder.ts'
import type { Box } from './layout.ts'
import { placementOf } from './placement.ts'

/** All that a rendition follows from. */
export interface RenditionRequest extends Box {
  readonly original: Box & { readonly sha256: string }
  readonly look: Pick<Look, 'frame' | 'fit' | 'position' | 'encode'>
  readonly format: Format
  readonly provenance: boolean
  /** Default: `encoderVersion()`, which reads a file; who makes many specs asks for it once. */
  readonly encoder?: string
}

/**
 * The spec of one file of `layoutOf`: the encoder's defaults filled in, and whatever does not change the bytes left
 * out, so that its key changes with the bytes alone. Throws BAD_VALUE for an effort or quality that the format has not.
 */
export function renditionSpecOf(request: RenditionRequest): RenditionSpec {
  const { original, look, format, width, height, provenance, encoder = encoderVersion() } = request
  const rest = {
    original: original.sha256,
    ...placementOf(look, original, { width, height }),
    width,
    height,
    format,
    ...settingsOf(format, width, look.encode[format]),
    provenance,
    encoder,
  }
  return Object.freeze({ key: keyOf(rest as unknown as Json), ...rest })
}

function settingsOf(
  format: Format,
  width: number,
  wanted: EncodeSettings = {},
): { quality: number; effort: number } {
  const row = ENCODERS[format]
  const { quality, effort } = { ...settingsFor(format, width), ...wanted }
  check(`encode.${format}.quality`, quality, 1, 100)
  check(`encode.${format}.effort`, effort, ...row.efforts)
  return { quality, effort: format === 'jpeg' ? Math.min(effort, 2) : effort }
}

function check(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw createError('BAD_VALUE', {
    field,
    found: String(value),
    allowed: `a whole number from ${least} to ${most}`,
  })
}
