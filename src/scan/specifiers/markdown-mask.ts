/** A part of a text, from an offset to before another. */
export type Range = readonly [start: number, end: number]

/** Blanks the ranges of a text: every character but line ends becomes a space, so that all offsets stay as they are. */
export function blank(text: string, ranges: readonly Range[]): string {
  let at = 0
  let out = ''
  for (const [start, end] of ranges) {
    if (end <= at) continue
    const from = Math.max(at, start)
    out += text.slice(at, from) + text.slice(from, end).replace(/[^\r\n]/g, ' ')
    at = end
  }
  return out + text.slice(at)
}

/** The ranges from each `open` to the next `close`, both included; to the text's end where it is not closed. */
export function between(text: string, open: string, close: string): Range[] {
  const ranges: Range[] = []
  let end = 0
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, end)) {
    const closing = text.indexOf(close, start + open.length)
    end = closing === -1 ? text.length : closing + close.length
    ranges.push([start, end])
  }
  return ranges
}

/** The ranges of `code spans`: from a run of backticks to the next run of the same length in the same paragraph. */
export function codeSpans(text: string): Range[] {
  const ranges: Range[] = []
  let runs: { start: number; length: number; escaped: boolean }[] = []
  const closeParagraph = () => {
    // From the last to the first: where the next run of each length is.
    const next = new Map<number, number>()
    const closing = new Array<number | undefined>(runs.length)
    for (let i = runs.length - 1; i >= 0; i--) {
      closing[i] = next.get(runs[i]!.length)
      next.set(runs[i]!.length, i)
    }
    for (let i = 0; i < runs.length; i++) {
      const open = runs[i]!
      // A backslash keeps a run from opening, but not from closing.
      const close = open.escaped ? undefined : closing[i]
      if (close === undefined) continue
      ranges.push([open.start, runs[close]!.start + open.length])
      i = close
    }
    runs = []
  }
  for (const { 0: whole, 1: before = '', 2: run, index } of text.matchAll(
    /(?<!\\)(\\*)(`+)|\n[ \t\r]*(?=\n)/g,
  )) {
    if (run === undefined) closeParagraph()
    else
      runs.push({
        start: index + before.length,
        length: whole.length - before.length,
        escaped: before.length % 2 === 1,
      })
  }
  closeParagraph()
  return ranges
}
