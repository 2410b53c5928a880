import type { Place } from '../errors/index.ts'

/**
 * Turns offsets in `text` (UTF-16 units, as in JS strings) into places of `file`. Lines end with LF, CRLF or CR; a byte
 * order mark has no column, as in editors. The line starts are computed once, at the first call.
 */
export function createPositions(text: string, file: string): (offset: number) => Required<Place> {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    const index = lastAtOrBefore(starts, offset)
    return { file, line: index + 1, column: Math.max(offset - starts[index]!, 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0]
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
    return starts
  }
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length)
  return starts
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
