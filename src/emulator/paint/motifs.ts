// Things that several scenes have: sky, sun, clouds, stars, birds, trees.
import { type Hex, mix, shade } from './color.ts'
import { curve, type Drawing, ellipse, f, type Point, path, polygon, rect, stroke } from './drawing.ts'
import type { Stage } from './stage.ts'

/** Where the light comes from. */
export interface Light {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** The sky down to `horizon`, with its sun or moon and what belongs to the hour. */
export function sky(
  drawing: Drawing,
  stage: Stage,
  horizon: number,
  height: [number, number] = [0.35, 0.85],
): Light {
  const { width, unit, random, palette } = stage
  const [top, middle, low] = palette.sky
  const light = {
    x: width * random.between(0.22, 0.78),
    y: horizon * random.between(...height),
    radius: unit * random.between(0.055, 0.095),
  }
  drawing.add(
    rect(
      0,
      0,
      width,
      horizon + 2,
      drawing.linear([
        [0, top],
        [0.55, middle],
        [1, low],
      ]),
    ),
  )
  if (palette.night) stars(drawing, stage, horizon)
  sun(drawing, stage, light)
  clouds(drawing, stage, horizon)
  return light
}

/** A sun or a moon in its glow. */
export function sun(drawing: Drawing, { unit, palette, random }: Stage, light: Light): void {
  const at: Point = [light.x, light.y]
  const halo = (radius: number, opacity: number) =>
    ellipse(
      at,
      radius,
      drawing.radial([
        [0, palette.glow, opacity],
        [0.35, palette.glow, opacity * 0.42],
        [1, palette.glow, 0],
      ]),
    )
  drawing.add(halo(unit * 0.85, 0.5), halo(light.radius * 2.6, 0.55), ellipse(at, light.radius, palette.glow))
  if (!palette.night) return
  const spot = shade(palette.glow, -0.07)
  for (let i = 0; i < 7; i++) {
    const [angle, far] = [random.between(0, 6.28), random.between(0, 0.7) * light.radius]
    const size = light.radius * random.between(0.06, 0.2)
    drawing.add(
      ellipse([light.x + Math.cos(angle) * far, light.y + Math.sin(angle) * far], size, spot, {
        opacity: 0.6,
      }),
    )
  }
}

/** `count` stars, most of them faint, thicker towards the top. */
export function stars(drawing: Drawing, { width, unit, random }: Stage, bottom: number, count = 150): void {
  for (let i = 0; i < count; i++) {
    const y = bottom * random.next() ** 1.5
    const bright = random.next() ** 4
    const at: Point = [random.between(0, width), y]
    drawing.add(ellipse(at, unit * (0.0008 + 0.0022 * bright), '#ffffff', { opacity: 0.35 + 0.6 * bright }))
  }
}

/** Streaks of cloud: many flat, soft ellipses in a few banks. */
export function clouds(drawing: Drawing, { width, unit, random, palette }: Stage, bottom: number): void {
  const light = mix(palette.sky[2], palette.glow, 0.6)
  const dark = mix(palette.sky[0], palette.sky[1], 0.5)
  const soft = [light, light, dark].map((color) =>
    drawing.radial([
      [0, color, 0.75],
      [0.5, color, 0.4],
      [1, color, 0],
    ]),
  )
  for (let bank = random.int(3, 5); bank > 0; bank--) {
    const [x, y] = [random.between(-0.05, 1.05) * width, random.between(0.12, 0.8) * bottom]
    const spread = random.between(0.18, 0.42) * Math.max(unit, width * 0.6)
    for (let i = random.int(9, 16); i > 0; i--) {
      const [dx, dy] = [random.between(-1, 1), random.between(-1, 1)]
      const size = spread * random.between(0.22, 0.6) * (1 - 0.5 * Math.abs(dx))
      const at: Point = [x + dx * spread, y + dy * unit * 0.028]
      drawing.add(
        ellipse(at, size, random.pick(soft), { ry: size * random.between(0.04, 0.13), opacity: 0.55 }),
      )
    }
  }
}

/** A flock of `count` birds, far away, around a place. */
export function birds(
  drawing: Drawing,
  { unit, random, palette }: Stage,
  center: Point,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const x = center[0] + random.between(-0.16, 0.16) * unit
    const y = center[1] + random.between(-0.07, 0.07) * unit
    const size = unit * random.between(0.009, 0.019)
    const lift = size * random.between(0.35, 0.7)
    const wing = (side: number) =>
      `Q${f(x + side * size * 0.5)} ${f(y - lift)} ${f(x + side * size)} ${f(y - lift * 0.35)}`
    drawing.add(
      stroke(`M${f(x)} ${f(y)}${wing(-1)}M${f(x)} ${f(y)}${wing(1)}`, palette.deep, size * 0.16, 0.75),
    )
  }
}

/** A pine of `height` pixels that stands at `foot`, darker on the side away from the light. */
export function pine(stage: Stage, [x, y]: Point, height: number, color: Hex, lightFrom: number): string {
  const { random } = stage
  const tiers = Math.max(4, Math.min(8, Math.round(height / (stage.unit * 0.03))))
  const half = (side: number): Point[] => {
    const points: Point[] = [[x, y - height]]
    for (let i = 1; i <= tiers; i++) {
      const t = i / tiers
      const reach = height * 0.2 * t * random.between(0.85, 1.15)
      const low = y - height * (1 - t) - height * 0.03
      points.push([x + side * reach, low], [x + side * reach * 0.5, low - height * 0.035])
    }
    points.push([x, y - height * 0.03])
    return points
  }
  const trunk = rect(
    x - height * 0.018,
    y - height * 0.08,
    height * 0.036,
    height * 0.09,
    shade(color, -0.08),
  )
  const sides = [-1, 1].map((side) =>
    path(polygon(half(side)), side === lightFrom ? shade(color, 0.045) : color),
  )
  return trunk + sides.join('')
}

/** A round tree: a trunk and a crown of soft lobes with light on one side. */
export function roundTree(stage: Stage, [x, y]: Point, height: number, color: Hex, bark: Hex): string {
  const { random } = stage
  const crown = height * 0.36
  const center: Point = [x, y - height * 0.66]
  const blob = (at: Point, radius: number) => {
    const lobes = Array.from({ length: 12 }, (_, i): Point => {
      const angle = (i / 12) * Math.PI * 2
      const reach = radius * random.between(0.84, 1.14)
      return [at[0] + Math.cos(angle) * reach, at[1] + Math.sin(angle) * reach * 0.94]
    })
    return curve(lobes, true)
  }
  const [tx, ty] = [height * 0.03, height * 0.5]
  const trunk = path(
    `M${f(x - tx * 1.5)} ${f(y)}Q${f(x - tx * 0.6)} ${f(y - ty * 0.5)} ${f(x - tx * 0.5)} ${f(y - ty)}L${f(x + tx * 0.5)} ${f(y - ty)}Q${f(x + tx * 0.6)} ${f(y - ty * 0.5)} ${f(x + tx * 1.5)} ${f(y)}Z`,
    bark,
  )
  const leaves = [
    path(blob(center, crown), shade(color, -0.06)),
    path(blob([center[0] - crown * 0.12, center[1] - crown * 0.12], crown * 0.82), color),
    path(blob([center[0] - crown * 0.28, center[1] - crown * 0.3], crown * 0.5), shade(color, 0.05)),
  ]
  return trunk + leaves.join('')
}
