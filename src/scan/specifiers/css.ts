import { hasWord, setWords } from '../../spec/set-words.ts'
import { type Found, isOurs } from './found.ts'
import { codePoint } from './javascript-escapes.ts'

/** How a dialect of CSS differs from it. */
export interface CssDialect {
  /** Whether `//` begins a comment. */
  readonly lineComments: boolean
  /** Whether blocks, and so comments, are made by indentation (Sass without braces). */
  readonly indented: boolean
}

/** A specifier in a stylesheet. */
export interface CssPicture extends Found {
  readonly meant: string
  /** What it stands in: `url(…)`, or a text with its quotes, in an `image-set()` or after `@import`. */
  readonly form: 'url' | 'text' | 'import'
  /** The extent of that in the text. */
  readonly start: number
  readonly end: number
  /** Whether it is one of an `image-set()`. */
  readonly inSet: boolean
}

// What decides how the text goes on; everything else is passed over.
const NEXT = /\/\*|\/\/|["'();{}\n]|\burl\(\s*|(?:-webkit-)?\bimage-set\(|@import\b/gi

/**
 * Finds the specifiers of CSS and its dialects: `url(…)`, the texts of `image-set(…)` and of `@import`. Comments and
 * other texts do not count. One pass; never throws.
 */
export function findInCss(text: string, dialect: CssDialect): CssPicture[] {
  if (!text.includes('generate')) return []
  const found: CssPicture[] = []
  // The depth of brackets, and the depth in which texts of an image-set stand.
  let depth = 0
  let setDepth = 0
  let importing = false
  const add = (raw: string, offset: number, extent: Pick<CssPicture, 'form' | 'start' | 'end'>) => {
    const written = decodeCss(raw)
    if (isOurs(written))
      found.push({ written, offset, ...extent, ...placedInCss(written, importing), inSet: setDepth > 0 })
  }
  const next = new RegExp(NEXT)
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const mark = match[0].toLowerCase()
    const start = match.index
    const end = start + mark.length
    if (mark === '/*' || mark === '//') {
      if (mark === '/*' || dialect.lineComments) next.lastIndex = endOfComment(text, start, dialect)
    } else if (mark === '"' || mark === "'") {
      const close = endOfText(text, start)
      const form = importing ? 'import' : 'text'
      if (importing || (setDepth > 0 && depth === setDepth))
        add(text.slice(end, close - 1), end, { form, start, end: close })
      next.lastIndex = close
    } else if (mark.startsWith('url(')) {
      const quoted = text[end] === '"' || text[end] === "'"
      const close = quoted ? endOfText(text, end) : endOfBareUrl(text, end)
      const form = importing ? 'import' : 'url'
      const extent = { form, start, end: quoted ? endOfBareUrl(text, close) + 1 : close + 1 } as const
      if (quoted) add(text.slice(end + 1, close - 1), end + 1, extent)
      else {
        // Outside of quotes, these characters end a url() unless a backslash stands before them.
        const raw = text.slice(end, close).trim()
        if (!/["'(\s]/.test(raw.replace(ESCAPE, ''))) add(raw, end, extent)
      }
      next.lastIndex = close
      if (quoted) depth++
    } else if (mark.endsWith('image-set(')) {
      setDepth = ++depth
    } else if (mark === '(') {
      depth++
    } else if (mark === ')') {
      if (depth === setDepth) setDepth = 0
      depth = Math.max(0, depth - 1)
    } else if (mark === '@import') {
      importing = true
    } else {
      // A line ends an import where dialects do without semicolons; CSS is not written otherwise either.
      importing = false
      if (mark !== '\n') depth = setDepth = 0
    }
  }
  return found
}

/** What a specifier means in a stylesheet: whatever its entry gives elsewhere, an address, or a set of them. */
export function placedInCss(written: string, importing = false): Pick<CssPicture, 'meant' | 'problem'> {
  if (importing) return { meant: written, problem: '@import takes stylesheets' }
  if (!hasWord(written, 'as')) return { meant: setWords(written, { as: 'url' }) }
  return /[?&]as=(?:url|original|image-set)(?:&|$)/.test(written)
    ? { meant: written }
    : {
        meant: written,
        problem: 'a stylesheet takes as=url (which it need not say), as=image-set or as=original',
      }
}
/** The offset after the quote that closes the text at `open`, or after its line where there is none. */
function endOfText(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[open] || text[at] === '\n') return at + 1
  }
  return text.length + 1
}

/** The offset of the bracket that closes an unquoted `url(`, and the text's end where there is none. */
function endOfBareUrl(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === ')') return at
  }
  return text.length
}

function endOfComment(text: string, open: number, { indented }: CssDialect): number {
  if (indented) {
    let line = open
    while (text[line - 1] === ' ' || text[line - 1] === '\t') line--
    if (line === 0 || text[line - 1] === '\n') return endOfIndentedComment(text, line)
  }
  const block = text.startsWith('/*', open)
  const close = text.indexOf(block ? '*/' : '\n', open + 2)
  return close === -1 ? text.length : close + (block ? 2 : 0)
}

// In the indented syntax a comment with a line of its own holds every following line that is indented deeper.
function endOfIndentedComment(text: string, line: number): number {
  const indentAt = (start: number) => /[ \t]*/y.exec(text.slice(start, start + 200))![0].length
  const own = indentAt(line)
  let end = lineEnd(text, line)
  while (end < text.length) {
    const next = end + 1
    const stop = lineEnd(text, next)
    const blank = text.slice(next, stop).trim() === ''
    if (!blank && indentAt(next) <= own) break
    end = stop
  }
  return end
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

const ESCAPE = /\\(?:([\da-f]{1,6})[ \t\n]?|(\r\n|[\s\S]))/gi

function decodeCss(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(ESCAPE, (_, hex?: string, other = '') => {
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16))
    return /[\r\n]/.test(other) ? '' : other
  })
}
