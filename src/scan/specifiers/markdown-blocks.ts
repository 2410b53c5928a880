import type { Range } from './markdown-mask.ts'

interface Fence {
  readonly mark: string
  readonly quoted: boolean
}

const CONTAINER = /^(?: {0,3}>)*/
const LIST_ITEM = /^([ \t]*)((?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))/
const FENCE = /^[ \t]*(`{3,}|~{3,})(.*)$/

/**
 * The ranges of fenced and (where the language has it) indented code. One pass over the lines: fences count wherever they stand, in lists
 * and quotations too; a line is indented code where it is four columns deeper than the list item it stands in, and no
 * paragraph goes on into it.
 */
export function codeBlocks(text: string, { indented }: { indented: boolean }): Range[] {
  const ranges: Range[] = []
  const items: number[] = []
  let fence: Fence | undefined
  let paragraph = false
  for (const { 0: line, index } of text.matchAll(/[^\n]+|\n(?=\n)/g)) {
    const container = CONTAINER.exec(line)![0].length
    const inner = line.slice(container).trimEnd()
    const range: Range = [index, index + line.length]
    if (fence !== undefined && !(fence.quoted && container === 0)) {
      ranges.push(range)
      if (closes(fence, fence.quoted ? inner : line)) fence = undefined
      continue
    }
    fence = undefined
    if (inner.trim() === '') {
      paragraph = false
      continue
    }
    const column = columns(inner)
    while (!paragraph && items.length > 0 && column < items.at(-1)!) items.pop()
    if (indented && !paragraph && column >= (items.at(-1) ?? 0) + 4) {
      ranges.push(range)
      continue
    }
    const rest = openItems(inner, items)
    const mark = FENCE.exec(rest)
    if (mark !== null && !(mark[1]!.startsWith('`') && mark[2]!.includes('`'))) {
      fence = { mark: mark[1]!, quoted: container > 0 }
      ranges.push(range)
      paragraph = false
    } else {
      paragraph = !/^\s{0,3}#{1,6}(?:\s|$)/.test(rest)
    }
  }
  return ranges
}

function closes({ mark }: Fence, line: string): boolean {
  const text = line.trim()
  return text.length >= mark.length && text === mark[0]!.repeat(text.length)
}

/** Notes the column in which the contents of each list item of a line begin, and gives the line after their marks. */
function openItems(line: string, items: number[]): string {
  let rest = line
  let column = 0
  for (let item = LIST_ITEM.exec(rest); item !== null; item = LIST_ITEM.exec(rest)) {
    column += item[0].length
    items.push(column)
    rest = rest.slice(item[0].length)
    if (item[0].length === 0 || items.length > 100) break
  }
  return rest
}

function columns(line: string): number {
  let column = 0
  for (const character of line) {
    if (character === '\t') column += 4 - (column % 4)
    else if (character === ' ') column++
    else break
  }
  return column
}
