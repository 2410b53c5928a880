import { type Hex, mix, shade } from './color.ts'
import { type Drawing, ellipse, f, type Point, path, rect, stroke } from './drawing.ts'
import type { Stage } from './stage.ts'
import { round, shadowOf, type Thing } from './vessels.ts'

/** A bowl full of fruit. */
export const bowl: Thing = (drawing, stage, [x, y], size) => {
  const { palette, random } = stage
  const [half, tall] = [size * 0.56, size * 0.36]
  shadowOf(drawing, stage, [x, y], half * 0.8)
  const color = mix(palette.accents[2], palette.mid, 0.3)
  drawing.add(ellipse([x, y - tall], half, shade(color, -0.13), { ry: half * 0.2 }))
  for (const [dx, dy, r] of [
    [-0.5, 0.1, 0.3],
    [0.52, 0.1, 0.29],
    [-0.18, 0.3, 0.32],
    [0.24, 0.34, 0.33],
    [0.02, 0.08, 0.3],
  ] as const) {
    ball(
      drawing,
      stage,
      [x + dx * half, y - tall - dy * half],
      r * half,
      random.pick([palette.accents[0], palette.accents[1], mix(palette.accents[1], '#6f9f54', 0.5)]),
    )
  }
  drawing.add(
    path(
      `M${f(x - half)} ${f(y - tall)}C${f(x - half * 0.95)} ${f(y - tall * 0.3)} ${f(x - half * 0.5)} ${f(y)} ${f(x - half * 0.36)} ${f(y)}Q${f(x)} ${f(y + size * 0.03)} ${f(x + half * 0.36)} ${f(y)}C${f(x + half * 0.5)} ${f(y)} ${f(x + half * 0.95)} ${f(y - tall * 0.3)} ${f(x + half)} ${f(y - tall)}Q${f(x)} ${f(y - tall + half * 0.34)} ${f(x - half)} ${f(y - tall)}Z`,
      round(drawing, color),
    ),
  )
}

/** One fruit. */
export const fruit: Thing = (drawing, stage, [x, y], size) => {
  shadowOf(drawing, stage, [x, y], size * 0.24)
  const color = stage.words.includes('lemon')
    ? '#f2c33a'
    : stage.random.pick([stage.palette.accents[0], stage.palette.accents[1]])
  ball(drawing, stage, [x, y - size * 0.29], size * 0.3, color)
}

/** A pile of four books. */
export const books: Thing = (drawing, stage, [x, y], size) => {
  const { palette, random } = stage
  shadowOf(drawing, stage, [x, y], size * 0.42)
  let top = y
  for (const color of [
    palette.accents[0],
    palette.near,
    palette.accents[1],
    mix(palette.mid, palette.accents[2], 0.3),
  ]) {
    const [wide, thick, dx] = [
      size * random.between(0.74, 0.9),
      size * random.between(0.085, 0.13),
      size * random.between(-0.05, 0.05),
    ]
    const left = x - wide / 2 + dx
    drawing.add(rect(left, top - thick, wide, thick, round(drawing, color), `rx="${f(thick * 0.14)}"`))
    drawing.add(
      rect(
        left + wide * 0.05,
        top - thick * 0.84,
        wide * 0.95,
        thick * 0.68,
        drawing.linear(
          [
            [0, '#fbf3e3'],
            [1, '#d9cbb2'],
          ],
          [0, 0],
          [1, 0],
        ),
      ),
    )
    drawing.add(
      rect(left, top - thick, wide * 0.1, thick, shade(color, -0.05), `rx="${f(thick * 0.3)}"`),
      rect(left + wide * 0.04, top - thick * 0.7, wide * 0.016, thick * 0.4, palette.glow),
    )
    top -= thick
  }
}

function ball(drawing: Drawing, { palette }: Stage, [x, y]: Point, radius: number, color: Hex): void {
  drawing.add(
    ellipse(
      [x, y],
      radius,
      drawing.radial(
        [
          [0, mix(color, palette.glow, 0.6)],
          [0.35, color],
          [0.8, shade(color, -0.14)],
          [1, shade(color, -0.19)],
        ],
        [0.34, 0.3],
        0.78,
      ),
      { ry: radius * 0.96 },
    ),
  )
  drawing.add(
    stroke(
      `M${f(x)} ${f(y - radius * 0.84)}q${f(radius * 0.04)} ${f(-radius * 0.2)} ${f(radius * 0.16)} ${f(-radius * 0.3)}`,
      '#5b4636',
      radius * 0.09,
    ),
  )
  drawing.add(
    ellipse([x + radius * 0.34, y - radius * 1.04], radius * 0.24, '#6f9f54', {
      ry: radius * 0.1,
      turn: -24,
    }),
  )
}
