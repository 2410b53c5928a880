import { type Hex, mix, shade, steps } from '../color.ts'
import { createDrawing, type Drawing, ellipse, type Point, path, polygon } from '../drawing.ts'
import { birds, type Light, pine, sky } from '../motifs.ts'
import { peak } from '../peak.ts'
import type { Scene, Stage } from '../stage.ts'
import { ground, heightAt, hillLine, ridgeLine } from '../terrain.ts'

/** Ridges behind ridges, one great peak, pines in front. */
export const mountains: Scene = {
  words: [
    ...[
      'mountain',
      'hill',
      'peak',
      'alp',
      'valley',
      'landscape',
      'cliff',
      'summit',
      'glacier',
      'ridge',
      'hiking',
    ],
    ...[
      'horizon',
      'fjord',
      'trail',
      'path',
      'camp',
      'tent',
      'scenery',
      'view',
      'adventure',
      'travel',
      'climb',
    ],
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const back = createDrawing(width, height)
    const horizon = height * random.between(0.6, 0.68)
    const light = sky(back, stage, horizon + unit * 0.1, [0.2, 0.5])
    const haze = mix(palette.sky[2], palette.far, 0.25)
    steps(mix(palette.far, palette.sky[1], 0.5), palette.far, 2).forEach((color, i) => {
      const line = ridgeLine(random, {
        width,
        y: horizon - unit * (0.15 - 0.06 * i),
        amplitude: unit * 0.16,
        rough: 0.52,
      })
      slope(back, ground(line, height), color, haze)
    })
    const middle = width * random.between(0.34, 0.66)
    peak(
      back,
      stage,
      [middle, horizon - unit * random.between(0.36, 0.46)],
      unit * 0.62,
      horizon + unit * 0.1,
      light,
    )
    birds(back, stage, [middle + unit * random.pick([-0.3, 0.3]), horizon - unit * 0.34], random.int(3, 6))
    const layers = steps(mix(palette.far, palette.mid, 0.55), palette.near, 4)
    layers.forEach((color, i) => {
      const y = horizon + unit * 0.02 + ((height - horizon) * i) / 4.6
      const line =
        i % 2 === 0
          ? hillLine(random, width, y, unit * 0.04)
          : ridgeLine(random, { width, y, amplitude: unit * 0.09, rough: 0.46 })
      slope(back, ground(line, height), color, mix(color, haze, 0.5 - i * 0.1))
      const count = Math.round((width / unit) * (26 - i * 3))
      forest(back, stage, line, count, unit * (0.022 + 0.019 * i), shade(color, -0.05), light)
    })
    const edge = hillLine(random, width, height * 0.955, unit * 0.03)
    back.add(path(polygon(ground(edge, height)), palette.deep))
    forest(back, stage, edge, Math.round((width / unit) * 9), unit * 0.2, palette.deep, light)
    return { back: back.svg() }
  },
  subject(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const base = height / 2 + unit * 0.14
    const light = { x: width * 0.2, y: 0, radius: 0 }
    const top: Point = [width / 2 + unit * random.between(-0.04, 0.04), height / 2 - unit * 0.36]
    // A piece of land that floats: rock under a skin of meadow.
    const rock = Array.from({ length: 21 }, (_, i): Point => {
      const t = (i - 10) / 10
      return [
        width / 2 + unit * 0.42 * t,
        base + unit * (0.02 + 0.27 * (1 - t * t) * random.between(0.62, 1)),
      ]
    })
    const grass = mix(mix(palette.mid, '#6f9f54', 0.45), palette.accents[1], 0.12)
    const shelf: Point[] = [[width / 2 - unit * 0.42, base], ...rock, [width / 2 + unit * 0.42, base]]
    drawing.add(
      path(
        polygon(shelf),
        drawing.linear([
          [0, palette.near],
          [1, palette.deep],
        ]),
      ),
    )
    drawing.add(
      ellipse([width / 2, base], unit * 0.425, shade(grass, -0.05), { ry: unit * 0.062 }),
      ellipse([width / 2, base - unit * 0.008], unit * 0.42, grass, { ry: unit * 0.052 }),
    )
    peak(drawing, stage, top, unit * 0.36, base + unit * 0.012, light)
    const trees = Array.from({ length: 15 }, () => random.between(-0.36, 0.36)).toSorted((a, b) => a - b)
    drawing.add(
      ...trees.map((x) =>
        pine(
          stage,
          [width / 2 + unit * x, base + unit * random.between(0.015, 0.035)],
          unit * random.between(0.05, 0.12),
          shade(palette.near, 0.02),
          -1,
        ),
      ),
    )
    return drawing.svg()
  },
}

function slope(drawing: Drawing, shape: readonly Point[], color: Hex, foot: Hex): void {
  drawing.add(
    path(
      polygon(shape),
      drawing.linear([
        [0, color],
        [0.45, color],
        [1, foot],
      ]),
    ),
  )
}

/** Pines along a line, close together in some places and far apart in others. */
function forest(
  drawing: Drawing,
  stage: Stage,
  line: readonly Point[],
  count: number,
  size: number,
  color: Hex,
  light: Light,
): void {
  const { random, width } = stage
  const groves = Array.from({ length: 4 }, () => ({
    at: random.between(-0.05, 1.05),
    spread: random.between(0.06, 0.2),
  }))
  const xs = Array.from({ length: count }, () => {
    const grove = random.pick(groves)
    return (grove.at + (random.next() + random.next() - 1) * grove.spread) * width
  })
  for (const x of xs.toSorted((a, b) => a - b)) {
    const foot = heightAt(line, x) + size * 0.08
    drawing.add(pine(stage, [x, foot], size * random.between(0.55, 1.15), color, light.x < x ? -1 : 1))
  }
}
