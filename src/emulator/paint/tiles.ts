import { type Hex, mix, shade } from './color.ts'
import { type Drawing, f, type Point, path, polygon, rect } from './drawing.ts'
import type { Stage } from './stage.ts'

/** Quarter circles, discs, leaves and stripes on a grid. */
export function tiles(drawing: Drawing, { width, height, unit, random, palette }: Stage): void {
  const columns = Math.max(3, Math.round((width / unit) * random.int(5, 7)))
  const side = width / columns
  const ground = mix(palette.accents[2], palette.sky[2], 0.4)
  const colors = [
    palette.accents[0],
    palette.accents[1],
    palette.mid,
    palette.near,
    palette.deep,
    mix(palette.far, ground, 0.35),
    ground,
  ]
  drawing.add(rect(0, 0, width, height, ground))
  for (let row = 0; row * side < height; row++) {
    for (let column = 0; column < columns; column++) {
      const back = random.pick(colors)
      const front = random.pick(colors.filter((color) => color !== back))
      const tone = drawing.linear(
        [
          [0, mix(front, palette.glow, 0.12)],
          [1, shade(front, -0.05)],
        ],
        [0, 0],
        [1, 1],
      )
      const [x, y, s] = [column * side, row * side, side]
      drawing.add(
        rect(x, y, s + 0.5, s + 0.5, back),
        `<g transform="translate(${f(x + s / 2)} ${f(y + s / 2)}) rotate(${random.int(0, 3) * 90}) scale(${f(s / 2)})">`,
      )
      drawing.add(random.pick(MOTIFS)(tone, random.pick(colors)), '</g>')
    }
  }
}

// Each fills a tile from -1 to 1.
const MOTIFS: readonly ((front: string, extra: Hex) => string)[] = [
  (front) => `<path d="M-1 -1H1A2 2 0 0 1 -1 1Z" fill="${front}"/>`,
  (front, extra) =>
    `<path d="M-1 -1H1A2 2 0 0 1 -1 1Z" fill="${front}"/><path d="M-1 -1H0A1 1 0 0 1 -1 0Z" fill="${extra}"/>`,
  (front, extra) => `<circle r="0.78" fill="${front}"/><circle r="0.36" fill="${extra}"/>`,
  (front) => `<path d="M-1 -1Q1 -1 1 1Q-1 1 -1 -1Z" fill="${front}"/>`,
  (front) => `<path d="M-1 0A1 1 0 0 1 1 0ZM-1 1A1 1 0 0 1 1 1Z" fill="${front}"/>`,
  (front) =>
    polygonTile(
      [
        [-1, -1],
        [1, -1],
        [-1, 1],
      ],
      front,
    ),
  (front) => `<path d="M-1 -1H-0.6V1H-1ZM-0.2 -1H0.2V1H-0.2ZM0.6 -1H1V1H0.6Z" fill="${front}"/>`,
  (front, extra) =>
    `<path d="M-1 -1A1 1 0 0 1 -1 1ZM1 -1A1 1 0 0 0 1 1Z" fill="${front}"/><circle r="0.2" fill="${extra}"/>`,
]

const polygonTile = (points: readonly Point[], front: string) => path(polygon(points), front)
