// Pictures to compare with, drawn: the same number is the same picture each time, and no two are alike.
import sharp from 'sharp'

/** Mulberry32: the same numbers from 0 to 1 for a seed. */
export function numbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A few dozen pixels, for measures in which only the count matters. */
export const tiny = (number) => noise(number, { width: 48, height: 32, grain: 60 }).png().toBuffer()

/** 1200 × 800, of the weight of an illustration, as JPEG: renditions of it are quick to make and as heavy as real ones. */
export const card = (number) =>
  scene(number, { width: 1200, height: 800, grain: 50 }).jpeg({ quality: 88 }).toBuffer()

/** 1024 × 1024, a PNG of about 1.5 MB: what image APIs answer with. */
export const answer = (number) =>
  scene(number, { width: 1024, height: 1024, grain: 5 }).png({ compressionLevel: 4 }).toBuffer()

/** Soft colours behind, hard edges before, grain over all: the same grain in each, as drawing it takes longest. */
function scene(number, { width, height, grain }) {
  const random = numbers(number + 1)
  const shapes = Array.from({ length: 24 }, () => {
    const [x, y, r, hue] = [random() * width, random() * height, 20 + random() * 130, random() * 360]
    return random() < 0.5
      ? `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${hue} 60% 55%)"/>`
      : `<rect x="${x}" y="${y}" width="${r}" height="${r * 1.4}" fill="hsl(${hue} 40% 45%)" transform="rotate(${hue} ${x} ${y})"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`
  return noise(number + 1, { width: 6, height: 4, grain: 120 })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .composite([
      { input: Buffer.from(svg) },
      { input: grainOf(width, height, grain), raw: { width, height, channels: 3 }, blend: 'soft-light' },
    ])
    .removeAlpha()
}

const grains = new Map()

/** Raw grey, which leaves a picture as it is, with noise; made once for a size and strength. */
function grainOf(width, height, strength) {
  const name = [width, height, strength].join()
  if (!grains.has(name)) {
    const random = numbers(1)
    const pixels = Buffer.alloc(width * height * 3)
    for (let i = 0; i < pixels.length; i++) pixels[i] = 128 + strength * (random() - 0.5)
    grains.set(name, pixels)
  }
  return grains.get(name)
}

function noise(number, { width, height, grain }) {
  const random = numbers(number)
  const base = [0, 1, 2].map(() => 60 + random() * 130)
  const pixels = Buffer.alloc(width * height * 3)
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = Math.min(255, Math.max(0, base[i % 3] + grain * (random() - 0.5)))
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}
