import jsTokens, { type JSXToken, type Token } from 'js-tokens'
import { type Found, isOurs } from './found.ts'
import { decodeJavaScript } from './javascript-escapes.ts'

interface Piece {
  readonly type: (Token | JSXToken)['type']
  readonly value: string
  readonly offset: number
}

const SKIPPED = new Set([
  'WhiteSpace',
  'LineTerminatorSequence',
  'MultiLineComment',
  'SingleLineComment',
  'HashbangComment',
])
const META_URL = [',', 'import', '.', 'meta', '.', 'url']

/**
 * Finds the specifiers of JavaScript and TypeScript: string literals, and templates without substitutions, that are
 * imported, exported from, required, or the first argument of `new URL(…, import.meta.url)`. Comments and other strings
 * do not count. Text that is no program gives what can be understood.
 */
export function findInJavaScript(text: string, { jsx }: { jsx: boolean }): Found[] {
  if (!text.includes('generate')) return []
  const { pieces, lost } = piecesOf(text, jsx)
  const found = specifiersIn(pieces)
  if (!lost) return found
  // The generics of TypeScript can look like an element that never ends; read as plain code, nothing is missed.
  const byOffset = new Map(
    [...specifiersIn(piecesOf(text, false).pieces), ...found].map((one) => [one.offset, one]),
  )
  return [...byOffset.values()].sort((a, b) => a.offset - b.offset)
}

function specifiersIn(pieces: readonly Piece[]): Found[] {
  return pieces.flatMap((piece, i) => {
    if (piece.type !== 'StringLiteral' && piece.type !== 'NoSubstitutionTemplate') return []
    if (!piece.value.includes('generate') || !isImported(pieces, i)) return []
    const written = decodeJavaScript(piece.value.slice(1, -1))
    return isOurs(written) ? [{ written, offset: piece.offset + 1 }] : []
  })
}

function isImported(pieces: readonly Piece[], i: number): boolean {
  const value = (at: number) => pieces[i + at]?.value
  const word = (at: number, name: string) =>
    pieces[i + at]?.type === 'IdentifierName' &&
    value(at) === name &&
    value(at - 1) !== '.' &&
    value(at - 1) !== '?.'
  if (value(-1) !== '(')
    return pieces[i]!.type === 'StringLiteral' && (word(-1, 'from') || word(-1, 'import'))
  if (word(-2, 'import') || word(-2, 'require')) return value(1) === ')' || value(1) === ','
  return word(-2, 'URL') && word(-3, 'new') && META_URL.every((expected, at) => value(at + 1) === expected)
}

/** The tokens that matter; `lost` tells that the reading as JSX ended inside an element, or met what JSX does not have. */
export function piecesOf(text: string, jsx: boolean): { pieces: Piece[]; lost: boolean } {
  const pieces: Piece[] = []
  let offset = 0
  let lost = false
  let last = ''
  try {
    for (const token of jsx ? jsTokens(text, { jsx: true }) : jsTokens(text)) {
      const closed = !('closed' in token) || token.closed
      if (token.type === 'JSXInvalid' || !closed) lost = true
      if (!SKIPPED.has(token.type) && closed) pieces.push({ type: token.type, value: token.value, offset })
      offset += token.value.length
      last = token.type
    }
  } catch (error) {
    // The tokeniser's regular expressions give up on literals of many megabytes; what came before is kept.
    if (!(error instanceof RangeError)) throw error
  }
  return { pieces, lost: jsx && (lost || last === 'JSXText' || last === 'JSXIdentifier') }
}
