import { daisy, poppy, spike, tulip } from '../blooms.ts'
import { type Hex, mix, shade } from '../color.ts'
import { createDrawing, type Drawing, ellipse, f, type Point, path, rect, stroke } from '../drawing.ts'
import type { Scene, Stage } from '../stage.ts'

/** Flowers and leaves before a pale disc. */
export const garden: Scene = {
  words: [
    'flower',
    'garden',
    'plant',
    'leaf',
    'leave',
    'rose',
    'tulip',
    'botanical',
    'bouquet',
    'meadow',
    'herb',
    'bee',
    'butterfly',
    'blossom',
    'fern',
    'floral',
    'poppy',
    'daisy',
    'bloom',
    'wildflower',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const pale = mix(palette.sky[2], palette.accents[2], 0.5)
    drawing.add(
      rect(
        0,
        0,
        width,
        height,
        drawing.linear([
          [0, mix(palette.sky[1], pale, 0.55)],
          [0.7, pale],
          [1, mix(pale, palette.sky[1], 0.35)],
        ]),
      ),
    )
    const disc: Point = [width * random.between(0.42, 0.58), height * 0.42]
    drawing.add(
      ellipse(
        disc,
        unit * 0.36,
        drawing.linear([
          [0, mix(palette.glow, palette.accents[1], 0.42)],
          [1, mix(palette.glow, palette.accents[0], 0.22)],
        ]),
        { opacity: 0.9 },
      ),
    )
    // Three rows, from pale and high to dark and low.
    for (const [row, fade] of [0.62, 0.3, 0].entries()) {
      const count = Math.round((width / unit) * (15 - row * 2))
      for (let i = 0; i < count; i++) {
        const x = ((i + random.between(0.1, 0.9)) / count) * width * 1.1 - width * 0.05
        const reach = unit * random.between(0.36, 0.86) * (1 - row * 0.13)
        const lean = unit * random.between(-0.1, 0.1)
        growth(drawing, stage, [x, height + unit * 0.02], [x + lean, height - reach], {
          size: unit * random.between(0.055, 0.1) * (0.8 + row * 0.13),
          fade,
          haze: pale,
        })
      }
    }
    butterflies(drawing, stage, disc, random.int(1, 3))
    return { back: drawing.svg() }
  },
  subject(stage) {
    const { width, height, unit, random } = stage
    const drawing = createDrawing(width, height)
    const knot: Point = [width / 2, height / 2 + unit * 0.22]
    for (let i = 0; i < 15; i++) {
      const t = ((i * 8) % 15) / 14 - 0.5
      const reach = unit * random.between(0.4, 0.6) * (1 - Math.abs(t) * 0.35)
      const head: Point = [knot[0] + Math.sin(t * 2.1) * reach, knot[1] - Math.cos(t * 2.1) * reach]
      const foot: Point = [knot[0] - t * unit * 0.22, knot[1] + unit * random.between(0.16, 0.22)]
      growth(drawing, stage, foot, head, {
        size: unit * random.between(0.07, 0.105),
        fade: 0,
        haze: '#ffffff',
        through: knot,
      })
    }
    const band = stage.palette.accents[0]
    drawing.add(
      path(
        `M${f(knot[0] - unit * 0.055)} ${f(knot[1] - unit * 0.02)}q${f(unit * 0.055)} ${f(unit * 0.022)} ${f(unit * 0.11)} 0l${f(-unit * 0.006)} ${f(unit * 0.05)}q${f(-unit * 0.049)} ${f(unit * 0.02)} ${f(-unit * 0.098)} 0Z`,
        drawing.linear(
          [
            [0, band],
            [1, shade(band, -0.13)],
          ],
          [0, 0],
          [1, 0],
        ),
      ),
    )
    return drawing.svg()
  },
}

interface Growth {
  size: number
  /** How much of it is lost in `haze`. */
  fade: number
  haze: Hex
  through?: Point
}

/** A stem from `foot` to `head` with leaves, and what blooms at its end. */
function growth(
  drawing: Drawing,
  stage: Stage,
  foot: Point,
  head: Point,
  { size, fade, haze, through }: Growth,
): void {
  const { random, palette } = stage
  const tone = (color: Hex) => mix(color, haze, fade)
  const green = tone(mix(random.pick([palette.mid, palette.near]), '#4f7f57', 0.5))
  const bend: Point = through ?? [foot[0] + (head[0] - foot[0]) * 0.1, (foot[1] + head[1]) / 2]
  drawing.add(
    stroke(
      `M${f(foot[0])} ${f(foot[1])}Q${f(bend[0])} ${f(bend[1])} ${f(head[0])} ${f(head[1])}`,
      green,
      Math.max(1.5, size * 0.07),
    ),
  )
  const along = (t: number, axis: 0 | 1) =>
    (1 - t) ** 2 * foot[axis] + 2 * t * (1 - t) * bend[axis] + t * t * head[axis]
  const [from, to] = through ? [0.5, 0.82] : [0.2, 0.85]
  for (let i = random.int(3, 6), side = 1; i > 0; i--, side = -side) {
    const t = random.between(from, to)
    leaf(
      drawing,
      [along(t, 0), along(t, 1)],
      size * random.between(1, 1.7),
      side * random.between(28, 62),
      shade(green, random.between(-0.035, 0.045)),
    )
  }
  const color = tone(
    random.pick([
      palette.accents[0],
      palette.accents[0],
      palette.accents[1],
      palette.accents[2],
      mix(palette.accents[0], palette.accents[2], 0.5),
    ]),
  )
  const bloom = random.pick([daisy, tulip, poppy, spike, daisy])
  const heart = tone(mix(palette.accents[1], palette.deep, color === tone(palette.accents[1]) ? 0.6 : 0.08))
  bloom(drawing, stage, head, size, color, heart)
}

function leaf(drawing: Drawing, [x, y]: Point, length: number, turn: number, color: Hex): void {
  const half = (side: number) =>
    `M0 0C${f(side * length * 0.3)} ${f(-length * 0.25)} ${f(side * length * 0.22)} ${f(-length * 0.75)} 0 ${f(-length)}Z`
  drawing.add(
    `<g transform="translate(${f(x)} ${f(y)}) rotate(${f(turn)})">`,
    path(half(-1), color),
    path(half(1), shade(color, -0.04)),
    '</g>',
  )
}

function butterflies(drawing: Drawing, { random, unit, palette }: Stage, center: Point, count: number): void {
  for (let i = 0; i < count; i++) {
    const [x, y, size] = [
      center[0] + random.between(-0.34, 0.34) * unit,
      center[1] + random.between(-0.36, -0.1) * unit,
      unit * random.between(0.018, 0.034),
    ]
    const color = random.pick(palette.accents)
    const wings = [-1, 1].map(
      (side) =>
        `<path d="M0 0C${side * 0.5} -1.3 ${side * 1.6} -1.2 ${side * 1.2} -0.3C${side * 1.5} 0.3 ${side * 0.8} 0.9 0 0Z" fill="${side < 0 ? color : shade(color, -0.08)}"/>`,
    )
    drawing.add(
      `<g transform="translate(${f(x)} ${f(y)}) rotate(${f(random.between(-40, 40))}) scale(${f(size)})">`,
      ...wings,
      `<ellipse rx="0.1" ry="0.55" fill="${palette.deep}"/></g>`,
    )
  }
}
