import { type Hex, shade } from './color.ts'
import { type Drawing, ellipse, f, path, polygon, rect } from './drawing.ts'
import type { Stage } from './stage.ts'

/** Towers of one distance. Lengths are pixels; `foot` is where they stand. */
export interface Row {
  foot: number
  tall: number
  wide: number
  color: Hex
  /** The share of windows with light. */
  lit: number
  /** How much detail: 0 is far away. */
  fine: number
}

/** A row of towers from edge to edge, highest near one place. */
export function skyline(drawing: Drawing, stage: Stage, row: Row): void {
  const { random, width } = stage
  const center = random.between(0.3, 0.7)
  for (let x = -row.wide; x < width + row.wide; ) {
    const wide = row.wide * random.between(0.7, 1.6)
    const hump = 1 - 0.6 * Math.min(1, Math.abs((x + wide / 2) / width - center) * 1.9)
    tower(drawing, stage, { ...row, x, wide, tall: row.tall * hump * random.between(0.5, 1.15) })
    x += wide * random.between(0.82, 1.2)
  }
}

/** One tower with its roof and its windows; `x` is its left edge. */
export function tower(
  drawing: Drawing,
  { random, palette, unit }: Stage,
  { x, foot, wide, tall, color, lit, fine }: Row & { x: number },
): void {
  const top = foot - tall
  const tone = shade(color, random.between(-0.025, 0.025))
  const roof = random.int(0, 5)
  const middle = x + wide / 2
  if (roof === 0)
    drawing.add(
      path(
        polygon([
          [x, top],
          [middle, top - wide * 0.5],
          [x + wide, top],
        ]),
        tone,
      ),
    )
  if (roof === 1)
    drawing.add(
      rect(x + wide * 0.2, top - wide * 0.22, wide * 0.6, wide * 0.24, tone),
      rect(x + wide * 0.36, top - wide * 0.42, wide * 0.28, wide * 0.24, tone),
    )
  if (roof === 2)
    drawing.add(
      path(
        polygon([
          [x, top],
          [x, top - wide * 0.36],
          [x + wide, top],
        ]),
        tone,
      ),
    )
  if (roof === 3 && fine > 0) {
    drawing.add(rect(middle - unit * 0.0015, top - tall * 0.16, unit * 0.003, tall * 0.17, tone))
    drawing.add(ellipse([middle, top - tall * 0.16], unit * 0.004, palette.accents[0]))
  }
  if (roof === 4 && fine > 1) drawing.add(ellipse([middle, top], wide * 0.34, tone, { ry: wide * 0.26 }))
  drawing.add(
    rect(
      x,
      top,
      wide,
      tall + 2,
      drawing.linear(
        [
          [0, shade(tone, 0.03)],
          [1, shade(tone, -0.03)],
        ],
        [0, 0],
        [1, 0],
      ),
    ),
  )
  if (fine > 0)
    drawing.add(rect(x + wide * 0.82, top, wide * 0.18, tall, shade(tone, -0.045), 'opacity="0.6"'))
  if (lit > 0) windows(drawing, { random, palette, unit }, { x, top, wide: wide * 0.82, tall, lit, fine })
}

function windows(
  drawing: Drawing,
  { random, palette, unit }: Pick<Stage, 'random' | 'palette' | 'unit'>,
  {
    x,
    top,
    wide,
    tall,
    lit,
    fine,
  }: { x: number; top: number; wide: number; tall: number; lit: number; fine: number },
): void {
  const cell = unit * (0.011 + 0.0035 * fine)
  const columns = Math.max(2, Math.floor((wide * 0.86) / cell))
  const [left, step] = [x + wide * 0.09, (wide * 0.86) / columns]
  const size = `h${f(step * 0.52)}v${f(cell * 0.62)}h${f(-step * 0.52)}z`
  // One path a colour: thousands of rectangles would be slow.
  const paths: Record<string, string> = {}
  for (let y = top + cell * 0.9; y < top + tall - cell * 2; y += cell * 1.25) {
    const floor = random.between(0.3, 1.5)
    for (let column = 0; column < columns; column++) {
      if (!random.chance(lit * floor)) continue
      const color = random.chance(0.16)
        ? palette.accents[2]
        : random.chance(0.08)
          ? palette.accents[0]
          : palette.accents[1]
      paths[color] = `${paths[color] ?? ''}M${f(left + column * step)} ${f(y)}${size}`
    }
  }
  for (const [color, data] of Object.entries(paths))
    drawing.add(path(data, color, `opacity="${0.55 + 0.12 * fine}"`))
}
