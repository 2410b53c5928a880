import { type Found, isOurs } from './found.ts'
import { decodeJavaScript } from './javascript-escapes.ts'

const BLOCK = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)^\1[ \t]*\r?$/my
// Fifty lists in one another are enough; with no bound the pattern gives up on megabytes of them.
const LINE = /^([ \t]*(?:- +){0,50}(?:["']?[\w$.-]+["']?[ \t]*[:=][ \t]*)?)([^\r\n]*)/gm
// Outside of quotes too a backslash takes the quote after it along: else each would be tried as the beginning of a text.
const FLOW_ITEM = /"(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s,[\]{}"'\\]|\\["\\]?)+/g

/** The block of YAML or TOML at the beginning of a Markdown text: its values that are specifiers, and where it ends (0: there is none). */
export function readFrontMatter(text: string): { found: Found[]; end: number } {
  BLOCK.lastIndex = 0
  const block = BLOCK.exec(text)
  if (block === null) return { found: [], end: 0 }
  const inside = block[2]!
  const start = block[0].indexOf('\n') + 1
  return { found: inside.includes('generate') ? findInLines(inside, start) : [], end: block[0].length }
}

function findInLines(inside: string, start: number): Found[] {
  return [...inside.matchAll(LINE)].flatMap(({ 1: key = '', 2: value = '', index }) => {
    if (!value.includes('generate') || key.trimStart().startsWith('#') || value.startsWith('#')) return []
    const offset = start + index + key.length
    if (!/^[[{]/.test(value)) return findInValue(value, offset)
    return [...value.matchAll(FLOW_ITEM)].flatMap((item) => findInValue(item[0], offset + item.index))
  })
}

function findInValue(value: string, offset: number): Found[] {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(value)
  const written =
    quoted === null
      ? value.replace(/ #.*$/, '').trim()
      : quoted[1] === undefined
        ? quoted[2]!.replaceAll("''", "'")
        : decodeJavaScript(quoted[1])
  // A sentence without quotes may end with the word.
  if (quoted === null && !/^(?:\.{0,2}\/|[^\s?]+\?)/.test(written)) return []
  return isOurs(written) ? [{ written, offset: offset + (quoted === null ? 0 : 1) }] : []
}
