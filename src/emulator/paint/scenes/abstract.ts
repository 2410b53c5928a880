import { type Hex, mix, shade, steps } from '../color.ts'
import { createDrawing, curve, type Drawing, ellipse, f, type Point, path, rect } from '../drawing.ts'
import type { Scene, Stage } from '../stage.ts'
import { tiles } from '../tiles.ts'

/** No subject: ribbons of colour, arches and discs, or a pattern of tiles. */
export const abstract: Scene = {
  words: [
    'abstract',
    'pattern',
    'geometric',
    'gradient',
    'texture',
    'shape',
    'background',
    'wave',
    'line',
    'icon',
    'logo',
    'wallpaper',
    'minimal',
    'modern',
    'art',
    'banner',
    'hero',
    'colorful',
    'colourful',
    'seamless',
    'data',
    'code',
    'cloud',
  ],
  scene(stage) {
    const drawing = createDrawing(stage.width, stage.height)
    const wants = (...words: string[]) => words.some((word) => stage.words.includes(word))
    const kind = wants('pattern', 'geometric', 'seamless', 'tile')
      ? tiles
      : wants('shape', 'minimal', 'modern')
        ? arches
        : wants('wave', 'gradient', 'line')
          ? ribbons
          : stage.random.pick([ribbons, arches, tiles])
    kind(drawing, stage)
    return { back: drawing.svg() }
  },
  subject(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const [cx, cy, count] = [width / 2, height / 2, random.int(5, 9)]
    const colors = [
      palette.accents[0],
      palette.accents[1],
      palette.mid,
      mix(palette.accents[0], palette.mid, 0.5),
      palette.near,
    ]
    for (let i = 0; i < count; i++) {
      const color = colors[i % colors.length]!
      const fill = drawing.linear([
        [0, shade(color, 0.06)],
        [1, shade(color, -0.08)],
      ])
      drawing.add(
        `<g transform="translate(${f(cx)} ${f(cy)}) rotate(${f((i / count) * 360)})">`,
        path(
          `M0 0C${f(unit * 0.3)} ${f(-unit * 0.06)} ${f(unit * 0.3)} ${f(-unit * 0.38)} 0 ${f(-unit * 0.44)}C${f(-unit * 0.08)} ${f(-unit * 0.3)} ${f(-unit * 0.1)} ${f(-unit * 0.12)} 0 0Z`,
          fill,
        ),
        '</g>',
      )
    }
    drawing.add(
      ellipse(
        [cx, cy],
        unit * 0.075,
        drawing.linear([
          [0, palette.glow],
          [1, palette.accents[1]],
        ]),
      ),
    )
    return drawing.svg()
  },
}

/** Bands of colour that flow across, each with light along its upper edge. */
function ribbons(drawing: Drawing, { width, height, unit, random, palette }: Stage): void {
  drawing.add(
    rect(
      0,
      0,
      width,
      height,
      drawing.linear(
        [
          [0, palette.sky[2]],
          [1, mix(palette.sky[1], palette.sky[2], 0.4)],
        ],
        [0, 0],
        [1, 1],
      ),
    ),
  )
  const disc: Point = [width * random.between(0.25, 0.75), height * random.between(0.2, 0.34)]
  drawing.add(
    ellipse(
      disc,
      unit * random.between(0.12, 0.2),
      drawing.linear([
        [0, palette.accents[1]],
        [1, palette.accents[0]],
      ]),
    ),
  )
  const count = random.int(7, 9)
  const colors = [
    ...steps(mix(palette.sky[1], palette.accents[1], 0.35), palette.accents[0], 3),
    ...steps(mix(palette.accents[0], palette.mid, 0.6), palette.deep, count - 3),
  ]
  const [rate, phase] = [random.between(0.7, 1.3), random.between(0, 6)]
  for (let i = 0; i < count; i++) {
    const y = height * (0.3 + (0.78 * i) / count)
    const line = Array.from({ length: 25 }, (_, j): Point => {
      const t = j / 24
      const wave =
        Math.sin(t * Math.PI * 2 * rate + phase + i * 0.42) +
        0.35 * Math.sin(t * Math.PI * 4.6 * rate - phase + i * 0.8)
      return [(t * 1.1 - 0.05) * width, y + wave * unit * (0.1 - 0.004 * i)]
    })
    const color = colors[i]!
    const body = `${curve(line)}L${f(width * 1.05)} ${f(height + 9)}L${f(-width * 0.05)} ${f(height + 9)}Z`
    // A soft shadow on the band behind, made of a few faint copies.
    for (let k = 5; k > 0; k--)
      drawing.add(
        path(body, palette.deep, `opacity="0.035" transform="translate(0 ${f(-unit * 0.0055 * k)})"`),
      )
    drawing.add(
      path(
        body,
        drawing.linear(
          [
            [0, mix(color, palette.glow, 0.3)],
            [0.3, color],
            [1, shade(color, -0.08)],
          ],
          [0, 0],
          [random.between(0.1, 0.4), 1],
        ),
      ),
    )
  }
}

/** Arches and discs on a calm wall. */
function arches(drawing: Drawing, { width, height, unit, random, palette }: Stage): void {
  const wall = mix(palette.accents[2], palette.sky[2], 0.45)
  drawing.add(
    rect(
      0,
      0,
      width,
      height,
      drawing.linear([
        [0, wall],
        [1, mix(wall, palette.far, 0.3)],
      ]),
    ),
  )
  const colors = [
    palette.accents[0],
    palette.accents[1],
    palette.mid,
    palette.near,
    mix(palette.far, wall, 0.3),
    mix(palette.accents[0], wall, 0.5),
  ]
  const fill = (color: Hex) =>
    drawing.linear(
      [
        [0, mix(color, palette.glow, 0.16)],
        [1, shade(color, -0.07)],
      ],
      [0, 0],
      [0.6, 1],
    )
  const sun: Point = [width * random.between(0.3, 0.7), height * random.between(0.26, 0.36)]
  drawing.add(ellipse(sun, unit * random.between(0.14, 0.2), fill(colors[1]!)))
  const count = Math.max(3, Math.round((width / unit) * 4))
  for (let i = 0; i < count; i++) {
    const [x, wide] = [((i + random.between(0.2, 0.8)) / count) * width, unit * random.between(0.13, 0.24)]
    const [top, rings] = [height - unit * random.between(0.2, 0.62), random.int(1, 4)]
    for (let ring = 0; ring < rings; ring++) {
      const half = wide * (1 - ring * 0.24)
      const crown = top + wide * ring * 0.24
      drawing.add(
        path(
          `M${f(x - half)} ${f(height + 5)}V${f(crown + half)}A${f(half)} ${f(half)} 0 0 1 ${f(x + half)} ${f(crown + half)}V${f(height + 5)}Z`,
          fill(colors[(i * 2 + ring * 3) % colors.length]!),
        ),
      )
    }
  }
  for (let i = random.int(3, 5); i > 0; i--) {
    const size = unit * random.between(0.03, 0.075)
    const at: Point = [random.between(0.08, 0.92) * width, height - size - unit * random.between(0, 0.05)]
    drawing.add(
      ellipse([at[0] + size * 0.2, at[1] + size * 0.96], size, palette.deep, {
        ry: size * 0.14,
        opacity: 0.25,
      }),
    )
    drawing.add(
      ellipse(
        at,
        size,
        drawing.radial(
          [
            [0, mix(palette.glow, colors[i % 6]!, 0.3)],
            [0.5, colors[i % 6]!],
            [1, shade(colors[i % 6]!, -0.14)],
          ],
          [0.35, 0.3],
          0.8,
        ),
      ),
    )
  }
}
