// Things to drink and eat from.
import { type Hex, mix, shade } from './color.ts'
import { type Drawing, ellipse, f, type Point, path, rect, stroke } from './drawing.ts'
import type { Stage } from './stage.ts'

/** A thing that stands at `foot`, drawn in units of `size` pixels. */
export type Thing = (drawing: Drawing, stage: Stage, foot: Point, size: number) => void

/** The shadow that a thing of `half` its width throws on the table. */
export function shadowOf(drawing: Drawing, { palette }: Stage, [x, y]: Point, half: number): void {
  drawing.add(
    ellipse(
      [x + half * 0.55, y],
      half * 1.7,
      drawing.radial([
        [0, palette.deep, 0.55],
        [0.5, palette.deep, 0.28],
        [1, palette.deep, 0],
      ]),
      { ry: half * 0.24 },
    ),
  )
}

/** Light from the left, a bright line, shade on the right, and a little light thrown back by the table. */
export function round(drawing: Drawing, color: Hex): string {
  return drawing.linear(
    [
      [0, shade(color, -0.02)],
      [0.2, shade(color, 0.09)],
      [0.34, shade(color, 0.04)],
      [0.72, shade(color, -0.1)],
      [0.94, shade(color, -0.17)],
      [1, shade(color, -0.12)],
    ],
    [0, 0],
    [1, 0],
  )
}

/** A cup of coffee on its saucer. */
export const cup: Thing = (drawing, stage, [x, y], size) => {
  const { palette, random } = stage
  const color = random.pick([
    palette.accents[2],
    palette.accents[0],
    mix(palette.far, palette.accents[2], 0.5),
  ])
  const [half, tall] = [size * 0.4, size * 0.6]
  shadowOf(drawing, stage, [x, y], half)
  drawing.add(
    ellipse([x, y - size * 0.005], half * 1.45, shade(color, -0.09), { ry: half * 0.26 }),
    ellipse([x, y - size * 0.022], half * 1.42, round(drawing, shade(color, 0.01)), { ry: half * 0.24 }),
  )
  drawing.add(
    stroke(
      `M${f(x + half * 0.9)} ${f(y - tall * 0.86)}c${f(half * 0.75)} ${f(-tall * 0.06)} ${f(half * 0.68)} ${f(tall * 0.6)} ${f(-half * 0.12)} ${f(tall * 0.52)}`,
      shade(color, -0.11),
      half * 0.17,
    ),
  )
  drawing.add(
    path(
      `M${f(x - half)} ${f(y - tall)}C${f(x - half)} ${f(y - tall * 0.3)} ${f(x - half * 0.62)} ${f(y - size * 0.02)} ${f(x - half * 0.5)} ${f(y - size * 0.02)}Q${f(x)} ${f(y + size * 0.03)} ${f(x + half * 0.5)} ${f(y - size * 0.02)}C${f(x + half * 0.62)} ${f(y - size * 0.02)} ${f(x + half)} ${f(y - tall * 0.3)} ${f(x + half)} ${f(y - tall)}Z`,
      round(drawing, color),
    ),
  )
  drawing.add(
    ellipse([x, y - tall], half, shade(color, 0.05), { ry: half * 0.24 }),
    ellipse([x, y - tall + half * 0.02], half * 0.9, shade(color, -0.14), { ry: half * 0.195 }),
  )
  drawing.add(
    ellipse(
      [x, y - tall + half * 0.06],
      half * 0.84,
      drawing.linear(
        [
          [0, '#4a2c1c'],
          [1, '#7a4a2b'],
        ],
        [0, 0],
        [1, 0],
      ),
      { ry: half * 0.15 },
    ),
  )
  for (const dx of [-0.28, 0.05, 0.34])
    drawing.add(
      stroke(
        `M${f(x + dx * half)} ${f(y - tall * 1.12)}c${f(half * 0.3)} ${f(-tall * 0.18)} ${f(-half * 0.3)} ${f(-tall * 0.3)} ${f(half * 0.06)} ${f(-tall * 0.52)}`,
        palette.glow,
        half * 0.075,
        0.4,
      ),
    )
}

