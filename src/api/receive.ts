import type { Dispatcher } from 'undici'
import type { Memory } from './memory.ts'

/** A body as far as it came, and what cut it off. */
export interface Received {
  readonly body: Uint8Array
  readonly cut?: unknown
}

/** Thrown inside where a body grows beyond its cap. */
export class TooLarge extends Error {
  readonly code = 'TOO_LARGE'
}

// A longer one is not believed before it has come.
const MOST_EXPECTED = 64 * 1024 * 1024

/**
 * Reads a body to its end, at most `maxBytes`; what came before a failure is kept. `expected`: bytes that are announced,
 * 0 where nothing is. `lend`: where the memory for them comes from.
 */
export async function receive(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  {
    expected = 0,
    lend = Buffer.allocUnsafeSlow,
    onChunk,
  }: {
    expected?: number
    lend?: Memory['lend']
    onChunk?: ((chunk: Uint8Array) => void) | undefined
  } = {},
): Promise<Received> {
  // Pieces that are copied at once are gone before the collector has to look for them among everything that is old.
  const whole = lend(expected <= Math.min(maxBytes, MOST_EXPECTED) ? expected : 0)
  const more: Buffer[] = []
  let length = 0
  let filled = 0
  const received = () => {
    const start = whole.subarray(0, filled)
    return more.length === 0 ? start : Buffer.concat([start, ...more])
  }
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > maxBytes) throw new TooLarge()
      if (length <= whole.length) filled += chunk.copy(whole, filled)
      else more.push(chunk)
      onChunk?.(chunk)
    }
    return { body: received() }
  } catch (cut) {
    return { body: received(), cut }
  }
}

/** The headers of an answer, lower-case names; repeated ones joined. */
export function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const pairs = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))
}

/** How many bytes the headers announce; 0 where they don't. */
export function announcedBytes(headers: Readonly<Record<string, string>>): number {
  const length = headers['content-length'] ?? ''
  return /^\d{1,12}$/.test(length) ? Number(length) : 0
}
