import type { Range } from './markdown-mask.ts'

// What may stand before a block: quotations, list marks, spaces.
const BEFORE = /^(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/
const BLOCKS =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul'
// How each kind of block begins and ends, as CommonMark counts them; the last two end with an empty line.
const KINDS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
  [new RegExp(`^</?(?:${BLOCKS})(?:[\\s>]|/>|$)`, 'i'), /^\s*$/],
]
const ALONE =
  /^<(?:\/[a-z][a-z\d-]*|[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?)\s*>\s*$/i

/** The ranges of the blocks of HTML in Markdown: in them nothing else is Markdown. */
export function htmlBlocks(text: string): Range[] {
  const ranges: Range[] = []
  let end: RegExp | undefined
  let afterBlank = true
  for (const { 0: line, index } of text.matchAll(/[^\n]+|\n(?=\n)/g)) {
    const rest = line.slice(BEFORE.exec(line)![0].length)
    const isBlank = rest.trim() === ''
    const begins = end === undefined && rest.startsWith('<')
    if (begins) {
      end = KINDS.find(([begin]) => begin.test(rest))?.[1]
      // One element alone on its line does not end a paragraph.
      if (end === undefined && afterBlank && ALONE.test(rest)) end = /^\s*$/
    }
    afterBlank = isBlank
    if (end === undefined) continue
    if (!isBlank) ranges.push([index, index + line.length])
    if (end.test(rest)) end = undefined
  }
  return ranges
}
