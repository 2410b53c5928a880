/** A part of a text and what stands in its place; `start` and `end` in UTF-16 units. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly content: string
}

/** A text with the edits made, in any order; they do not overlap. All else stays as it is. */
export function splice(text: string, edits: readonly Edit[]): string {
  let written = ''
  let at = 0
  for (const { start, end, content } of [...edits].sort((a, b) => a.start - b.start)) {
    written += text.slice(at, start) + content
    at = end
  }
  return written + text.slice(at)
}
