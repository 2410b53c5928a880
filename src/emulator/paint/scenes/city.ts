import { mix, steps } from '../color.ts'
import { createDrawing, ellipse, f, rect, stroke } from '../drawing.ts'
import { birds, sky } from '../motifs.ts'
import type { Scene } from '../stage.ts'
import { skyline, tower } from '../towers.ts'

/** Towers behind towers with lit windows, over water. */
export const city: Scene = {
  words: [
    ...[
      'city',
      'street',
      'skyline',
      'building',
      'tower',
      'urban',
      'town',
      'house',
      'office',
      'architecture',
      'village',
    ],
    ...[
      'train',
      'bridge',
      'downtown',
      'metropolis',
      'roof',
      'rooftop',
      'skyscraper',
      'neon',
      'harbourfront',
      'traffic',
    ],
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const horizon = Math.round(height * random.between(0.7, 0.77))
    const back = createDrawing(width, height)
    sky(back, stage, horizon, [0.2, 0.55])
    const rows = steps(mix(palette.far, palette.sky[2], 0.3), mix(palette.near, palette.deep, 0.35), 4)
    rows.forEach((color, i) => {
      const glow = back.linear([
        [0, palette.sky[2], 0],
        [1, mix(palette.sky[2], palette.accents[1], 0.3), 0.34],
      ])
      skyline(back, stage, {
        foot: horizon,
        tall: unit * (0.5 - i * 0.085),
        wide: unit * (0.05 + 0.018 * i),
        color,
        lit: i >= 1 ? 0.16 + i * 0.09 : 0,
        fine: i,
      })
      if (i < 3) back.add(rect(0, horizon - unit * 0.3, width, unit * 0.3, glow))
    })
    back.add(rect(0, horizon - unit * 0.016, width, unit * 0.02, palette.deep))
    for (let x = unit * 0.03; x < width; x += unit * 0.075) {
      back.add(
        ellipse(
          [x, horizon - unit * 0.022],
          unit * 0.012,
          back.radial([
            [0, palette.accents[1], 0.95],
            [0.3, palette.accents[1], 0.5],
            [1, palette.accents[1], 0],
          ]),
        ),
      )
    }
    const front = createDrawing(width, height, 'f')
    birds(front, stage, [width * random.between(0.2, 0.8), horizon * 0.3], random.int(2, 5))
    for (let i = 0; i < 60; i++) {
      const t = random.next() ** 1.4
      const [x, y, length] = [
        random.between(0, width),
        horizon + unit * 0.01 + t * (height - horizon),
        unit * (0.01 + 0.07 * t),
      ]
      const color = random.chance(0.35) ? palette.accents[1] : palette.sky[2]
      front.add(
        stroke(
          `M${f(x)} ${f(y)}q${f(length / 2)} ${f(unit * 0.003)} ${f(length)} 0`,
          color,
          unit * (0.0012 + 0.003 * t),
          0.3,
        ),
      )
    }
    return {
      back: back.svg(),
      water: { horizon, tint: mix(palette.deep, palette.sky[0], 0.4), depth: 0.5 },
      front: front.svg(),
    }
  },
  subject(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const [foot, from] = [height / 2 + unit * 0.36, width / 2 - unit * 0.4]
    const colors = steps(palette.mid, palette.deep, 5)
    const order = [0, 4, 1, 3, 2]
    drawing.add(
      ellipse(
        [width / 2, foot],
        unit * 0.46,
        drawing.radial([
          [0, palette.deep, 0.45],
          [1, palette.deep, 0],
        ]),
        { ry: unit * 0.035 },
      ),
    )
    order.forEach((place, i) => {
      const tall = unit * random.between(0.4, 0.74) * (place === 2 ? 1 : 0.86)
      tower(drawing, stage, {
        x: from + place * unit * 0.155,
        foot,
        wide: unit * random.between(0.165, 0.2),
        tall,
        color: colors[i]!,
        lit: 0.42,
        fine: 2,
      })
    })
    return drawing.svg()
  },
}
