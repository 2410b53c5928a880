import { type Hex, mix, shade } from '../color.ts'
import { createDrawing, type Drawing, ellipse, f, type Point, path, rect } from '../drawing.ts'
import type { Scene, Stage } from '../stage.ts'

/** A head and shoulders, cut of paper, before an arch. */
export const portrait: Scene = {
  words: [
    'portrait',
    'person',
    'woman',
    'man',
    'girl',
    'boy',
    'face',
    'people',
    'team',
    'child',
    'smile',
    'avatar',
    'human',
    'friend',
    'author',
    'founder',
    'profile',
    'character',
    'lady',
    'family',
    'chef',
    'worker',
    'reader',
  ],
  scene(stage) {
    const { width, height, unit, random, palette } = stage
    const drawing = createDrawing(width, height)
    const wall = mix(palette.sky[1], palette.sky[2], 0.5)
    drawing.add(
      rect(
        0,
        0,
        width,
        height,
        drawing.linear([
          [0, wall],
          [1, mix(wall, palette.mid, 0.28)],
        ]),
      ),
    )
    const [cx, half, top] = [width / 2, unit * 0.4, height / 2 - unit * 0.4]
    const arch = (grow: number) =>
      `M${f(cx - half - grow)} ${f(height + 5)}V${f(top + half)}A${f(half + grow)} ${f(half + grow)} 0 0 1 ${f(cx + half + grow)} ${f(top + half)}V${f(height + 5)}Z`
    drawing.add(
      path(arch(unit * 0.035), mix(palette.accents[2], wall, 0.25)),
      path(
        arch(0),
        drawing.linear([
          [0, mix(palette.accents[1], palette.glow, 0.15)],
          [1, mix(palette.accents[0], palette.accents[1], 0.35)],
        ]),
      ),
    )
    for (let i = 0; i < 9; i++) {
      const [side, size] = [i % 2 ? 1 : -1, unit * random.between(0.14, 0.26)]
      const foot: Point = [cx + side * (half + unit * random.between(-0.02, 0.26)), height + unit * 0.02]
      frond(
        drawing,
        foot,
        size * 1.9,
        side * random.between(-14, 26),
        mix(palette.near, palette.mid, random.next() * 0.6),
      )
    }
    bust(drawing, stage, [cx, height], unit * 0.98)
    return { back: drawing.svg() }
  },
  subject(stage) {
    const drawing = createDrawing(stage.width, stage.height)
    bust(drawing, stage, [stage.width / 2, stage.height / 2 + stage.unit * 0.47], stage.unit * 0.98)
    return drawing.svg()
  },
}

const SKINS: readonly Hex[] = ['#f2c9a5', '#dca27a', '#b9784f', '#8a5436', '#5f3a28']
const HAIRS: readonly Hex[] = ['#2a1c1a', '#4b2e20', '#7a4a2b', '#b3733a', '#d9b26a', '#6b6470']

