import { mix } from '../color.ts'
import { createDrawing, ellipse, type Point, rect } from '../drawing.ts'
import { stars } from '../motifs.ts'
import { flare, moon, planet } from '../planets.ts'
import type { Scene } from '../stage.ts'

/** A planet with bands or a ring, moons, and clouds of stars. */
export const space: Scene = {
  words: [
    'space',
    'planet',
    'galaxy',
    'rocket',
    'astronaut',
    'cosmos',
    'cosmic',
    'satellite',
    'universe',
    'orbit',
    'star',
    'saturn',
    'comet',
    'nebula',
    'science',
    'future',
    'robot',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const dark = mix(palette.deep, '#05060f', 0.55)
    drawing.add(
      rect(
        0,
        0,
        width,
        height,
        drawing.linear(
          [
            [0, dark],
            [0.6, mix(palette.deep, palette.sky[0], 0.4)],
            [1, mix(palette.near, palette.sky[1], 0.35)],
          ],
          [0, 0],
          [0.7, 1],
        ),
      ),
    )
    const hues = [palette.accents[0], palette.sky[1], palette.accents[1], palette.mid]
    for (let i = 0; i < 26; i++) {
      const t = i / 25
      const at: Point = [
        width * (t * 1.1 - 0.05) + random.between(-0.12, 0.12) * unit,
        height * (0.78 - 0.56 * t) + random.between(-0.16, 0.16) * unit,
      ]
      const size = unit * random.between(0.16, 0.42)
      const color = random.pick(hues)
      drawing.add(
        ellipse(
          at,
          size,
          drawing.radial([
            [0, color, 0.19],
            [0.5, color, 0.08],
            [1, color, 0],
          ]),
          { ry: size * random.between(0.45, 0.9), turn: -28 },
        ),
      )
    }
    stars(drawing, stage, height, Math.round((260 * width * height) / unit ** 2))
    for (let i = 0; i < 7; i++)
      flare(
        drawing,
        stage,
        [random.between(0, width), random.between(0, height)],
        unit * random.between(0.008, 0.02),
      )
    const side = random.pick([-1, 1])
    const at: Point = [
      width / 2 + side * unit * random.between(0.04, 0.16),
      height / 2 + unit * random.between(-0.02, 0.12),
    ]
    const radius = unit * random.between(0.21, 0.25)
    drawing.add(
      ellipse(
        at,
        radius * 1.7,
        drawing.radial([
          [0.5, palette.accents[1], 0.3],
          [1, palette.accents[1], 0],
        ]),
      ),
    )
    planet(drawing, stage, at, radius)
    moon(
      drawing,
      stage,
      [at[0] - side * unit * 0.4, at[1] - unit * random.between(0.2, 0.34)],
      radius * random.between(0.16, 0.26),
    )
    moon(
      drawing,
      stage,
      [at[0] + side * unit * 0.31, at[1] + unit * random.between(0.22, 0.34)],
      radius * random.between(0.08, 0.13),
    )
    return { back: drawing.svg() }
  },
  subject(stage) {
    const { width, height, unit } = stage
    const drawing = createDrawing(width, height)
    planet(drawing, stage, [width / 2, height / 2], unit * 0.27)
    moon(drawing, stage, [width / 2 + unit * 0.33, height / 2 - unit * 0.32], unit * 0.07)
    return drawing.svg()
  },
}
