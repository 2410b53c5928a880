// Where the table of src/render/defaults.ts comes from: bytes, CPU time and likeness of each format, quality and
// effort, on pictures like those that are asked for. `node bench/quality.mjs [FILE…]`; files take the place of the drawn
// ones. Likeness is structural similarity of brightness (weight 6) and of both colours (1 each), each at full and half
// size, in decibels of what is lost: 3 more is half the loss. Formats look alike where it is about the same.
import sharp from 'sharp'

const WIDTH = 960
const TRIALS = [
  ['avif', [45, 50, 55, 60], [2, 3, 4]],
  ['webp', [70, 75, 80, 85], [4, 6]],
  ['jpeg', [70, 75, 80, 85], [0, 1]],
  ['png', [100], [3, 6, 9]],
]
const ENCODE = {
  avif: (picture, quality, effort) => picture.avif({ quality, effort }),
  webp: (picture, quality, effort) => picture.webp({ quality, effort, smartSubsample: true }),
  jpeg: (picture, quality, effort) => picture.jpeg({ quality, mozjpeg: effort > 0 }),
  png: (picture, _quality, effort) => picture.png({ compressionLevel: effort }),
}

sharp.concurrency(2)
const files = process.argv.slice(2)
const pictures =
  files.length > 0
    ? files.map((file) => [file, sharp(file).resize(WIDTH)])
    : [
        ['photograph', photograph()],
        ['drawing', sharp(Buffer.from(drawing()))],
        ['text', sharp(Buffer.from(text()))],
      ]

for (const [name, picture] of pictures) {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: 3 }
  console.log(`\n${name}, ${info.width}x${info.height}\nformat quality effort    bytes  CPU ms  likeness`)
  for (const [format, qualities, efforts] of TRIALS)
    for (const quality of qualities)
      for (const effort of efforts) {
        const before = process.cpuUsage()
        const bytes = await ENCODE[format](sharp(data, { raw }), quality, effort).toBuffer()
        const { user, system } = process.cpuUsage(before)
        const decoded = await sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer()
        const cells = [
          bytes.length,
          Math.round((user + system) / 1000),
          likeness(data, decoded, info).toFixed(2),
        ]
        console.log(
          format.padEnd(6),
          String(quality).padStart(7),
          String(effort).padStart(6),
          cells.map((cell) => String(cell).padStart(8)).join(' '),
        )
      }
}

function likeness(a, b, { width, height }) {
  const scores = planes(a, width, height).map((plane, i) => {
    const other = planes(b, width, height)[i]
    const half = [shrink(plane, width, height), shrink(other, width, height)]
    return (similarity(plane, other, width, height) + similarity(...half, width >> 1, height >> 1)) / 2
  })
  const score = (6 * scores[0] + scores[1] + scores[2]) / 8
  return score > 1 - 1e-9 ? Infinity : -10 * Math.log10(1 - score)
}

/** Brightness and the two colours, as JPEG has them. */
function planes(rgb, width, height) {
  const [y, cb, cr] = [0, 1, 2].map(() => new Float32Array(width * height))
  for (let i = 0; i < y.length; i++) {
    const [r, g, b] = [rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]]
    y[i] = 0.299 * r + 0.587 * g + 0.114 * b
    cb[i] = 0.564 * (b - y[i])
    cr[i] = 0.713 * (r - y[i])
  }
  return [y, cb, cr]
}

function shrink(plane, width, height) {
  const half = new Float32Array((width >> 1) * (height >> 1))
  for (let y = 0, i = 0; y < height >> 1; y++)
    for (let x = 0; x < width >> 1; x++, i++) {
      const at = 2 * y * width + 2 * x
      half[i] = (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4
    }
  return half
}

/** The mean SSIM of 8 × 8 windows, each 4 pixels from the next. */
function similarity(a, b, width, height) {
  let total = 0
  let windows = 0
  for (let top = 0; top + 8 <= height; top += 4)
    for (let left = 0; left + 8 <= width; left += 4, windows++) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0]
      for (let y = top; y < top + 8; y++)
        for (let i = y * width + left, end = i + 8; i < end; i++) {
          sa += a[i]
          sb += b[i]
          saa += a[i] * a[i]
          sbb += b[i] * b[i]
          sab += a[i] * b[i]
        }
      const [ma, mb] = [sa / 64, sb / 64]
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb]
      total += ((2 * ma * mb + 6.5) * (2 * cov + 58.5)) / ((ma * ma + mb * mb + 6.5) * (va + vb + 58.5))
    }
  return total / windows
}

/** Hills under a sky, rough at every scale, out of focus towards the back, with the grain of a sensor. */
function photograph() {
  const [width, height] = [WIDTH, 640]
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
function drawing() {
  const random = numbers(3)
  const colors = ['#e4572e', '#17bebb', '#ffc914', '#2e282a', '#76b041', '#5b4b8a', '#f7ede2']
  const shapes = Array.from({ length: 26 }, (_, i) => {
    const [x, y, r] = [random() * WIDTH, random() * 640, 30 + random() * 110]
    const points = Array.from({ length: 5 }, (_, k) => {
      const a = (k / 5) * 2 * Math.PI + random()
      return `${(x + r * Math.cos(a)).toFixed(1)},${(y + r * Math.sin(a)).toFixed(1)}`
    })
    const shape = i % 2 ? `<circle cx="${x}" cy="${y}" r="${r / 2}"` : `<polygon points="${points.join(' ')}"`
    return `${shape} fill="#000" opacity=".35" filter="url(#s)" transform="translate(3 6)"/>${shape} fill="${colors[i % 7]}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="640"><filter id="s"><feGaussianBlur stdDeviation="6"/></filter><linearGradient id="g" x2="0" y2="1"><stop stop-color="#fbe3c0"/><stop offset="1" stop-color="#e9b7a0"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/>${shapes.join('')}</svg>`
}

/** Small and large letters, dark on light and coloured on colour. */
function text() {
  const line = 'The quick brown fox jumps over the lazy dog 0123456789. '
  const rows = Array.from({ length: 22 }, (_, i) => {
    const [size, fill] = [12 + (i % 6) * 4, ['#1b1b1b', '#c1121f', '#00509d', '#2b9348'][i % 4]]
    return `<text x="24" y="${36 + i * 28}" font-family="sans-serif" font-size="${size}" fill="${fill}">${line.repeat(3)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="640"><rect width="100%" height="100%" fill="#fdfcf7"/><rect y="400" width="100%" height="240" fill="#ffd166"/>${rows.join('')}</svg>`
}

/** Mulberry32: the same numbers from 0 to 1 each time. */
function numbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
