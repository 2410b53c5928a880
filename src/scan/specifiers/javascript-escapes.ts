const ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi
const SINGLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
}
const CONTINUED = new Set(['\n', '\r', '\r\n', '\u2028', '\u2029'])

/** What the inside of a string literal or template means. */
export function decodeJavaScript(inside: string): string {
  if (!inside.includes('\\')) return inside
  return inside.replace(ESCAPE, (_, braces?: string, four?: string, two?: string, other = '') => {
    const code = braces ?? four ?? two
    if (code !== undefined) return codePoint(Number.parseInt(code, 16))
    return CONTINUED.has(other) ? '' : (SINGLE[other] ?? other)
  })
}

/** The character of a code point; the replacement character where there is none. */
export function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
}
