// From the size that a person wants to the size that a model can make. Sizes are pixels.
import type { SizeRule } from './model-row.ts'
import type { Frame } from './specs.ts'

/** A wanted size: exact pixels, a ratio, or whatever the model thinks best. */
export type Size =
  | { readonly kind: 'pixels'; readonly width: number; readonly height: number }
  | { readonly kind: 'ratio'; readonly width: number; readonly height: number }
  | { readonly kind: 'auto' }

/** What to send as `size` (`undefined`: nothing), and the part of the answer that is then shown. */
export type ResolvedSize =
  | { readonly ok: true; readonly send: string | undefined; readonly frame: Frame }
  | { readonly ok: false; readonly largest: string }

interface Box {
  readonly width: number
  readonly height: number
}
type Grid = Extract<SizeRule, { kind: 'grid' }>

/** The longest edge that can be asked for in pixels: more than any model makes, less than any file format's limit. */
export const MAX_EDGE = 8192
// A ratio says nothing of pixels. These three sizes are made by every model of the gpt-image family; other ratios get
// a long edge near theirs.
const STANDARD: readonly Box[] = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 1024, height: 1536 },
]
const USUAL_LONG_EDGE = 1536

/** Parses `1200x630`, `16:9`, `1.91:1` or `auto`; `undefined` for anything else, for zero, and for edges over `MAX_EDGE`. */
export function parseSize(text: string): Size | undefined {
  if (text === 'auto') return { kind: 'auto' }
  const pixels = /^(\d{1,4})x(\d{1,4})$/.exec(text)
  if (pixels !== null) {
    const [width, height] = [Number(pixels[1]), Number(pixels[2])]
    const fits = Math.min(width, height) >= 1 && Math.max(width, height) <= MAX_EDGE
    return fits ? { kind: 'pixels', width, height } : undefined
  }
  return parseRatio(text)
}

/** Parses `16:9` or `1.91:1`: up to two decimals, at most 100:1; `undefined` for anything else. */
export function parseRatio(text: string): Extract<Size, { kind: 'ratio' }> | undefined {
  const parts = /^(\d{1,4}(?:\.\d{1,2})?):(\d{1,4}(?:\.\d{1,2})?)$/.exec(text)
  if (parts === null) return undefined
  const [width, height] = [Math.round(Number(parts[1]) * 100), Math.round(Number(parts[2]) * 100)]
  if (width === 0 || height === 0 || width / height > 100 || height / width > 100) return undefined
  const divisor = greatestCommonDivisor(width, height)
  return { kind: 'ratio', width: width / divisor, height: height / divisor }
}

/**
 * Chooses the size to ask for. Exact pixels: the smallest size that covers them. A ratio: a standard size of that
 * ratio, else the one that loses least to the crop, with a long edge near 1536. Not `ok` where no size covers the
 * pixels, with the largest that would be possible in that shape.
 */
export function resolveSize(rule: SizeRule, size: Size): ResolvedSize {
  if (size.kind === 'auto') {
    return {
      ok: true,
      send: rule.kind === 'open' || rule.auto ? 'auto' : undefined,
      frame: { kind: 'whole' },
    }
  }
  if (rule.kind === 'open') {
    return { ok: true, send: size.kind === 'pixels' ? format(size) : undefined, frame: size }
  }
  const made = rule.kind === 'list' ? rule.sizes.map(toBox) : undefined
  if (size.kind === 'ratio') {
    const best = made === undefined ? ratioOnGrid(rule as Grid, size) : ratioInList(made, size)
    return { ok: true, send: format(best), frame: size }
  }
  const cover = made === undefined ? coverOnGrid(rule as Grid, size) : coverInList(made, size)
  if (cover !== undefined) return { ok: true, send: format(cover), frame: size }
  return { ok: false, largest: format(largestOf(rule, made, size)) }
}

/** Whether the model makes exactly this size. */
export function isLegalOnGrid(rule: Grid, { width, height }: Box): boolean {
  const area = width * height
  return (
    width % rule.multiple === 0 &&
    height % rule.multiple === 0 &&
    Math.max(width, height) <= rule.maxEdge &&
    Math.max(width / height, height / width) <= rule.maxRatio &&
    area >= rule.minPixels &&
    area <= rule.maxPixels
  )
}