/** Shoulders, neck, head and hair; `size` is the height from the lower edge to the crown. */
function bust(drawing: Drawing, { random, palette, words }: Stage, [x, y]: Point, size: number): void {
  const has = (...list: string[]) => list.some((word) => words.includes(word))
  const skin = random.pick(SKINS)
  const hair = random.pick(HAIRS)
  const long = has('woman', 'girl', 'lady') || (!has('man', 'boy') && random.chance(0.5))
  const shirt = random.pick([palette.near, palette.mid, palette.accents[2]])
  drawing.add(`<g transform="translate(${f(x)} ${f(y)}) scale(${f(size)})">`)
  const fill = (color: Hex, from = 0.05, to = -0.08) =>
    drawing.linear(
      [
        [0, shade(color, from)],
        [1, shade(color, to)],
      ],
      [0, 0],
      [1, 0.5],
    )
  const add = (data: string, color: string, more = '') =>
    drawing.add(`<path d="${data}" fill="${color}" ${more}/>`)
  if (long)
    add(
      'M0 -0.79C-0.28 -0.8 -0.27 -0.4 -0.265 -0.13C-0.1 -0.06 0.1 -0.06 0.265 -0.13C0.27 -0.4 0.28 -0.8 0 -0.79Z',
      shade(hair, -0.05),
    )
  add(
    'M-0.42 0.02C-0.41 -0.16 -0.3 -0.215 -0.1 -0.25Q0 -0.2 0.1 -0.25C0.3 -0.215 0.41 -0.16 0.42 0.02Z',
    fill(shirt),
  )
  add('M-0.085 -0.42V-0.26Q-0.07 -0.17 0 -0.165Q0.07 -0.17 0.085 -0.26V-0.42Z', fill(shade(skin, -0.06)))
  add('M-0.08 -0.36Q0 -0.26 0.085 -0.36V-0.3Q0 -0.24 -0.08 -0.32Z', shade(skin, -0.13), 'opacity="0.8"')
  add(
    'M-0.105 -0.252Q0 -0.1 0.105 -0.252L0.14 -0.238Q0 -0.06 -0.14 -0.238Z',
    shade(shirt, palette.accents[2] === shirt ? -0.1 : 0.09),
  )
  drawing.add(
    `<ellipse cx="-0.168" cy="-0.54" rx="0.026" ry="0.042" fill="${skin}"/><ellipse cx="0.168" cy="-0.54" rx="0.026" ry="0.042" fill="${shade(skin, -0.09)}"/>`,
  )
  add(
    'M-0.165 -0.6C-0.17 -0.45 -0.12 -0.335 0 -0.325C0.12 -0.335 0.17 -0.45 0.165 -0.6C0.16 -0.73 0.09 -0.78 0 -0.78C-0.09 -0.78 -0.16 -0.73 -0.165 -0.6Z',
    fill(skin),
  )
  face(drawing, skin, hair, palette.accents[0])
  if (long) {
    add(
      'M0.03 -0.8C-0.16 -0.83 -0.25 -0.7 -0.225 -0.5C-0.215 -0.4 -0.23 -0.3 -0.245 -0.2C-0.17 -0.24 -0.15 -0.4 -0.155 -0.53C-0.12 -0.58 -0.02 -0.64 0.05 -0.71C0.1 -0.64 0.15 -0.6 0.158 -0.52C0.155 -0.4 0.18 -0.24 0.25 -0.2C0.235 -0.3 0.22 -0.4 0.23 -0.5C0.25 -0.7 0.18 -0.82 0.03 -0.8Z',
      fill(hair, 0.06, -0.05),
    )
  } else {
    add(
      'M-0.185 -0.56C-0.21 -0.72 -0.16 -0.84 0.02 -0.845C0.16 -0.845 0.215 -0.74 0.185 -0.56C0.17 -0.62 0.16 -0.65 0.13 -0.69C0.05 -0.665 -0.06 -0.68 -0.11 -0.72C-0.15 -0.67 -0.172 -0.63 -0.185 -0.56Z',
      fill(hair, 0.06, -0.05),
    )
    if (has('beard') || random.chance(0.3))
      add(
        'M-0.163 -0.53C-0.16 -0.38 -0.1 -0.31 0 -0.305C0.1 -0.31 0.16 -0.38 0.163 -0.53C0.13 -0.47 0.08 -0.455 0 -0.455C-0.08 -0.455 -0.13 -0.47 -0.163 -0.53Z',
        fill(hair, 0.03, -0.05),
      )
  }
  if (has('glasse', 'glass', 'teacher', 'author') || random.chance(0.25)) {
    drawing.add(
      `<g fill="none" stroke="${palette.deep}" stroke-width="0.009"><circle cx="-0.068" cy="-0.555" r="0.047"/><circle cx="0.068" cy="-0.555" r="0.047"/><path d="M-0.021 -0.56Q0 -0.57 0.021 -0.56"/></g>`,
    )
  }
  drawing.add('</g>')
}

function face(drawing: Drawing, skin: Hex, hair: Hex, lip: Hex): void {
  const line = shade(skin, -0.16)
  for (const side of [-1, 1]) {
    drawing.add(`<ellipse cx="${side * 0.1}" cy="-0.475" rx="0.04" ry="0.026" fill="${lip}" opacity="0.22"/>`)
    drawing.add(
      `<path d="M${side * 0.04} -0.552Q${side * 0.068} -0.534 ${side * 0.096} -0.552" fill="none" stroke="#2a1c1a" stroke-width="0.011" stroke-linecap="round"/>`,
    )
    drawing.add(
      `<path d="M${side * 0.036} -0.612Q${side * 0.07} -0.634 ${side * 0.106} -0.612" fill="none" stroke="${shade(hair, -0.02)}" stroke-width="0.013" stroke-linecap="round"/>`,
    )
  }
  drawing.add(
    `<path d="M0.004 -0.55Q0.03 -0.49 0.012 -0.482Q0 -0.478 -0.012 -0.484" fill="none" stroke="${line}" stroke-width="0.009" stroke-linecap="round"/>`,
  )
  drawing.add(
    `<path d="M-0.048 -0.42Q0 -0.385 0.048 -0.42" fill="none" stroke="${mix(lip, line, 0.4)}" stroke-width="0.013" stroke-linecap="round"/>`,
  )
}

/** A big leaf with lobes along its rib. */
function frond(drawing: Drawing, [x, y]: Point, length: number, turn: number, color: Hex): void {
  drawing.add(`<g transform="translate(${f(x)} ${f(y)}) rotate(${f(turn)})">`)
  for (let i = 0; i < 9; i++) {
    const t = 0.22 + i * 0.086
    const reach = length * 0.2 * Math.sin(Math.PI * Math.min(0.96, t)) + length * 0.04
    for (const side of [-1, 1])
      drawing.add(
        ellipse(
          [side * reach * 0.72, -length * t - reach * 0.3],
          reach * 0.85,
          shade(color, side < 0 ? 0.03 : -0.03),
          { ry: length * 0.034, turn: side * -34 },
        ),
      )
  }
  drawing.add(
    `<path d="M0 0V${f(-length)}" stroke="${shade(color, -0.06)}" stroke-width="${f(length * 0.014)}"/>`,
    ellipse([0, -length], length * 0.035, color, { ry: length * 0.08 }),
    '</g>',
  )
}
