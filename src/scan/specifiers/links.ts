import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs } from './found.ts'

/**
 * Finds the specifiers that are destinations in Markdown: `![alt](here)`, `![alt](<here with spaces>)`, and where the
 * path is that of an image, so that it can be no page: `[text](here)` and `[label]: here`.
 */
export function findLinks(text: string): Found[] {
  const found: Found[] = []
  const opened: { image: boolean; start: number }[] = []
  const marks = /\\[\s\S]|!?\[|\]/g
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0].startsWith('\\')) continue
    if (mark[0] !== ']') {
      opened.push({ image: mark[0] === '![', start: mark.index })
      continue
    }
    const open = opened.pop()
    const next = text[mark.index + 1]
    const definition = next === ':' && open !== undefined && isLineStart(text, open.start)
    if (open === undefined || !(next === '(' || definition)) continue
    const { raw, offset, end } = destinationAt(text, mark.index + 2)
    marks.lastIndex = Math.max(end, mark.index + 1)
    const written = decodeEntities(raw.replace(/\\([!-/:-@[-`{-~])/g, '$1'))
    if (isOurs(written) && (open.image || isImagePath(written))) found.push({ written, offset })
  }
  return found
}

function destinationAt(text: string, from: number): { raw: string; offset: number; end: number } {
  const space = /[ \t]*(?:\r?\n[ \t]*)?/y
  space.lastIndex = from
  const start = from + space.exec(text)![0].length
  const pointed = /<((?:[^<>\\\r\n]|\\.)*)>/y
  pointed.lastIndex = start
  const inside = pointed.exec(text)
  if (inside !== null) return { raw: inside[1]!, offset: start + 1, end: start + inside[0].length }
  let depth = 0
  let at = start
  for (; at < text.length && !/\s/.test(text[at]!); at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth < 0) break
  }
  const end = Math.min(at, text.length)
  return { raw: text.slice(start, end), offset: start, end }
}

function isLineStart(text: string, at: number): boolean {
  let before = at - 1
  while (text[before] === ' ' || text[before] === '>') before--
  return before < 0 || text[before] === '\n'
}
