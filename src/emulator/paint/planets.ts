import { mix, shade } from './color.ts'
import { curve, type Drawing, ellipse, f, type Point, path } from './drawing.ts'
import type { Stage } from './stage.ts'

/** A planet with bands of cloud, its night side on the right, often with a ring. */
export function planet(drawing: Drawing, { random, palette }: Stage, [x, y]: Point, radius: number): void {
  const base = random.pick([
    palette.accents[0],
    palette.accents[1],
    mix(palette.mid, palette.accents[2], 0.3),
  ])
  const colors = [
    base,
    mix(base, palette.accents[2], 0.5),
    mix(base, palette.mid, 0.5),
    mix(base, palette.accents[1], 0.6),
    shade(base, -0.1),
  ]
  const tilt = random.between(-26, -12)
  const ringed = random.chance(0.65)
  const ring = (front: boolean) => {
    const half = front
      ? `M${f(-radius * 2)} 0A${f(radius * 2)} ${f(radius * 0.5)} 0 0 0 ${f(radius * 2)} 0`
      : `M${f(-radius * 2)} 0A${f(radius * 2)} ${f(radius * 0.5)} 0 0 1 ${f(radius * 2)} 0`
    const bands = [
      [0.84, 0.15, mix(base, palette.glow, 0.5), 0.85],
      [0.735, 0.035, palette.glow, 0.6],
      [0.96, 0.05, mix(base, palette.mid, 0.4), 0.7],
    ] as const
    drawing.add(
      ...bands.map(
        ([scale, width, color, opacity]) =>
          `<path transform="scale(${scale})" d="${half}" fill="none" stroke="${color}" stroke-opacity="${opacity}" stroke-width="${f(radius * width)}"/>`,
      ),
    )
  }
  drawing.add(`<g transform="translate(${f(x)} ${f(y)}) rotate(${f(tilt)})">`)
  if (ringed) ring(false)
  drawing.add(`<g ${drawing.clip(`<circle r="${f(radius)}"/>`)}>`, ellipse([0, 0], radius, base))
  for (let at = -1; at < 1; at += random.between(0.08, 0.24)) {
    const [top, thick] = [at * radius, radius * random.between(0.06, 0.22)]
    const wave = (dy: number): Point[] =>
      Array.from({ length: 13 }, (_, i) => [
        (-1.1 + i * 0.18333) * radius,
        top + dy + radius * 0.02 * Math.sin(i * 1.7 + at * 9),
      ])
    drawing.add(
      path(curve([...wave(0), ...wave(thick).toReversed()], true), random.pick(colors), 'opacity="0.8"'),
    )
  }
  for (let i = random.int(1, 3); i > 0; i--) {
    const size = radius * random.between(0.06, 0.17)
    drawing.add(
      ellipse(
        [random.between(-0.5, 0.4) * radius, random.between(-0.5, 0.5) * radius],
        size,
        random.pick(colors),
        { ry: size * 0.55 },
      ),
    )
  }
  const night = mix(palette.deep, '#05060f', 0.5)
  drawing.add(
    ellipse(
      [0, 0],
      radius * 1.02,
      drawing.radial(
        [
          [0, palette.glow, 0.42],
          [0.35, palette.glow, 0.06],
          [0.62, night, 0.22],
          [1, night, 0.88],
        ],
        [0.32, 0.3],
        0.82,
      ),
    ),
    '</g>',
  )
  if (ringed) ring(true)
  drawing.add('</g>')
}

/** A small moon with craters. */
export function moon(drawing: Drawing, { random, palette }: Stage, [x, y]: Point, radius: number): void {
  const base = mix(palette.far, palette.accents[2], 0.45)
  const night = mix(palette.deep, '#05060f', 0.5)
  drawing.add(
    `<g ${drawing.clip(`<circle cx="${f(x)}" cy="${f(y)}" r="${f(radius)}"/>`)}>`,
    ellipse([x, y], radius, base),
  )
  for (let i = 0; i < 9; i++) {
    const size = radius * random.between(0.07, 0.24)
    drawing.add(
      ellipse(
        [x + random.between(-0.8, 0.8) * radius, y + random.between(-0.8, 0.8) * radius],
        size,
        shade(base, -0.07),
        { opacity: 0.8 },
      ),
    )
  }
  drawing.add(
    ellipse(
      [x, y],
      radius,
      drawing.radial(
        [
          [0, palette.glow, 0.35],
          [0.4, night, 0.05],
          [1, night, 0.85],
        ],
        [0.3, 0.28],
        0.85,
      ),
    ),
    '</g>',
  )
}

/** A bright star with four rays. */
export function flare(drawing: Drawing, { palette }: Stage, [x, y]: Point, size: number): void {
  const arm = (w: number, h: number) =>
    path(
      `M${f(x - w)} ${f(y)}Q${f(x)} ${f(y)} ${f(x)} ${f(y - h)}Q${f(x)} ${f(y)} ${f(x + w)} ${f(y)}Q${f(x)} ${f(y)} ${f(x)} ${f(y + h)}Q${f(x)} ${f(y)} ${f(x - w)} ${f(y)}Z`,
      '#ffffff',
      'opacity="0.9"',
    )
  drawing.add(
    ellipse(
      [x, y],
      size * 1.6,
      drawing.radial([
        [0, palette.glow, 0.5],
        [1, palette.glow, 0],
      ]),
    ),
    arm(size, size),
  )
}
