import { mix, shade, steps } from '../color.ts'
import {
  createDrawing,
  curve,
  type Drawing,
  ellipse,
  f,
  type Point,
  path,
  polygon,
  stroke,
} from '../drawing.ts'
import { birds, sky } from '../motifs.ts'
import type { Scene, Stage } from '../stage.ts'
import { ground, heightAt, hillLine, ridgeLine } from '../terrain.ts'

/** Sand in long waves, each with a lit and a shaded side. */
export const dunes: Scene = {
  words: [
    'desert',
    'dune',
    'sand',
    'camel',
    'sahara',
    'canyon',
    'cactus',
    'savanna',
    'savannah',
    'mesa',
    'oasis',
    'western',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const horizon = height * random.between(0.48, 0.56)
    const light = sky(drawing, stage, horizon + unit * 0.06, [0.3, 0.72])
    const haze = mix(palette.sky[2], palette.far, 0.3)
    const mesas = ridgeLine(random, {
      width,
      y: horizon - unit * 0.02,
      amplitude: unit * 0.1,
      rough: 0.5,
      detail: 5,
    })
    drawing.add(
      path(
        polygon(ground(mesas, height)),
        drawing.linear([
          [0, mix(palette.far, haze, 0.35)],
          [0.3, haze],
        ]),
      ),
    )
    const sand = steps(
      mix(palette.far, palette.accents[1], 0.3),
      mix(palette.near, palette.accents[0], 0.22),
      6,
    )
    sand.forEach((color, i) => {
      const y = horizon + unit * 0.03 + ((height - horizon) * i ** 1.15) / 8.2
      const line = hillLine(random, width, y, unit * (0.022 + 0.015 * i), 0.9 + 0.25 * random.next())
      dune(drawing, stage, line, color, mix(color, palette.glow, 0.45), light.x < width / 2 ? 1 : -1)
      if (i === 2) cacti(drawing, stage, line, mix(palette.near, color, 0.25), unit * 0.055, random.int(2, 4))
      if (i === 4) cacti(drawing, stage, line, mix(palette.deep, color, 0.1), unit * 0.15, random.int(1, 3))
    })
    birds(drawing, stage, [width * random.between(0.2, 0.8), horizon * 0.5], random.int(2, 6))
    return { back: drawing.svg() }
  },
  subject(stage) {
    const { width, height, unit, palette } = stage
    const drawing = createDrawing(width, height)
    const foot: Point = [width / 2, height / 2 + unit * 0.4]
    drawing.add(
      ellipse(
        [foot[0], foot[1] + unit * 0.05],
        unit * 0.26,
        drawing.radial([
          [0, palette.deep, 0.45],
          [1, palette.deep, 0],
        ]),
        { ry: unit * 0.035 },
      ),
    )
    cactus(drawing, stage, foot, unit * 0.74, mix(palette.near, '#3f7352', 0.35))
    return drawing.svg()
  },
}

/** One dune: its body, the shade behind its crest, and wind marks. */
function dune(
  drawing: Drawing,
  { random, width, height, unit }: Stage,
  line: readonly Point[],
  color: string,
  lit: string,
  shadeSide: number,
): void {
  drawing.add(
    path(
      polygon(ground(line, height)),
      drawing.linear([
        [0, lit],
        [0.25, mix(lit, color, 0.6)],
        [1, color],
      ]),
    ),
  )
  // The highest points throw a sickle of shade down the side away from the sun.
  const crests = line.filter(
    ([, y], i) => i > 2 && i < line.length - 3 && y < line[i - 1]![1] && y <= line[i + 1]![1],
  )
  for (const [x, y] of crests) {
    const [reach, fall] = [unit * random.between(0.5, 0.8) * shadeSide, unit * random.between(0.2, 0.34)]
    const edge = Array.from(
      { length: 13 },
      (_, i): Point => [x + (reach * i) / 12, heightAt(line, x + (reach * i) / 12)],
    )
    // The crest runs down towards the viewer in an S.
    const spine: Point[] = [
      [x - reach * 0.02, y + 1],
      [x - reach * 0.3, y + fall * 0.3],
      [x - reach * 0.16, y + fall * 0.75],
      [x + reach * 0.16, y + fall * 1.05],
      [x + reach * 0.12, y + fall * 1.6],
    ]
    const shape = `${curve(spine)}L${[...edge.toReversed()].map(([a, b], i) => `${f(a)} ${f(i === 0 ? y + fall * 1.6 : b)}`).join('L')}Z`
    drawing.add(
      path(
        shape,
        drawing.linear(
          [
            [0, shade(color, -0.085)],
            [0.35, shade(color, -0.06), 0.85],
            [1, color, 0],
          ],
          shadeSide > 0 ? [0, 0] : [1, 0],
          shadeSide > 0 ? [0.75, 1] : [0.25, 1],
        ),
      ),
    )
  }
  for (let i = 0; i < 12; i++) {
    const [x, length] = [random.between(-0.1, 1) * width, unit * random.between(0.08, 0.3)]
    const y = heightAt(line, x + length / 2) + unit * random.between(0.03, 0.13)
    const points: Point[] = [
      [x, y],
      [x + length * 0.35, y - unit * 0.008],
      [x + length * 0.7, y + unit * 0.006],
      [x + length, y],
    ]
    drawing.add(stroke(curve(points), random.chance(0.5) ? lit : shade(color, -0.07), unit * 0.0022, 0.4))
  }
}

function cacti(
  drawing: Drawing,
  stage: Stage,
  line: readonly Point[],
  color: string,
  size: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const x = stage.random.between(0.06, 0.94) * stage.width
    cactus(drawing, stage, [x, heightAt(line, x) + size * 0.12], size * stage.random.between(0.6, 1.1), color)
  }
}

function cactus(drawing: Drawing, { random }: Stage, [x, y]: Point, size: number, color: string): void {
  const thick = size * 0.17
  const arm = (side: number, low: number, reach: number, up: number) =>
    `M${f(x)} ${f(y - size * low)}h${f(side * size * reach * 0.6)}q${f(side * size * reach * 0.4)} 0 ${f(side * size * reach * 0.4)} ${f(-size * 0.13)}v${f(-size * up)}`
  const [left, right] = [random.between(0.3, 0.42), random.between(0.36, 0.54)]
  const arms = [
    arm(-1, left, 0.27, random.between(0.12, 0.24)),
    arm(1, right, 0.25, random.between(0.1, 0.2)),
  ]
  const trunk = `M${f(x)} ${f(y)}V${f(y - size * 0.92)}`
  for (const data of arms) drawing.add(stroke(data, shade(color, -0.03), thick * 0.78))
  drawing.add(stroke(trunk, color, thick))
  for (const dx of [-0.28, 0.02, 0.3])
    drawing.add(
      stroke(
        `M${f(x + dx * thick)} ${f(y - size * 0.02)}V${f(y - size * 0.9)}`,
        shade(color, dx < 0 ? 0.07 : -0.06),
        thick * 0.07,
        0.8,
      ),
    )
  for (const data of arms) drawing.add(stroke(data, shade(color, 0.06), thick * 0.06, 0.7))
  drawing.add(ellipse([x + thick * 0.1, y - size * 0.985], thick * 0.26, '#e8637a'))
}