function coverInList(made: readonly Box[], size: Box): Box | undefined {
  const covering = made.filter((box) => box.width >= size.width && box.height >= size.height)
  return best(covering, (box) => -area(box) + keptShare(box, size))
}

function ratioInList(made: readonly Box[], ratio: Box): Box {
  return best(made, (box) => keptShare(box, ratio) + area(box) * 1e-12)!
}

// The smallest box that covers, where a box that loses a share to the crop counts as larger by that share.
function coverOnGrid(rule: Grid, size: Box): Box | undefined {
  if (isLegalOnGrid(rule, size)) return size
  const ratio = clamp(size.width / size.height, 1 / rule.maxRatio, rule.maxRatio)
  const candidates: Box[] = []
  for (let width = up(size.width, rule.multiple); width <= rule.maxEdge; width += rule.multiple) {
    const least = Math.max(size.height, width / rule.maxRatio)
    for (const height of [least, Math.max(least, width / ratio)]) {
      candidates.push({ width, height: up(height, rule.multiple) })
    }
  }
  const legal = candidates.filter((box) => isLegalOnGrid(rule, box))
  return best(legal, (box) => -area(box) * (2 - keptShare(box, size)))
}

function ratioOnGrid(rule: Grid, ratio: Box): Box {
  const standard = STANDARD.find(
    (box) => box.width * ratio.height === box.height * ratio.width && isLegalOnGrid(rule, box),
  )
  if (standard !== undefined) return standard
  const candidates: Box[] = []
  for (let width = rule.multiple; width <= rule.maxEdge; width += rule.multiple) {
    const exact = (width * ratio.height) / ratio.width
    for (const height of [down(exact, rule.multiple), up(exact, rule.multiple)]) {
      const held = clamp(
        height,
        up(width / rule.maxRatio, rule.multiple),
        down(width * rule.maxRatio, rule.multiple),
      )
      if (isLegalOnGrid(rule, { width, height: held })) candidates.push({ width, height: held })
    }
  }
  const farFromUsual = (box: Box) => Math.abs(Math.log(Math.max(box.width, box.height) / USUAL_LONG_EDGE))
  return best(candidates, (box) => 10 * keptShare(box, ratio) - farFromUsual(box))!
}

function largestOf(
  rule: Exclude<SizeRule, { kind: 'open' }>,
  made: readonly Box[] | undefined,
  ratio: Box,
): Box {
  const boxes = made ?? [ratioOnGridAtMost(rule as Grid, ratio)]
  return best(
    boxes.map((box) => crop(box, ratio)),
    area,
  )!
}

function ratioOnGridAtMost(rule: Grid, ratio: Box): Box {
  const steep = clamp(ratio.width / ratio.height, 1 / rule.maxRatio, rule.maxRatio)
  const width = Math.min(rule.maxEdge, rule.maxEdge * steep, Math.sqrt(rule.maxPixels * steep))
  return { width: down(width, rule.multiple), height: down(width / steep, rule.multiple) }
}

/** The largest box of the ratio's shape inside `box`. */
function crop(box: Box, ratio: Box): Box {
  const wide = box.width * ratio.height > box.height * ratio.width
  return wide
    ? { width: Math.floor((box.height * ratio.width) / ratio.height), height: box.height }
    : { width: box.width, height: Math.floor((box.width * ratio.height) / ratio.width) }
}

function keptShare(box: Box, ratio: Box): number {
  const [a, b] = [box.width * ratio.height, box.height * ratio.width]
  return Math.min(a, b) / Math.max(a, b)
}

function best(boxes: readonly Box[], score: (box: Box) => number): Box | undefined {
  return boxes.reduce<Box | undefined>((a, b) => (a === undefined || score(b) > score(a) ? b : a), undefined)
}

const area = (box: Box) => box.width * box.height
const format = (box: Box) => `${box.width}x${box.height}`
const up = (value: number, step: number) => Math.ceil(value / step) * step
const down = (value: number, step: number) => Math.floor(value / step) * step
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

function toBox(text: string): Box {
  const [width, height] = text.split('x').map(Number) as [number, number]
  return { width, height }
}
