import { mix, shade, steps } from '../color.ts'
import { createDrawing, ellipse, f, type Point, path, polygon, rect, stroke } from '../drawing.ts'
import { birds, pine, roundTree, sun } from '../motifs.ts'
import type { Scene, Stage } from '../stage.ts'
import { ground, heightAt, hillLine } from '../terrain.ts'

/** Trunks in mist, light from behind them. */
export const forest: Scene = {
  words: [
    'forest',
    'wood',
    'woodland',
    'tree',
    'pine',
    'jungle',
    'birch',
    'deer',
    'fox',
    'owl',
    'bear',
    'park',
    'oak',
    'mist',
    'fog',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const pale = mix(palette.sky[2], palette.glow, 0.35)
    drawing.add(
      rect(
        0,
        0,
        width,
        height,
        drawing.linear([
          [0, mix(palette.sky[1], palette.far, 0.3)],
          [0.6, pale],
          [1, pale],
        ]),
      ),
    )
    const light = {
      x: width * random.between(0.3, 0.7),
      y: height * random.between(0.3, 0.42),
      radius: unit * 0.085,
    }
    sun(drawing, stage, light)
    const depth = steps(mix(palette.far, pale, 0.55), mix(palette.deep, palette.near, 0.25), 6)
    depth.forEach((color, i) => {
      const near = i / 5
      const floor = hillLine(random, width, height * (0.7 + 0.2 * near), unit * (0.02 + 0.014 * near))
      const count = Math.round((width / unit) * (15 - i * 1.9))
      for (let j = 0; j < count; j++) {
        const x = ((j + random.between(0.05, 0.95)) / count) * width * 1.06 - width * 0.03
        // The middle of the nearest rows stays open: that is where one looks.
        if (i > 3 && Math.abs(x / width - light.x / width) < 0.17) continue
        const foot = heightAt(floor, x) + unit * 0.02
        if (i < 3 && random.chance(0.5))
          drawing.add(pine(stage, [x, foot], unit * random.between(0.3, 0.62), color, light.x < x ? -1 : 1))
        else
          drawing.add(
            trunk(
              stage,
              x,
              foot,
              unit * (0.006 + 0.03 * near ** 1.4) * random.between(0.75, 1.3),
              color,
              light.x < x ? -1 : 1,
            ),
          )
      }
      drawing.add(
        path(
          polygon(ground(floor, height)),
          drawing.linear([
            [0, color],
            [1, mix(color, i < 5 ? pale : palette.deep, i < 5 ? 0.5 : 0.6)],
          ]),
        ),
      )
      if (i === 1 || i === 3) rays()
      if (i === 4) undergrowth(floor, color)
    })
    undergrowth(hillLine(random, width, height * 0.985, unit * 0.015), shade(palette.deep, -0.02), 1.5)
    birds(drawing, stage, [light.x, light.y - unit * 0.14], random.int(2, 5))
    return { back: drawing.svg() }

    function rays() {
      for (let i = random.int(4, 6); i > 0; i--) {
        const [top, low] = [
          light.x + random.between(-0.12, 0.12) * unit,
          light.x + random.between(-0.75, 0.75) * width,
        ]
        const [a, b] = [unit * 0.01, unit * random.between(0.05, 0.13)]
        const fill = drawing.linear([
          [0, palette.glow, 0.28],
          [1, palette.glow, 0],
        ])
        drawing.add(
          path(
            polygon([
              [top - a, light.y],
              [top + a, light.y],
              [low + b, height * 0.95],
              [low - b, height * 0.95],
            ]),
            fill,
          ),
        )
      }
    }
    function undergrowth(line: readonly Point[], color: string, size = 1) {
      for (let i = Math.round((width / unit) * 70); i > 0; i--) {
        const x = random.between(-0.02, 1.02) * width
        const y = heightAt(line, x) + unit * 0.015
        const [reach, lean] = [
          unit * random.between(0.02, 0.075) * size,
          unit * random.between(-0.04, 0.04) * size,
        ]
        drawing.add(
          stroke(
            `M${f(x)} ${f(y)}q${f(lean * 0.2)} ${f(-reach * 0.7)} ${f(lean)} ${f(-reach)}`,
            color,
            unit * 0.003 * size,
          ),
        )
      }
      for (let i = Math.round((width / unit) * 9); i > 0; i--) {
        const x = random.between(-0.02, 1.02) * width
        const at: Point = [x, heightAt(line, x) + unit * 0.015]
        drawing.add(
          ellipse(at, unit * random.between(0.02, 0.06) * size, color, {
            ry: unit * random.between(0.012, 0.03) * size,
          }),
        )
      }
    }
  },
  subject(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const foot: Point = [width / 2, height / 2 + unit * 0.4]
    drawing.add(
      ellipse(
        foot,
        unit * 0.3,
        drawing.radial([
          [0, palette.deep, 0.4],
          [1, palette.deep, 0],
        ]),
        { ry: unit * 0.04 },
      ),
    )
    const green = mix(mix(palette.mid, palette.near, 0.45), '#4f7f57', 0.5)
    const tall = unit * 0.8
    drawing.add(
      stage.words.includes('pine') || random.chance(0.4)
        ? pine(stage, foot, tall, green, -1)
        : roundTree(stage, foot, tall, green, mix(palette.deep, '#6b4a34', 0.5)),
    )
    return drawing.svg()
  },
}

/** A bare trunk that leaves the picture at the top, with a lit side and a few branches. */
function trunk(
  { random }: Stage,
  x: number,
  foot: number,
  half: number,
  color: string,
  litSide: number,
): string {
  const lean = random.between(-1.4, 1.4) * half
  const side = (s: number, w: number): Point[] => [
    [x + s * half * w * 1.7, foot],
    [x + s * half * w, foot - half * 4],
    [x + lean + s * half * w * 0.72, -10],
  ]
  const solid = path(polygon([...side(-1, 1), ...side(1, 1).toReversed()]), color)
  const lit = path(
    polygon([...side(litSide, 1), ...side(litSide, 0.45).toReversed()]),
    shade(color, 0.05),
    'opacity="0.7"',
  )
  const branches = Array.from({ length: random.int(2, 5) }, () => {
    const y = foot * random.between(0.08, 0.62)
    const [s, reach] = [random.chance(0.5) ? -1 : 1, half * random.between(3, 9)]
    const from = x + (lean * (foot - y)) / foot
    return stroke(
      `M${f(from)} ${f(y)}q${f(s * reach * 0.5)} ${f(-reach * 0.12)} ${f(s * reach)} ${f(-reach * random.between(0.35, 0.7))}`,
      color,
      half * random.between(0.22, 0.42),
    )
  })
  return branches.join('') + solid + lit
}
