// Which part of an original a rendition shows, and where it lies. Pure arithmetic; `attention` and `entropy` are left
// to the pixels.
import type { Fit, Frame, RenditionSpec } from '../spec/specs.ts'
import { type Box, frameOf, scale } from './layout.ts'

/** A part of a picture, in pixels from its top left corner. */
export interface Rect extends Box {
  readonly left: number
  readonly top: number
}

/** A look's own words for it, reduced to those that change the pixels: two looks that show the same have the same. */
export function placementOf(
  { frame, fit, position }: { frame: Frame; fit: Fit; position: string },
  original: Box,
  output: Box,
): Pick<RenditionSpec, 'crop' | 'fit' | 'position'> {
  const whole = { width: original.width, height: original.height }
  if (fit === 'cover' && frame.kind !== 'whole') {
    const crop = frameOf({ ...frame, kind: 'ratio' }, original)
    const free = { across: crop.width < whole.width, down: crop.height < whole.height }
    if (free.across || free.down) return { crop, fit, position: reduce(position, free) }
  }
  if (fit === 'contain') {
    const shown = shownIn(output, original)
    const free = { across: shown.width < output.width, down: shown.height < output.height }
    const side = isStrategy(position) ? 'centre' : position
    if (free.across || free.down) return { crop: whole, fit, position: reduce(side, free) }
  }
  return { crop: whole, fit: 'fill', position: 'centre' }
}

/** The size of an original that is shown whole inside a box (`contain`). */
export function shownIn(box: Box, original: Box): Box {
  return scale(original, Math.min(box.width / original.width, box.height / original.height), box)
}

/** Where a smaller box lies in a larger one for a position in compass words (`centre`, `top`, `right bottom`, …). */
export function place(inner: Box, outer: Box, position: string): Rect {
  const share = (start: string, end: string) =>
    position.includes(start) ? 0 : position.includes(end) ? 1 : 0.5
  return {
    left: Math.round((outer.width - inner.width) * share('left', 'right')),
    top: Math.round((outer.height - inner.height) * share('top', 'bottom')),
    width: inner.width,
    height: inner.height,
  }
}

/** Whether a position is looked for in the pixels. */
export function isStrategy(position: string): position is 'attention' | 'entropy' {
  return position === 'attention' || position === 'entropy'
}

/** A position without the words for a direction in which nothing can move. */
function reduce(position: string, free: { across: boolean; down: boolean }): string {
  if (isStrategy(position)) return position
  const words = position
    .split(' ')
    .filter((word) => (free.across && /left|right/.test(word)) || (free.down && /top|bottom/.test(word)))
  return words.join(' ') || 'centre'
}
