// Four letters are three bytes, so that each piece stands alone.
const PIECE = 64 * 1024

/**
 * Decodes base64 as APIs send it: a `data:` prefix, white space and the URL-safe alphabet are fine. `undefined` for
 * anything else, and for nothing. A text may come as its bytes; `lend` gives the memory for what it says.
 */
export function decodeBase64(
  text: string | Buffer,
  lend: (bytes: number) => Buffer = Buffer.allocUnsafeSlow,
): Uint8Array | undefined {
  return typeof text === 'string'
    ? decodeText(text)
    : (decodePieces(text, lend) ?? decodeText(text.toString('latin1')))
}

/** Piece by piece, so that there is no string of tens of MB; `undefined` for whatever is not base64 alone. */
function decodePieces(text: Buffer, lend: (bytes: number) => Buffer): Uint8Array | undefined {
  const length = lengthOf(text.toString('latin1', Math.max(0, text.length - 2)), text.length)
  if (length === undefined) return undefined
  const bytes = lend(length)
  let filled = 0
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.toString('latin1', at, Math.min(at + PIECE, text.length))
    const wanted = Math.min((PIECE / 4) * 3, length - filled)
    if (bytes.write(piece, filled, 'base64') !== wanted) return undefined
    filled += wanted
  }
  return bytes
}

function decodeText(text: string): Uint8Array | undefined {
  const body = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
  const bytes = decodeWhole(body)
  if (bytes !== undefined || !/\s/.test(body)) return bytes
  return decodeWhole(body.replace(/\s+/g, ''))
}

/** Node passes over what is not base64: bytes that are missing tell it, without another look at tens of MB. */
function decodeWhole(text: string): Uint8Array | undefined {
  const length = lengthOf(text, text.length)
  if (length === undefined) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === length ? bytes : undefined
}

/** Bytes of a base64 text of so many letters that ends like this one; `undefined` where there is none. */
function lengthOf(end: string, letters: number): number | undefined {
  const length = letters - (end.endsWith('==') ? 2 : end.endsWith('=') ? 1 : 0)
  return length === 0 || length % 4 === 1 ? undefined : Math.floor((length * 3) / 4)
}
