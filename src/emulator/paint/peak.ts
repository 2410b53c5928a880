import { mix, shade } from './color.ts'
import { type Drawing, type Point, path, polygon } from './drawing.ts'
import type { Light } from './motifs.ts'
import type { Stage } from './stage.ts'

/** A peak with a lit and a shaded face, snow on top, and haze at its foot. */
export function peak(
  drawing: Drawing,
  { random, palette, unit }: Stage,
  top: Point,
  reach: number,
  foot: number,
  light: Light,
): void {
  const edge = (side: number): Point[] => {
    const points: Point[] = [top]
    for (let i = 1; i <= 14; i++) {
      const t = i / 14
      points.push([
        top[0] + side * reach * (t ** 0.92 + random.between(-0.012, 0.03)),
        top[1] + (foot - top[1]) * (t + random.between(-0.014, 0.02) * (i < 14 ? 1 : 0)),
      ])
    }
    return points
  }
  const spine: Point[] = Array.from({ length: 11 }, (_, i) => [
    top[0] + reach * (i === 0 ? 0 : random.between(-0.055, 0.055) + i * 0.008),
    top[1] + ((foot - top[1]) * i) / 10,
  ])
  const [left, right] = [edge(-1), edge(1)]
  const litSide = light.x < top[0] ? -1 : 1
  const rock = mix(palette.mid, palette.far, 0.35)
  const [bright, dark] = [mix(rock, palette.glow, 0.24), mix(rock, palette.near, 0.62)]
  const haze = mix(palette.sky[2], palette.far, 0.25)
  for (const [side, line] of [
    [-1, left],
    [1, right],
  ] as const) {
    const color = side === litSide ? bright : dark
    drawing.add(
      path(
        polygon([...line, ...spine.toReversed()]),
        drawing.linear([
          [0, color],
          [0.6, color],
          [1, mix(color, haze, 0.75)],
        ]),
      ),
    )
    // Ribs that run down the face.
    for (let i = 0; i < 9; i++) {
      const from = line[random.int(1, 7)]!
      const inward = spine[random.int(3, 8)]!
      const t = random.between(0.25, 0.8)
      const a: Point = [from[0] + (inward[0] - from[0]) * t, from[1] + (inward[1] - from[1]) * t * 0.7]
      const [w, h] = [unit * random.between(0.02, 0.05), unit * random.between(0.06, 0.15)]
      drawing.add(
        path(
          polygon([a, [a[0] + side * w, a[1] + h], [a[0] + side * w * 0.25, a[1] + h * 0.72]]),
          shade(color, side === litSide ? -0.05 : -0.045),
          'opacity="0.5"',
        ),
      )
    }
  }
  for (const side of [-1, 1]) {
    const line = side < 0 ? left : right
    const cap: Point[] = [top, ...line.slice(1, 5)]
    const low = line[4]!
    for (let i = 1; i <= 6; i++) {
      const t = i / 6
      const x = low[0] + (spine[3]![0] - low[0]) * t
      const y = low[1] + (spine[3]![1] - low[1]) * t
      cap.push([x, y + unit * (i % 2 ? -0.05 : 0.025) * random.between(0.3, 1.5)])
    }
    const snow = mix('#ffffff', palette.glow, 0.35)
    const body = [...cap, ...spine.slice(0, 4).toReversed()]
    drawing.add(path(polygon(body), side === litSide ? snow : mix(snow, palette.mid, 0.55)))
  }
}
