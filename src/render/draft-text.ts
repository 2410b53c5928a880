// Fitting words into a box without measuring fonts: letters are counted by kind, on the wide side.

const NARROW = /^[\s.,:;'’!|iljtfrI()[\]{}/\\-]/
const WIDE = /^[\p{Lu}mw@%&—…]/u
const FULL =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uff60]/u

/** The width of a text in units of its font size. */
export function widthOf(text: string): number {
  return letters(text).reduce((sum, letter) => sum + letterWidth(letter), 0)
}

/** Breaks a text into at most `most` lines of `width` (in units of the font size); what is cut ends in an ellipsis. */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  const words = text.trim().split(/\s+/)
  while (words.length > 0 && lines.length <= most) {
    const word = words.shift()!
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) {
      line = longer
    } else if (line !== '' && widthOf(word) <= width) {
      lines.push(line)
      line = word
    } else {
      // No line holds this word: as much of it as fits goes here, and the rest is looked at again.
      const head = headOf(longer, width)
      const rest = longer.slice(head.length).trim()
      lines.push(head)
      line = ''
      if (rest !== '') words.unshift(rest)
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  const kept = lines.slice(0, Math.max(most, 0))
  if (most > 0)
    kept[most - 1] = `${headOf(kept[most - 1]!, width - widthOf('…')).replace(/[\s.,:;–-]+$/, '')}…`
  return kept
}

/** A text that XML can hold and that shows as it is written: no markup, no control characters, no changes of direction. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/[\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** The beginning of a text that fits, at least one letter. */
function headOf(text: string, width: number): string {
  let head = ''
  let used = 0
  for (const letter of letters(text)) {
    used += letterWidth(letter)
    if (used > width && head !== '') break
    head += letter
  }
  return head
}

function letterWidth(letter: string): number {
  if (FULL.test(letter)) return 1.05
  if (NARROW.test(letter)) return 0.38
  return WIDE.test(letter) ? 0.8 : 0.6
}

// Made when it is needed, as that takes some milliseconds.
let graphemes: Intl.Segmenter | undefined

/** Letters as people count them, so that no emoji and no accent is torn apart. */
function letters(text: string): string[] {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}
