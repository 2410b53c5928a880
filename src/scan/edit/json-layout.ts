// Edits of properties in a text of JSON with comments: only what changes is touched, and what is new is laid out as its
// neighbours are. Each edit is made for the text as it stands; for the next one, parse the text again.
import { createScanner, type Edit, type Node } from 'jsonc-parser'
import type { Property } from '../manifest-tree.ts'

/** A new property of an object, after its last one. */
export function insertProperty(text: string, last: Property, name: string, value: string): Edit[] {
  const { key, value: lastValue } = last
  const end = endOf(lastValue!)
  const comma = commaAfter(text, end)
  const colon = /^\s*:[ \t]*$/.exec(text.slice(endOf(key), lastValue!.offset))?.[0] ?? ': '
  const property = `${JSON.stringify(name)}${colon}${value}`
  const indent = ownLineIndent(text, key.offset)
  if (indent === undefined) {
    const space = colon.endsWith(' ') ? ' ' : ''
    return comma === undefined
      ? [{ offset: end, length: 0, content: `,${space}${property}` }]
      : [{ offset: comma + 1, length: 0, content: `${space}${property},` }]
  }
  const line = `${eolOf(text)}${indent}${property}`
  const after = lineEndAfter(text, comma === undefined ? end : comma + 1)
  return comma === undefined
    ? [
        { offset: end, length: 0, content: ',' },
        { offset: after, length: 0, content: line },
      ]
    : [{ offset: after, length: 0, content: `${line},` }]
}

/** Takes out the property at `index`, with the comment behind it where it has a line of its own. */
export function removeProperty(text: string, properties: readonly Property[], index: number): Edit[] {
  const { key, value } = properties[index]!
  const comma = commaAfter(text, endOf(value!))
  const end = comma === undefined ? endOf(value!) : comma + 1
  const before = properties[index - 1]
  const commaBefore =
    comma === undefined && before !== undefined ? commaAfter(text, endOf(before.value!)) : undefined
  const dropComma = commaBefore === undefined ? [] : [{ offset: commaBefore, length: 1, content: '' }]
  const indent = ownLineIndent(text, key.offset)
  const lineEnd = lineEndAfter(text, end)
  if (indent !== undefined && /^(\r?\n|$)/.test(text.slice(lineEnd, lineEnd + 2))) {
    const start = text.lastIndexOf('\n', key.offset - 1)
    // From the end of the line before: its own line end goes along.
    const from = text[start - 1] === '\r' ? start - 1 : start
    return [...dropComma, { offset: from, length: lineEnd - from, content: '' }]
  }
  if (commaBefore !== undefined && text.slice(commaBefore + 1, key.offset).trim() === '')
    return [{ offset: commaBefore, length: end - commaBefore, content: '' }]
  const spaces = /[ \t]*/y
  spaces.lastIndex = end
  const { length } = spaces.exec(text)![0]
  return [...dropComma, { offset: key.offset, length: end + length - key.offset, content: '' }]
}

/** Puts a value in the place of a node. */
export function replaceValue(node: Node, content: string): Edit[] {
  return [{ offset: node.offset, length: node.length, content }]
}

/**
 * Makes a list of texts another one, item by item: what is the same at its beginning and its end stays as it stands,
 * comments and all.
 */
export function replaceItems(text: string, list: Node, items: readonly string[]): Edit[] {
  const nodes = list.children ?? []
  if (items.length === 0 || nodes.length === 0) return replaceValue(list, JSON.stringify(items))
  const same = (at: number, of: number) => nodes[at]?.value === items[of]
  let head = 0
  while (head < Math.min(nodes.length, items.length) && same(head, head)) head++
  let tail = 0
  while (
    tail < Math.min(nodes.length, items.length) - head &&
    same(nodes.length - 1 - tail, items.length - 1 - tail)
  )
    tail++
  const old = nodes.slice(head, nodes.length - tail)
  const fresh = items.slice(head, items.length - tail)
  const edits = old
    .slice(0, fresh.length)
    .flatMap((node, at) => replaceValue(node, JSON.stringify(fresh[at])))
  const more = fresh.slice(old.length).map((item) => JSON.stringify(item))
  const less = old.slice(fresh.length)
  if (more.length > 0) {
    const at = head + old.length
    const neighbour = nodes[at - 1] ?? nodes[at]!
    const indent = ownLineIndent(text, neighbour.offset)
    const between = indent === undefined ? ', ' : `,${eolOf(text)}${indent}`
    const content = more.join(between)
    edits.push(
      at > 0
        ? { offset: endOf(neighbour), length: 0, content: between + content }
        : { offset: neighbour.offset, length: 0, content: content + between },
    )
  }
  if (less.length > 0) {
    // From the end of the item before, or to the beginning of the one after.
    const before = nodes[nodes.indexOf(less[0]!) - 1]
    const after = nodes[nodes.indexOf(less.at(-1)!) + 1]
    const from = before === undefined ? less[0]!.offset : endOf(before)
    const to = before === undefined ? after!.offset : endOf(less.at(-1)!)
    edits.push({ offset: from, length: to - from, content: '' })
  }
  return edits
}

/** The end of lines of a text. */
export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** The white space before `offset`, where nothing else stands before it in its line. */
export function ownLineIndent(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(start, offset)
  return start > 0 && /^[ \t]*$/.test(before) ? before : undefined
}

const endOf = (node: Node) => node.offset + node.length

// Kinds of jsonc-parser's tokens, whose names are there for TypeScript alone.
const [COMMA, LINE_COMMENT, BLOCK_COMMENT, LINE_BREAK, SPACE, END] = [5, 12, 13, 14, 15, 17]
const TRIVIA = new Set<number>([SPACE, LINE_COMMENT, BLOCK_COMMENT])

/** The offset of the comma that follows a value. */
function commaAfter(text: string, from: number): number | undefined {
  const scanner = createScanner(text, true)
  scanner.setPosition(from)
  let token: number = scanner.scan()
  while (TRIVIA.has(token) || token === LINE_BREAK) token = scanner.scan()
  return token === COMMA ? scanner.getTokenOffset() : undefined
}

/** Where the line ends that `from` is in, behind its comments; before anything else that stands in it. */
function lineEndAfter(text: string, from: number): number {
  const scanner = createScanner(text, false)
  scanner.setPosition(from)
  let end = from
  let last: number = scanner.scan()
  for (; TRIVIA.has(last); last = scanner.scan()) {
    if (last !== SPACE) end = scanner.getTokenOffset() + scanner.getTokenLength()
  }
  const at = scanner.getTokenOffset()
  return last === LINE_BREAK || last === END ? at : end
}
