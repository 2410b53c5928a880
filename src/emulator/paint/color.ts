/** A colour as `#rrggbb`. */
export type Hex = string

/** Mixes two colours in OKLab, where a mixture looks like one: 0 is `a`, 1 is `b`. */
export function mix(a: Hex, b: Hex, share: number): Hex {
  const [from, to] = [toLab(a), toLab(b)]
  return fromLab(from.map((value, i) => value + (to[i]! - value) * share) as Triple)
}

/** `count` colours from `a` to `b`, both included. */
export function steps(a: Hex, b: Hex, count: number): Hex[] {
  return Array.from({ length: count }, (_, i) => mix(a, b, count < 2 ? 0 : i / (count - 1)))
}

/** The same hue, lighter (`by` > 0) or darker (`by` < 0); `by` is added to OKLab's lightness of 0–1. */
export function shade(color: Hex, by: number): Hex {
  const [lightness, a, b] = toLab(color)
  return fromLab([Math.min(1, Math.max(0, lightness + by)), a, b])
}

type Triple = [number, number, number]

// Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
function toLab(color: Hex): Triple {
  const [r, g, b] = [1, 3, 5].map((at) =>
    toLinear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  ) as Triple
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromLab([lightness, a, b]: Triple): Hex {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear: Triple = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return `#${linear.map((value) => byte(toGamma(value))).join('')}`
}

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)
const byte = (value: number) =>
  Math.round(Math.min(1, Math.max(0, value)) * 255)
    .toString(16)
    .padStart(2, '0')
