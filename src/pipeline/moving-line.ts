/** One line of a person's terminal that is written over. */
export interface MovingLine {
  show(line: string): void
  /** Takes it away, before anything else is printed. */
  clear(): void
}

const CLEAR_LINE = '\r\u001b[2K'

/** The line of a terminal. */
export function createMovingLine(stream: {
  write(text: string): unknown
  readonly columns?: number | undefined
}): MovingLine {
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
