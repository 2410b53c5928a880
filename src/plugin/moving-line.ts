import type { WriteStream } from 'node:tty'

/** One line of a person's terminal that is written over. */
export interface MovingLine {
  show(line: string): void
  /** Takes it away, before anything else is printed. */
  clear(): void
}

const CLEAR_LINE = '\r\u001b[2K'

/** The line of a stream; `undefined` where that is no terminal that could move one. */
export function createMovingLine(
  stream: Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'getColorDepth'>>,
): MovingLine | undefined {
  // A terminal that knows no colours most likely knows no movements either.
  if (stream.isTTY !== true || (stream.getColorDepth?.() ?? 1) === 1) return undefined
  let shown = false
  return {
    show(line) {
      // Cut to the width, which some terminals tell as 0: a line that wraps can't be written over.
      stream.write(CLEAR_LINE + line.slice(0, (stream.columns || 80) - 1))
      shown = true
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE)
      shown = false
    },
  }
}
