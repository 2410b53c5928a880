import type { Hex } from './color.ts'

/** Stops of a gradient: place 0–1, colour, opacity (1 unless told). */
export type Stops = readonly (readonly [at: number, color: Hex, opacity?: number])[]
/** A place in pixels from the top left, or in a unit that its user says. */
export type Point = readonly [x: number, y: number]

/** An SVG under construction. Coordinates are pixels of the picture; gradients are given in the box of the filled shape. */
export interface Drawing {
  /** Declares a gradient along a line, from top to bottom unless told, and gives its `fill`. */
  linear(stops: Stops, from?: Point, to?: Point): string
  /** Declares a gradient around a centre and gives its `fill`. */
  radial(stops: Stops, center?: Point, radius?: number): string
  /** Declares a clip path and gives its attribute. */
  clip(markup: string): string
  add(...markup: string[]): void
  svg(): string
}

/** Begins a drawing of `width` × `height` pixels with nothing on it. `prefix` keeps its ids apart from another's. */
export function createDrawing(width: number, height: number, prefix = 'd'): Drawing {
  const definitions: string[] = []
  const body: string[] = []
  const define = (make: (id: string) => string) => {
    const id = `${prefix}${definitions.length}`
    definitions.push(make(id))
    return `url(#${id})`
  }
  return {
    linear: (stops, [x1, y1] = [0, 0], [x2, y2] = [0, 1]) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${render(stops)}</linearGradient>`,
      ),
    radial: (stops, [cx, cy] = [0.5, 0.5], radius = 0.5) =>
      define(
        (id) =>
          `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${radius}">${render(stops)}</radialGradient>`,
      ),
    clip: (markup) => `clip-path="${define((id) => `<clipPath id="${id}">${markup}</clipPath>`)}"`,
    add: (...markup) => void body.push(...markup),
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<defs>${definitions.join('')}</defs>${body.join('')}</svg>`,
  }
}

const render = (stops: Stops) =>
  stops
    .map(
      ([at, color, opacity = 1]) => `<stop offset="${at}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    .join('')

/** A number for SVG, to a tenth of a pixel. */
export const f = (value: number): string => String(Math.round(value * 10) / 10)

/** A circle, or an ellipse where `ry` is given. */
export function ellipse(
  [x, y]: Point,
  rx: number,
  fill: string,
  { ry = rx, opacity = 1, turn = 0 } = {},
): string {
  const transform = turn === 0 ? '' : ` transform="rotate(${f(turn)} ${f(x)} ${f(y)})"`
  return `<ellipse cx="${f(x)}" cy="${f(y)}" rx="${f(rx)}" ry="${f(ry)}" fill="${fill}" opacity="${opacity}"${transform}/>`
}

/** A rectangle with its top left corner at `x`, `y`. */
export function rect(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${f(x)}" y="${f(y)}" width="${f(width)}" height="${f(height)}" fill="${fill}" ${more}/>`
}

/** A filled path from raw path data. */
export function path(data: string, fill: string, more = ''): string {
  return `<path d="${data}" fill="${fill}" ${more}/>`
}

/** A line without filling, with round ends. */
export function stroke(data: string, color: string, width: number, opacity = 1): string {
  return `<path d="${data}" fill="none" stroke="${color}" stroke-width="${f(width)}" stroke-linecap="round" stroke-linejoin="round" opacity="${opacity}"/>`
}

/** Path data of straight lines through the points, closed. */
export function polygon(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${f(x)} ${f(y)}`).join('L')}Z`
}

/** Path data of a soft line near the points: it touches the middle of each of its sides. */
export function curve(points: readonly Point[], closed = false): string {
  const all = closed ? [...points, points[0]!, points[1]!] : points
  const middle = (i: number): Point => [(all[i]![0] + all[i + 1]![0]) / 2, (all[i]![1] + all[i + 1]![1]) / 2]
  const parts = [closed ? `M${pair(middle(0))}` : `M${pair(all[0]!)}`]
  for (let i = 1; i < all.length - 1; i++) {
    const last = !closed && i === all.length - 2
    parts.push(`Q${pair(all[i]!)} ${pair(last ? all[i + 1]! : middle(i))}`)
  }
  return `${parts.join('')}${closed ? 'Z' : ''}`
}

const pair = ([x, y]: Point) => `${f(x)} ${f(y)}`
