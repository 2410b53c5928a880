import { mix, shade } from '../color.ts'
import { createDrawing, type Drawing, f, type Point, path, polygon, rect, stroke } from '../drawing.ts'
import type { Scene, Stage } from '../stage.ts'
import { books, bowl, fruit } from '../things.ts'
import { bottle, cup, type Thing, vase } from '../vessels.ts'

/** A few things on a table in the light of a window. */
export const stillLife: Scene = {
  words: [
    'cup',
    'coffee',
    'tea',
    'table',
    'vase',
    'bottle',
    'fruit',
    'apple',
    'lemon',
    'orange',
    'bowl',
    'bread',
    'food',
    'kitchen',
    'book',
    'lamp',
    'chair',
    'desk',
    'product',
    'plate',
    'cake',
    'pear',
    'mug',
    'pot',
    'jar',
    'breakfast',
    'ceramic',
    'room',
    'interior',
    'wine',
    'soup',
    'recipe',
    'pottery',
    'candle',
    'toy',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const edge = height * random.between(0.64, 0.7)
    const wall = mix(palette.sky[1], palette.sky[2], 0.55)
    drawing.add(
      rect(
        0,
        0,
        width,
        edge + 2,
        drawing.linear([
          [0, mix(wall, palette.mid, 0.28)],
          [1, wall],
        ]),
      ),
    )
    windowLight(drawing, stage, edge)
    const wood = mix(palette.near, palette.accents[1], 0.28)
    drawing.add(
      rect(
        0,
        edge,
        width,
        height - edge,
        drawing.linear([
          [0, shade(wood, 0.07)],
          [0.12, wood],
          [1, shade(wood, -0.09)],
        ]),
      ),
    )
    for (let i = 0; i < 26; i++) {
      const y = edge + (height - edge) * random.next() ** 0.8
      const [x, length] = [random.between(-0.1, 1) * width, width * random.between(0.1, 0.5)]
      drawing.add(
        stroke(
          `M${f(x)} ${f(y)}q${f(length / 2)} ${f(unit * 0.006)} ${f(length)} 0`,
          shade(wood, random.chance(0.5) ? 0.05 : -0.05),
          unit * 0.0025,
          0.35,
        ),
      )
    }
    const foot = edge + (height - edge) * 0.36
    const middle = width / 2
    const things = arrange(stage)
    for (const [i, thing] of things.entries()) {
      const offset = [-0.03, 0.24, -0.29, 0.05][i]!
      const at: Point = [
        middle + unit * (offset + random.between(-0.02, 0.02)),
        foot + unit * [0, 0.05, 0.06, 0.12][i]!,
      ]
      thing(drawing, stage, at, unit * [0.44, 0.32, 0.3, 0.19][i]!)
    }
    return { back: drawing.svg() }
  },
  subject(stage) {
    const { width, height, unit } = stage
    const drawing = createDrawing(width, height)
    arrange(stage)[0]!(drawing, stage, [width / 2, height / 2 + unit * 0.36], unit * 0.72)
    return drawing.svg()
  },
}

/** The things of this picture, the one that the prompt names first. */
function arrange({ words, random }: Stage): Thing[] {
  const named: [Thing, string[]][] = [
    [cup, ['cup', 'coffee', 'tea', 'mug', 'breakfast', 'soup']],
    [vase, ['vase', 'pot', 'jar', 'ceramic', 'pottery', 'interior']],
    [bottle, ['bottle', 'wine', 'product', 'oil']],
    [bowl, ['fruit', 'bowl', 'apple', 'orange', 'food', 'kitchen']],
    [fruit, ['lemon', 'pear']],
    [books, ['book', 'desk', 'reading', 'study', 'library']],
  ]
  const score = (list: string[]) => list.filter((word) => words.includes(word)).length + random.next() * 0.9
  const order = named
    .map(([thing, list]) => ({ thing, score: score(list) }))
    .toSorted((a, b) => b.score - a.score)
  return [...order.slice(0, 3).map(({ thing }) => thing), fruit]
}

/** Panes of light, thrown aslant on the wall. */
function windowLight(drawing: Drawing, { width, unit, random, palette }: Stage, edge: number): void {
  const [x, y, side, slant] = [width * random.between(0.18, 0.5), edge * 0.12, unit * 0.2, unit * 0.11]
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 2; column++) {
      const [px, py] = [x + column * side * 1.1 + row * slant * 1.1, y + row * side * 1.3]
      const fill = drawing.linear([
        [0, palette.glow, 0.62],
        [1, palette.glow, 0.3],
      ])
      drawing.add(
        path(
          polygon([
            [px, py],
            [px + side, py + side * 0.08],
            [px + side + slant, py + side * 1.28],
            [px + slant, py + side * 1.2],
          ]),
          fill,
        ),
      )
    }
  }
}
