/**
 * Decodes base64 as APIs send it: a `data:` prefix, white space and the URL-safe alphabet are fine. `undefined` for
 * anything else, and for nothing.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const body = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
  const bytes = decodeWhole(body)
  if (bytes !== undefined || !/\s/.test(body)) return bytes
  return decodeWhole(body.replace(/\s+/g, ''))
}

/** Node passes over what is not base64: bytes that are missing tell it, without another look at tens of MB. */
function decodeWhole(text: string): Uint8Array | undefined {
  const length = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
  if (length === 0 || length % 4 === 1) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === Math.floor((length * 3) / 4) ? bytes : undefined
}
