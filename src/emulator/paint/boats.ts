import { mix, shade } from './color.ts'
import { type Drawing, ellipse, f, type Point, stroke } from './drawing.ts'
import type { Stage } from './stage.ts'

/** A boat whose keel is at `at`: folded of paper, or with sails. `toLight` is the side in shade. */
export function boat(
  drawing: Drawing,
  stage: Stage,
  at: Point,
  size: number,
  toLight: number,
  mirrored = true,
): void {
  const sails = stage.words.some((word) => ['sail', 'sailboat', 'ship', 'yacht', 'regatta'].includes(word))
  const paper = stage.words.some((word) => ['paper', 'origami', 'folded', 'toy'].includes(word))
  const draw = sails || (!paper && stage.random.chance(0.45)) ? sailBoat : paperBoat
  const [lit, dark] = [
    mix(stage.palette.accents[2], '#ffffff', 0.3),
    mix(stage.palette.mid, stage.palette.accents[2], 0.35),
  ]
  shadow(drawing, stage, at, size)
  const turn = f(stage.random.between(-4, 4))
  const group = (stretch: number, opacity: number) =>
    `<g transform="translate(${f(at[0])} ${f(at[1])}) scale(${toLight * size} ${size * stretch}) rotate(${turn})" opacity="${opacity}">`
  const body = draw(drawing, stage, lit, dark)
  if (mirrored) drawing.add(group(-0.7, 0.2), body, '</g>')
  drawing.add(group(1, 1), body, '</g>')
}

function shadow(drawing: Drawing, { palette, random }: Stage, [x, y]: Point, size: number): void {
  drawing.add(
    ellipse(
      [x, y + size * 0.02],
      size * 0.52,
      drawing.radial([
        [0, palette.deep, 0.6],
        [0.6, palette.deep, 0.3],
        [1, palette.deep, 0],
      ]),
      { ry: size * 0.075 },
    ),
  )
  for (let i = 0; i < 7; i++) {
    const [half, dy] = [size * random.between(0.16, 0.46), size * (0.01 + i * 0.022)]
    drawing.add(
      stroke(
        `M${f(x - half)} ${f(y + dy)}q${f(half)} ${f(size * 0.014)} ${f(half * 2)} 0`,
        palette.glow,
        size * 0.006,
        0.4 - i * 0.045,
      ),
    )
  }
}

// Both boats are drawn in units of their own length, keel at 0, light from the left.
function paperBoat(drawing: Drawing, _: Stage, lit: string, dark: string): string {
  const fold = (points: Point[], from: string, to: string, start: Point = [0, 0], end: Point = [1, 1]) =>
    `<path d="M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z" fill="${drawing.linear(
      [
        [0, from],
        [1, to],
      ],
      start,
      end,
    )}"/>`
  return [
    fold(
      [
        [-0.17, -0.235],
        [0, -0.52],
        [0.17, -0.235],
      ],
      shade(lit, -0.03),
      shade(dark, 0.1),
    ),
    fold(
      [
        [-0.2, -0.25],
        [0.2, -0.25],
        [0, -0.16],
      ],
      shade(dark, -0.02),
      shade(dark, -0.09),
    ),
    fold(
      [
        [0, -0.52],
        [0.17, -0.235],
        [0.02, -0.2],
      ],
      mix(lit, dark, 0.55),
      shade(dark, -0.02),
    ),
    fold(
      [
        [-0.5, -0.27],
        [0, -0.17],
        [-0.27, 0],
      ],
      lit,
      mix(lit, dark, 0.45),
    ),
    fold(
      [
        [0.5, -0.27],
        [0, -0.17],
        [0.27, 0],
      ],
      mix(lit, dark, 0.5),
      dark,
    ),
    fold(
      [
        [-0.27, 0],
        [0, -0.17],
        [0.27, 0],
      ],
      mix(lit, dark, 0.2),
      mix(lit, dark, 0.75),
    ),
    fold(
      [
        [-0.5, -0.27],
        [-0.17, -0.235],
        [0, -0.17],
      ],
      mix(lit, dark, 0.6),
      mix(lit, dark, 0.85),
    ),
    fold(
      [
        [0.5, -0.27],
        [0.17, -0.235],
        [0, -0.17],
      ],
      dark,
      shade(dark, -0.06),
    ),
  ].join('')
}

function sailBoat(drawing: Drawing, { palette, random }: Stage, lit: string, dark: string): string {
  const fill = (from: string, to: string) =>
    drawing.linear(
      [
        [0, from],
        [1, to],
      ],
      [0, 0],
      [1, 0],
    )
  const color = random.pick([palette.accents[0], palette.accents[1], lit])
  return [
    '<path d="M-0.006 -0.16L0 -0.93L0.008 -0.16Z" fill="#5b4636"/>',
    `<path d="M-0.02 -0.88C-0.1 -0.6 -0.24 -0.36 -0.4 -0.2Q-0.2 -0.165 -0.02 -0.185Z" fill="${fill(shade(lit, 0.02), mix(lit, dark, 0.5))}"/>`,
    `<path d="M0.02 -0.92C0.16 -0.72 0.3 -0.46 0.36 -0.2Q0.18 -0.15 0.02 -0.185Z" fill="${fill(color, shade(color, -0.13))}"/>`,
    `<path d="M0.02 -0.5Q0.14 -0.47 0.262 -0.5L0.303 -0.4Q0.16 -0.365 0.02 -0.4Z" fill="${lit}" opacity="0.75"/>`,
    `<path d="M-0.45 -0.15Q0 -0.1 0.46 -0.17C0.42 -0.06 0.36 0 0.3 0.005L-0.29 0.005C-0.37 -0.01 -0.42 -0.07 -0.45 -0.15Z" fill="${fill(mix(palette.accents[0], palette.near, 0.35), palette.deep)}"/>`,
    `<path d="M-0.45 -0.15Q0 -0.1 0.46 -0.17L0.45 -0.14Q0 -0.075 -0.44 -0.125Z" fill="${lit}" opacity="0.9"/>`,
  ].join('')
}
