import type { Model } from './models.ts'
import { type Refusal, userError, wrongType, wrongValue } from './refusals.ts'

const MAX_EDGE = 3840
const MIN_PIXELS = 655_360
const MAX_PIXELS = 8_294_400

/** Refuses a `size` that the model does not make. The grid is OpenAI's rule of gpt-image-2 and later. */
export function checkSize({ sizes }: Model, size: unknown): Refusal | undefined {
  if (typeof size !== 'string') return wrongType('size', 'a string', size)
  if (sizes.kind === 'list') {
    const allowed = sizes.auto.length > 1 ? [...sizes.sizes, 'auto'] : sizes.sizes
    return allowed.includes(size) ? undefined : wrongValue('size', size, allowed)
  }
  if (size === 'auto') return undefined
  const problem = problemOf(size, sizes.kind)
  return problem === undefined
    ? undefined
    : userError(`Invalid size '${size}'. ${problem}`, 'size', 'invalid_value')
}

function problemOf(size: string, kind: 'grid' | 'any'): string | undefined {
  const [, w, h] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(size) ?? []
  if (w === undefined) return "Expected WIDTHxHEIGHT, for example '1824x1024'."
  const [width, height] = [Number(w), Number(h)]
  if (Math.max(width, height) > MAX_EDGE) return `The longest edge must be at most ${MAX_EDGE} pixels.`
  if (kind === 'any') return undefined
  if (width % 16 !== 0 || height % 16 !== 0) return 'Width and height must both be divisible by 16.'
  if (Math.max(width / height, height / width) > 3) return 'The aspect ratio must be between 1:3 and 3:1.'
  if (width * height < MIN_PIXELS) return 'Requested resolution is below the current minimum pixel budget.'
  if (width * height > MAX_PIXELS) return 'Requested resolution is above the current maximum pixel budget.'
  return undefined
}
