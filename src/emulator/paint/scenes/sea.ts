import { boat } from '../boats.ts'
import { mix, shade, steps } from '../color.ts'
import { createDrawing, type Drawing, f, type Point, path, polygon, stroke } from '../drawing.ts'
import { birds, sky } from '../motifs.ts'
import type { Scene, Stage } from '../stage.ts'
import { ground, ridgeLine } from '../terrain.ts'

/** Water to the horizon, and a boat on it. */
export const sea: Scene = {
  words: [
    ...[
      'sea',
      'ocean',
      'water',
      'boat',
      'ship',
      'sail',
      'sailboat',
      'lake',
      'river',
      'harbour',
      'harbor',
      'island',
    ],
    ...[
      'lighthouse',
      'beach',
      'coast',
      'bay',
      'surf',
      'whale',
      'canoe',
      'kayak',
      'fish',
      'shore',
      'float',
      'floating',
    ],
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const horizon = Math.round(height * random.between(0.5, 0.58))
    const back = createDrawing(width, height)
    const light = sky(back, stage, horizon, [0.55, 0.86])
    const lands = steps(mix(palette.far, palette.sky[2], 0.35), mix(palette.mid, palette.far, 0.4), 3)
    lands.forEach((color, i) => {
      const y = horizon - unit * (0.05 - i * 0.018)
      const line = ridgeLine(random, { width, y, amplitude: unit * (0.085 - i * 0.02), rough: 0.46 })
      back.add(
        path(
          polygon(ground(line, horizon + 2)),
          back.linear([
            [0, shade(color, -0.02)],
            [1, mix(color, palette.sky[2], 0.45)],
          ]),
        ),
      )
    })

    const front = createDrawing(width, height, 'f')
    birds(
      front,
      stage,
      [width * random.between(0.2, 0.8), horizon * random.between(0.3, 0.55)],
      random.int(4, 8),
    )
    glints(front, stage, horizon, light.x)
    const side = light.x < width / 2 ? 1 : -1
    const at: Point = [
      width * (0.5 + side * random.between(0.04, 0.17)),
      horizon + (height - horizon) * random.between(0.42, 0.58),
    ]
    boat(front, stage, at, unit * random.between(0.3, 0.38), side)
    return {
      back: back.svg(),
      water: { horizon, tint: mix(palette.near, palette.sky[0], 0.45), depth: 0.62 },
      front: front.svg(),
    }
  },
  subject(stage) {
    const { width, height, unit, random } = stage
    const drawing = createDrawing(width, height)
    boat(drawing, stage, [width / 2, height / 2 + unit * 0.26], unit * 0.78, random.pick([-1, 1]), false)
    return drawing.svg()
  },
}

/** Short strokes of light on the water, thick under the sun, and longer ones of shade near the viewer. */
function glints(
  drawing: Drawing,
  { width, height, unit, random, palette }: Stage,
  horizon: number,
  sunX: number,
): void {
  const below = height - horizon
  for (let i = 0; i < 150; i++) {
    const t = random.next() ** 1.6
    const y = horizon + 3 + t * below
    const spread = unit * (0.05 + 0.2 * t)
    const x = sunX + random.between(-1, 1) * random.between(0, 1) * spread
    const length = unit * (0.006 + 0.06 * t) * random.between(0.4, 1)
    const bend = length * 0.09
    drawing.add(
      stroke(
        `M${f(x - length)} ${f(y)}q${f(length)} ${f(bend)} ${f(length * 2)} 0`,
        palette.glow,
        unit * (0.0012 + 0.005 * t),
        0.62 - 0.3 * t,
      ),
    )
  }
  const dark = mix(palette.near, palette.deep, 0.5)
  for (let i = 0; i < 46; i++) {
    const t = random.between(0.15, 1) ** 0.8
    const y = horizon + t * below
    const [x, length] = [random.between(-0.05, 1.05) * width, unit * t * random.between(0.05, 0.2)]
    const color = random.chance(0.55) ? dark : mix(palette.sky[2], palette.sky[1], 0.4)
    const wave = `M${f(x - length)} ${f(y)}q${f(length * 0.5)} ${f(-unit * 0.006)} ${f(length)} 0t${f(length)} 0`
    drawing.add(stroke(wave, color, unit * 0.0045 * t, 0.28))
  }
}
