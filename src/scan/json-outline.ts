const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]

/** What the marks of a JSON text tell of it. */
export interface JsonOutline {
  /** How many names it has, in all of its objects. */
  readonly names: number
  readonly depth: number
  /** Items of the longest list. */
  readonly longest: number
  /** Where the names of one object of the whole begin, at their quotes: in UTF-16 units, as they are written. */
  readonly offsets: readonly number[]
}

/** The outline of a text that is known to be JSON; `offsets` are those of the object under the name `of`. One pass. */
export function outlineOf(text: string, of: string): JsonOutline {
  const commas: number[] = []
  const offsets: number[] = []
  let [names, depth, longest] = [0, 0, 0]
  let [start, end] = [0, 0]
  let inside = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        start = at
        at = end = endOfText(text, at)
        break
      case COLON:
        names++
        if (commas.length === 1) inside = text.slice(start + 1, end) === of
        else if (commas.length === 2 && inside) offsets.push(start)
        break
      case COMMA:
        commas[commas.length - 1]!++
        break
      case OPEN_LIST:
      case OPEN_OBJECT:
        commas.push(0)
        depth = Math.max(depth, commas.length)
        break
      case CLOSE_LIST:
        longest = Math.max(longest, commas.pop()! + 1)
        break
      case CLOSE_OBJECT:
        commas.pop()
    }
  }
  return { names, depth, longest, offsets }
}

/** The quote that ends the text which begins with the one at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((end - before) % 2 === 0) return end
  }
}
