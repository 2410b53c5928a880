/**
 * Decodes base64 as APIs send it: a `data:` prefix, white space and the URL-safe alphabet are fine. `undefined` for
 * anything else, and for nothing. Looks at each character once, without backtracking: pictures have tens of MB.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const start = text.startsWith('data:') ? text.indexOf(',', 0) + 1 : 0
  let body = text.slice(start)
  if (/\s/.test(body)) body = body.replace(/\s+/g, '')
  const end = body.endsWith('==') ? body.length - 2 : body.endsWith('=') ? body.length - 1 : body.length
  body = body.slice(0, end)
  if (body === '' || body.length % 4 === 1 || /[^A-Za-z0-9+/_-]/.test(body)) return undefined
  return Buffer.from(body, 'base64')
}
