// Passes over raw pixels: what SVG can't do well, or not fast.
import type { Random } from './random.ts'

/** Raw pixels, eight bits a channel, alpha not multiplied in. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
}

/** Fills everything under `horizon` with the mirror of what is above, drawn out in ripples that widen towards the viewer. */
export function mirror(
  pixels: Pixels,
  horizon: number,
  tint: readonly [number, number, number],
  depth: number,
  random: Random,
): void {
  const { data, width, height, channels } = pixels
  const below = height - horizon
  const phases = [random.between(0, 6), random.between(0, 6), random.between(0, 6)] as const
  for (let y = horizon; y < height; y++) {
    const t = (y - horizon) / below
    // Waves look closer together the farther away they are.
    const far = Math.log1p(t * 14) * 16
    const wave =
      Math.sin(far * 2.1 + phases[0]) +
      0.6 * Math.sin(far * 5.3 + phases[1]) +
      0.4 * Math.sin(far * 11.7 + phases[2])
    const from = Math.min(
      horizon - 1,
      Math.max(0, Math.round(horizon - 1 - t * below * 0.82 + wave * (1 + t * below * 0.022))),
    )
    // Three samples above each other: water smears what is small.
    const smear = Math.round(2 + t * below * 0.035)
    const above = -Math.min(from, smear) * width * channels
    const higher = -Math.min(from, smear * 2) * width * channels
    const push = wave * (0.6 + t * width * 0.006)
    const share = Math.min(1, depth * (0.35 + 0.75 * t) + 0.05 * wave * (0.3 + t))
    for (let x = 0; x < width; x++) {
      const wobble = push + Math.sin(x * 0.011 + far * 3.7) * t * width * 0.006
      const side = Math.min(width - 1, Math.max(0, Math.round(x + wobble)))
      const [at, source] = [(y * width + x) * channels, (from * width + side) * channels]
      for (let c = 0; c < 3; c++) {
        const light = (data[source + c]! + data[source + above + c]! + data[source + higher + c]!) / 3
        data[at + c] = light + (tint[c]! - light) * share
      }
      if (channels === 4) data[at + 3] = 255
    }
  }
}

/** Lays `top` (with alpha) over `base`, in place. */
export function over(base: Pixels, top: Pixels): void {
  for (let from = 0, to = 0; from < top.data.length; from += 4, to += base.channels) {
    const alpha = top.data[from + 3]!
    if (alpha === 0) continue
    for (let c = 0; c < 3; c++) {
      base.data[to + c] = base.data[to + c]! + ((top.data[from + c]! - base.data[to + c]!) * alpha) / 255
    }
  }
}

/**
 * Finishes a picture in place: a breath of uneven paper, corners a little darker (not where there is alpha), and fine
 * grain. The grain hides the steps of gradients and gives the file the weight of a real picture.
 */
export function finish(pixels: Pixels, random: Random): void {
  const { data, width, height, channels } = pixels
  const coarse = createNoise(random, Math.max(24, Math.min(width, height) / 5), width)
  const fine = createNoise(random, Math.max(3, Math.min(width, height) / 150), width)
  let state = random.int(1, 0x7fffffff)
  const vignette = channels === 4 ? 0 : 26
  for (let y = 0; y < height; y++) {
    coarse.row(y)
    fine.row(y)
    const dy = (y / height - 0.5) ** 2
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      if (channels === 4 && data[at + 3] === 0) continue
      // The sum of four bytes is close to a bell curve.
      const bell = (state & 255) + ((state >>> 8) & 255) + ((state >>> 16) & 255) + (state >>> 24) - 510
      const corner = (x / width - 0.5) ** 2 + dy
      const light = bell * 0.0115 + coarse.at(x) * 3.2 + fine.at(x) * 2.4 - corner * vignette
      // Channels differ a little, as in film.
      data[at] = clamp(data[at]! + light + (state & 1))
      data[at + 1] = clamp(data[at + 1]! + light)
      data[at + 2] = clamp(data[at + 2]! + light + ((state >>> 9) & 1))
    }
  }
}

const clamp = (value: number) => Math.min(255, Math.max(0, value))

/** Smooth noise from -1 to 1 with features of `cell` pixels, read row by row. */
function createNoise(random: Random, cell: number, width: number) {
  const columns = Math.ceil(width / cell) + 2
  let [upper, lower] = [line(), line()]
  let rowOfCells = 0
  const current = new Float32Array(columns)
  function line(): Float32Array {
    return Float32Array.from({ length: columns }, () => random.between(-1, 1))
  }
  return {
    row(y: number) {
      while (rowOfCells < Math.floor(y / cell)) {
        ;[upper, lower] = [lower, line()]
        rowOfCells++
      }
      const t = ease(y / cell - rowOfCells)
      for (let i = 0; i < columns; i++) current[i] = upper[i]! + (lower[i]! - upper[i]!) * t
    },
    at(x: number) {
      const place = x / cell
      const left = Math.floor(place)
      return current[left]! + (current[left + 1]! - current[left]!) * ease(place - left)
    },
  }
}

const ease = (t: number) => t * t * (3 - 2 * t)
