import { type Hex, shade } from './color.ts'
import { type Drawing, ellipse, f, type Point, path } from './drawing.ts'
import type { Stage } from './stage.ts'

/** A flower's head of `size` pixels at the end of its stem. */
export type Bloom = (drawing: Drawing, stage: Stage, at: Point, size: number, color: Hex, heart: Hex) => void

/** Many narrow petals around a round heart. */
export const daisy: Bloom = (drawing, { random }, at, size, color, heart) => {
  const petals = random.int(11, 16)
  const [squash, turn] = [random.between(0.62, 0.95), random.between(-20, 20)]
  drawing.add(`<g transform="translate(${f(at[0])} ${f(at[1])}) rotate(${f(turn)}) scale(1 ${squash})">`)
  for (const [reach, tone] of [
    [1, shade(color, -0.05)],
    [0.82, color],
  ] as const) {
    for (let i = 0; i < petals; i++) {
      const angle = ((i + (reach < 1 ? 0.5 : 0)) / petals) * 360
      drawing.add(
        path(
          `M0 0C${f(size * 0.26)} ${f(-size * 0.4)} ${f(size * 0.2)} ${f(-size * reach)} 0 ${f(-size * reach)}C${f(-size * 0.2)} ${f(-size * reach)} ${f(-size * 0.26)} ${f(-size * 0.4)} 0 0Z`,
          i % 2 ? tone : shade(tone, -0.025),
          `transform="rotate(${f(angle)})"`,
        ),
      )
    }
  }
  drawing.add(
    ellipse([0, 0], size * 0.3, shade(heart, -0.08)),
    ellipse([-size * 0.03, -size * 0.05], size * 0.24, heart),
    '</g>',
  )
}

/** A closed cup of three petals. */
export const tulip: Bloom = (drawing, { random }, [x, y], size, color) => {
  drawing.add(
    `<g transform="translate(${f(x)} ${f(y + size * 0.5)}) rotate(${f(random.between(-12, 12))}) scale(${f(size)})">`,
  )
  const petal = (side: number) =>
    `M0 0C${side * 0.75} -0.1 ${side * 0.75} -0.9 ${side * 0.42} -1.35C${side * 0.3} -1.1 ${side * 0.12} -0.95 0 -0.85Z`
  drawing.add(
    `<path d="M0 0C-0.45 -0.3 -0.35 -1 0 -1.5C0.35 -1 0.45 -0.3 0 0Z" fill="${shade(color, -0.09)}"/>`,
  )
  drawing.add(
    `<path d="${petal(-1)}" fill="${drawing.linear([
      [0, shade(color, 0.05)],
      [1, color],
    ])}"/>`,
    `<path d="${petal(1)}" fill="${drawing.linear([
      [0, color],
      [1, shade(color, -0.06)],
    ])}"/>`,
    '</g>',
  )
}

/** Four broad petals around a dark heart. */
export const poppy: Bloom = (drawing, { random, palette }, [x, y], size, color, heart) => {
  drawing.add(
    `<g transform="translate(${f(x)} ${f(y)}) rotate(${f(random.between(-25, 25))}) scale(${f(size)})">`,
  )
  const fill = drawing.radial(
    [
      [0, shade(color, -0.12)],
      [0.55, color],
      [1, shade(color, 0.05)],
    ],
    [0.5, 0.8],
    0.9,
  )
  for (const [dx, dy, rx, ry] of [
    [0, -0.42, 0.74, 0.56],
    [-0.46, 0.02, 0.62, 0.58],
    [0.46, 0.02, 0.62, 0.58],
    [0, 0.3, 0.7, 0.5],
  ] as const) {
    drawing.add(`<ellipse cx="${dx}" cy="${dy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`)
  }
  drawing.add(`<circle r="0.25" fill="${palette.deep}"/><circle r="0.13" fill="${heart}"/></g>`)
}

/** A spike of many small blossoms, as of lavender. */
export const spike: Bloom = (drawing, { random }, [x, y], size, color) => {
  for (let i = 0; i < 26; i++) {
    const t = i / 25
    const at: Point = [x + random.between(-0.2, 0.2) * size * (1.1 - t), y + size * (0.5 - t * 2.2)]
    drawing.add(
      ellipse(at, size * 0.16 * (1.15 - t * 0.6), shade(color, random.between(-0.07, 0.05)), {
        ry: size * 0.11,
      }),
    )
  }
}
