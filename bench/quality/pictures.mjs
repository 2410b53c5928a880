// Pictures like those that are asked for, drawn the same each time: a photograph, flat graphics, text.
import sharp from 'sharp'
import { numbers } from '../pictures.mjs'

const WIDTH = 1440
const HEIGHT = 960

/** Hills under a sky, rough at every scale, out of focus towards the back, with the grain of a sensor. */
export function photograph() {
  const [width, height] = [WIDTH, HEIGHT]
  const random = numbers(7)
  const grids = Array.from({ length: 8 }, () => Float32Array.from({ length: 4096 }, random))
  const noise = (x, y, octaves) => {
    let sum = 0
    for (let o = 0; o < octaves; o++) sum += smooth(grids[o], x * 2 ** o, y * 2 ** o) / 1.5 ** o
    return sum / 2.6
  }
  const rgb = Buffer.alloc(width * height * 3)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cloud = noise(x / 300, y / 160, 5)
      let color = [120 + 90 * cloud, 160 + 60 * cloud, 215 + 20 * cloud]
      for (let hill = 0; hill < 4; hill++) {
        const ridge =
          height * (0.35 + 0.17 * hill) + 130 * (noise(x / (420 - 70 * hill), hill * 9, 3 + hill) - 0.5)
        const cover = Math.min(1, Math.max(0, (y - ridge) / (4 - hill)))
        const light = 0.1 + 1.4 * noise(x / 60 + hill * 31, y / 40, 4 + hill)
        const near = hill / 3
        const ground = [light * (120 - 30 * near), light * (135 - 10 * near), light * (150 - 95 * near)]
        color = color.map((value, c) => value + cover * (ground[c] - value))
      }
      const grain = 3 * (random() + random() - 1)
      for (const value of color) rgb[i++] = Math.min(255, Math.max(0, value + grain))
    }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
}

function smooth(grid, x, y) {
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const ease = (t) => t * t * (3 - 2 * t)
  const [u, v] = [ease(x - x0), ease(y - y0)]
  const at = (dx, dy) => grid[(((x0 + dx) & 63) << 6) | ((y0 + dy) & 63)]
  return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v
}

/** Cut paper: flat colours, sharp edges, soft shadows and gradients. */
export function drawing() {
  const random = numbers(3)
  const colors = ['#e4572e', '#17bebb', '#ffc914', '#2e282a', '#76b041', '#5b4b8a', '#f7ede2']
  const shapes = Array.from({ length: 26 }, (_, i) => {
    const [x, y, r] = [random() * WIDTH, random() * HEIGHT, 30 + random() * 110]
    const points = Array.from({ length: 5 }, (_, k) => {
      const a = (k / 5) * 2 * Math.PI + random()
      return `${(x + r * Math.cos(a)).toFixed(1)},${(y + r * Math.sin(a)).toFixed(1)}`
    })
    const shape = i % 2 ? `<circle cx="${x}" cy="${y}" r="${r / 2}"` : `<polygon points="${points.join(' ')}"`
    return `${shape} fill="#000" opacity=".35" filter="url(#s)" transform="translate(3 6)"/>${shape} fill="${colors[i % 7]}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><filter id="s"><feGaussianBlur stdDeviation="6"/></filter><linearGradient id="g" x2="0" y2="1"><stop stop-color="#fbe3c0"/><stop offset="1" stop-color="#e9b7a0"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/>${shapes.join('')}</svg>`
}

/** Small and large letters, dark on light and coloured on colour. */
export function text() {
  const line = 'The quick brown fox jumps over the lazy dog 0123456789. '
  const rows = Array.from({ length: 22 }, (_, i) => {
    const [size, fill] = [12 + (i % 6) * 4, ['#1b1b1b', '#c1121f', '#00509d', '#2b9348'][i % 4]]
    return `<text x="24" y="${36 + i * 28}" font-family="sans-serif" font-size="${size}" fill="${fill}">${line.repeat(3)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fdfcf7"/><rect y="600" width="100%" height="360" fill="#ffd166"/>${rows.join('')}</svg>`
}
