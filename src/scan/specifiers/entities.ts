import { codePoint } from './javascript-escapes.ts'

// The names that stand in paths and queries; others are kept as written, as are those without a semicolon.
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00A0',
    semi: ';',
    equals: '=',
    quest: '?',
  }),
)

/** Decodes the character references of HTML. */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi,
    (whole, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return codePoint(Number.parseInt(hex, 16))
      if (decimal !== undefined) return codePoint(Number(decimal))
      return NAMED.get(name) ?? whole
    },
  )
}
