import { altTextOf } from './alt-text.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs } from './found.ts'
import { meaningOf } from './meaning.ts'

/** A specifier that is a destination in Markdown. */
export interface MarkdownPicture extends Found {
  readonly meant: string
  /** Where the picture or link begins that leads to it; of a definition that none does, where that begins. */
  readonly start: number
}

interface Destination extends Found {
  readonly start: number
  /** The extent of what stands in the brackets of a picture. */
  readonly alt?: readonly [start: number, end: number]
}

interface Reference {
  readonly start: number
  readonly label: string
  /** Of a picture. */
  readonly alt: readonly [start: number, end: number] | undefined
}

/**
 * Finds the specifiers that are destinations in Markdown: `![alt](here)`, `![alt](<here with spaces>)`, `![alt][label]` with
 * `[label]: here`, and where the path is that of an image, so that it can be no page: `[text](here)` and a definition that
 * links or nobody use. `prose` is `text` with all blanked that does not count.
 */
export function findLinks(prose: string, text: string): MarkdownPicture[] {
  const found: Destination[] = []
  const definitions = new Map<string, Destination>()
  const references: Reference[] = []
  const opened: { image: boolean; start: number }[] = []
  const marks = /\\[\s\S]|!?\[|\]/g
  for (let mark = marks.exec(prose); mark !== null; mark = marks.exec(prose)) {
    if (mark[0].startsWith('\\')) continue
    if (mark[0] !== ']') {
      opened.push({ image: mark[0] === '![', start: mark.index })
      continue
    }
    const open = opened.pop()
    if (open === undefined) continue
    const next = prose[mark.index + 1]
    const { image, start } = open
    const inside: [number, number] = [start + (image ? 2 : 1), mark.index]
    const definition = next === ':' && !image && isLineStart(prose, start)
    if (next !== '(' && !definition) {
      const named = next === '[' ? LABEL.exec(prose.slice(mark.index + 1, mark.index + 1 + LABEL_MAX)) : null
      if (named !== null) marks.lastIndex = mark.index + 1 + named[0].length
      const label = labelOf(named?.[1] || prose.slice(inside[0], Math.min(inside[1], inside[0] + LABEL_MAX)))
      references.push({ start, label, alt: image ? inside : undefined })
      continue
    }
    const { raw, offset, end } = destinationAt(prose, mark.index + 2)
    marks.lastIndex = Math.max(end, mark.index + 1)
    const written = decodeEntities(raw.replace(/\\([!-/:-@[-`{-~])/g, '$1'))
    if (!isOurs(written)) continue
    if (definition) {
      const label = labelOf(prose.slice(...inside))
      if (!definitions.has(label)) definitions.set(label, { written, offset, start })
    } else if (image) found.push({ written, offset, start, alt: inside })
    else if (isImagePath(written)) found.push({ written, offset, start })
  }
  const all = [...found, ...throughDefinitions(definitions, references)]
  return outermost(all).map(({ alt, ...one }) => ({
    ...one,
    ...(alt === undefined
      ? meaningOfLink(one.written)
      : meaningOfImage(one.written, altTextOf(text.slice(...alt)))),
  }))
}

/** Those that do not stand in the text alternative of another, by their beginnings: there, all is text. */
function outermost(found: readonly Destination[]): Destination[] {
  let until = 0
  return [...found]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, alt }) => {
      if (start < until) return false
      if (alt !== undefined) until = alt[1]
      return true
    })
}

const LABEL = /^\[((?:[^\\[\]]|\\.)*)\]/
// CommonMark's own limit is 999 characters between the brackets.
const LABEL_MAX = 1001
const labelOf = (raw: string) => raw.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase()

function throughDefinitions(
  definitions: ReadonlyMap<string, Destination>,
  references: readonly Reference[],
): Destination[] {
  if (definitions.size === 0) return []
  const found: Destination[] = []
  const asLink = new Set(definitions.keys())
  const linked = new Set(references.flatMap(({ alt, label }) => (alt === undefined ? [label] : [])))
  for (const { label, start, alt } of references) {
    const definition = definitions.get(label)
    if (definition === undefined || alt === undefined) continue
    found.push({ ...definition, start, alt })
    if (!linked.has(label)) asLink.delete(label)
  }
  const links = [...asLink].map((label) => definitions.get(label)!)
  return [...found, ...links.filter(({ written }) => isImagePath(written))]
}

/** What a specifier means as a picture of Markdown, whose text alternative is empty where the author said nothing. */
export const meaningOfImage = (written: string, alt: string) =>
  meaningOf({ written, place: 'img', shown: '![…](…)', alt: alt === '' ? undefined : alt })

/** What a specifier means that a text links to. */
export const meaningOfLink = (written: string) =>
  meaningOf({ written, place: 'address', shown: '[…](…)', alt: undefined })

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
