import type { Dispatcher } from 'undici'

/** A body as far as it came, and what cut it off. */
export interface Received {
  readonly body: Uint8Array
  readonly cut?: unknown
}

/** Thrown inside where a body grows beyond its cap. */
export class TooLarge extends Error {
  readonly code = 'TOO_LARGE'
}

/** Reads a body to its end, at most `maxBytes`; what came before a failure is kept. */
export async function receive(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  onChunk?: (chunk: Uint8Array) => void,
): Promise<Received> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > maxBytes) throw new TooLarge()
      chunks.push(chunk)
      onChunk?.(chunk)
    }
    return { body: Buffer.concat(chunks) }
  } catch (cut) {
    return { body: Buffer.concat(chunks), cut }
  }
}

/** The headers of an answer, lower-case names; repeated ones joined. */
export function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const pairs = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))
}
