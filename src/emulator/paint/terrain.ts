import type { Point } from './drawing.ts'
import type { Random } from './random.ts'

/** Points of a line from edge to edge, by midpoint displacement: `rough` 0.4 is rolling, 0.6 is craggy. */
export function ridgeLine(
  random: Random,
  {
    width,
    y,
    amplitude,
    rough,
    detail = 7,
  }: { width: number; y: number; amplitude: number; rough: number; detail?: number },
): Point[] {
  let heights = [random.between(-0.5, 0.5), random.between(-0.7, 0.7), random.between(-0.5, 0.5)]
  let spread = 0.6
  for (let level = 0; level < detail; level++) {
    heights = heights.flatMap((height, i) =>
      i === 0 ? [height] : [(heights[i - 1]! + height) / 2 + random.between(-spread, spread), height],
    )
    spread *= rough
  }
  const last = heights.length - 1
  return heights.map((height, i) => [((i / last) * 1.04 - 0.02) * width, y + height * amplitude])
}

/** Points of soft hills: a few waves laid over each other. */
export function hillLine(random: Random, width: number, y: number, amplitude: number, waves = 2): Point[] {
  const parts = [1, 2.3, 4.1].map((rate, i) => ({
    rate: rate * waves * random.between(0.8, 1.2),
    phase: random.between(0, Math.PI * 2),
    size: [1, 0.4, 0.14][i]!,
  }))
  return Array.from({ length: 49 }, (_, i) => {
    const t = i / 48
    const height = parts.reduce(
      (sum, part) => sum + part.size * Math.sin(t * Math.PI * part.rate + part.phase),
      0,
    )
    return [(t * 1.04 - 0.02) * width, y + height * amplitude] as const
  })
}

/** The line, closed along the lower edge. */
export function ground(line: readonly Point[], bottom: number): Point[] {
  return [...line, [line.at(-1)![0], bottom], [line[0]![0], bottom]]
}

/** The height of a line at `x`. */
export function heightAt(line: readonly Point[], x: number): number {
  const right = line.findIndex(([at]) => at >= x)
  if (right <= 0) return line[right === 0 ? 0 : line.length - 1]![1]
  const [[x0, y0], [x1, y1]] = [line[right - 1]!, line[right]!]
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
}