/** A vase with twigs and berries. */
export const vase: Thing = (drawing, stage, [x, y], size) => {
  const { palette, random } = stage
  const color = random.pick([palette.accents[0], palette.mid, mix(palette.accents[2], palette.far, 0.25)])
  const [half, tall] = [size * 0.25, size * 0.62]
  shadowOf(drawing, stage, [x, y], half)
  for (let i = 0; i < 7; i++) {
    const [lean, reach] = [
      (i - 3) * size * 0.075 + random.between(-0.02, 0.02) * size,
      size * random.between(0.32, 0.52),
    ]
    const tip: Point = [x + lean * 1.6, y - tall - reach * (1 - Math.abs(i - 3) * 0.1)]
    const green = mix(palette.near, '#5f8a5c', 0.45)
    drawing.add(
      stroke(
        `M${f(x + lean * 0.15)} ${f(y - tall * 0.95)}Q${f(x + lean * 0.6)} ${f(y - tall - reach * 0.5)} ${f(tip[0])} ${f(tip[1])}`,
        green,
        size * 0.009,
      ),
    )
    for (let k = 0; k < 5; k++) {
      const t = 0.35 + k * 0.15
      const at: Point = [
        x + lean * 0.15 + (tip[0] - x - lean * 0.15) * t,
        y - tall * 0.95 + (tip[1] - y + tall * 0.95) * t,
      ]
      drawing.add(
        ellipse(
          [at[0] + (k % 2 ? 1 : -1) * size * 0.032, at[1]],
          size * 0.036,
          shade(green, random.between(-0.03, 0.08)),
          { ry: size * 0.016, turn: k % 2 ? -38 : 38 },
        ),
      )
    }
    if (i % 2 === 0)
      drawing.add(
        ellipse(tip, size * 0.034, random.pick([palette.accents[1], palette.accents[0], palette.accents[2]])),
      )
  }
  const body = `M${f(x - half * 0.42)} ${f(y - tall)}C${f(x - half * 0.3)} ${f(y - tall * 0.72)} ${f(x - half * 1.15)} ${f(y - tall * 0.66)} ${f(x - half)} ${f(y - tall * 0.36)}C${f(x - half * 0.9)} ${f(y - tall * 0.12)} ${f(x - half * 0.5)} ${f(y - size * 0.01)} ${f(x - half * 0.46)} ${f(y)}Q${f(x)} ${f(y + size * 0.022)} ${f(x + half * 0.46)} ${f(y)}C${f(x + half * 0.5)} ${f(y - size * 0.01)} ${f(x + half * 0.9)} ${f(y - tall * 0.12)} ${f(x + half)} ${f(y - tall * 0.36)}C${f(x + half * 1.15)} ${f(y - tall * 0.66)} ${f(x + half * 0.3)} ${f(y - tall * 0.72)} ${f(x + half * 0.42)} ${f(y - tall)}Z`
  drawing.add(
    path(body, round(drawing, color)),
    ellipse([x, y - tall], half * 0.42, shade(color, -0.17), { ry: half * 0.09 }),
  )
}

/** A bottle with a label. */
export const bottle: Thing = (drawing, stage, [x, y], size) => {
  const { palette } = stage
  const color = mix(palette.near, palette.mid, 0.35)
  const [half, tall] = [size * 0.17, size * 1.02]
  shadowOf(drawing, stage, [x, y], half)
  drawing.add(
    path(
      `M${f(x - half)} ${f(y)}V${f(y - tall * 0.58)}C${f(x - half)} ${f(y - tall * 0.74)} ${f(x - half * 0.36)} ${f(y - tall * 0.7)} ${f(x - half * 0.34)} ${f(y - tall * 0.82)}V${f(y - tall)}H${f(x + half * 0.34)}V${f(y - tall * 0.82)}C${f(x + half * 0.36)} ${f(y - tall * 0.7)} ${f(x + half)} ${f(y - tall * 0.74)} ${f(x + half)} ${f(y - tall * 0.58)}V${f(y)}Q${f(x)} ${f(y + half * 0.22)} ${f(x - half)} ${f(y)}Z`,
      round(drawing, color),
    ),
  )
  drawing.add(
    path(
      `M${f(x - half)} ${f(y - tall * 0.44)}Q${f(x)} ${f(y - tall * 0.42)} ${f(x + half)} ${f(y - tall * 0.44)}V${f(y - tall * 0.17)}Q${f(x)} ${f(y - tall * 0.15)} ${f(x - half)} ${f(y - tall * 0.17)}Z`,
      round(drawing, palette.accents[2]),
    ),
  )
  drawing.add(
    rect(x - half * 0.42, y - tall * 1.01, half * 0.84, tall * 0.05, round(drawing, palette.accents[0])),
    ellipse([x, y - tall * 0.31], half * 0.4, palette.accents[0]),
  )
  drawing.add(
    stroke(
      `M${f(x - half * 0.66)} ${f(y - tall * 0.54)}V${f(y - tall * 0.08)}`,
      palette.glow,
      half * 0.12,
      0.35,
    ),
  )
}
