/**
 * Reads code from `start`, `depth` braces deep (none: it begins with one), up to the brace that closes them all. `end` is
 * the offset after it; where the text ends before, `end` is the text's end and `depth` says how many are still open.
 * Braces in strings and comments do not count.
 */
export function throughBraces(text: string, start: number, depth = 0): { end: number; depth: number } {
  let open = depth
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (character === '\\') at++
    else if (character === '{') open++
    else if (character === '}' && --open === 0) return { end: at + 1, depth: 0 }
    else if (character === '"' || character === "'" || character === '`') at = endOfString(text, at) - 1
    else if (character === '/' && text[at + 1] === '*') at = endOfComment(text, at) - 1
  }
  return { end: text.length, depth: open }
}

function endOfString(text: string, open: number): number {
  const quote = text[open]
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return at + 1
    // Only a template goes on after its line: this was an apostrophe.
    else if (text[at] === '\n' && quote !== '`') return open + 1
  }
  return open + 1
}

function endOfComment(text: string, open: number): number {
  const close = text.indexOf('*/', open + 2)
  return close === -1 ? text.length : close + 2
}
