import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { isClosed } from './causes.ts'
import { after, TookTooLong } from './connection.ts'
import type { Memory } from './memory.ts'

/** A body as far as it came, and what cut it off. */
export interface Received {
  readonly body: Uint8Array
  readonly cut?: unknown
}

/** How a body is read. */
export interface ReceiveOptions {
  readonly maxBytes: number
  /** Milliseconds between two pieces of it; `Infinity` for no limit. */
  readonly pauseMs: number
  /** Bytes that are announced; 0 where nothing is. */
  readonly expected?: number
  /** Where the memory for them comes from. */
  readonly lend?: Memory['lend'] | undefined
  readonly onChunk?: ((chunk: Uint8Array) => void) | undefined
}

/** Thrown inside where a body grows beyond its cap. */
export class TooLarge extends Error {
  readonly code = 'TOO_LARGE'
}

/** Thrown inside where a connection is closed before a body has come whole. */
class CutOff extends Error {
  readonly code = 'CUT_OFF'
}

// A longer one is not believed before it has come.
const MOST_EXPECTED = 64 * 1024 * 1024

/** Reads a body to its end, at most `maxBytes`; what came before a failure is kept. Never throws. */
export function receive(body: Readable, options: ReceiveOptions): Promise<Received> {
  const { maxBytes, pauseMs, expected = 0, lend = Buffer.allocUnsafeSlow, onChunk } = options
  // Pieces that are copied at once are gone before the collector has to look for them among everything that is old.
  const whole = lend(expected <= Math.min(maxBytes, MOST_EXPECTED) ? expected : 0)
  const more: Buffer[] = []
  let length = 0
  let filled = 0
  const received = () => {
    const start = whole.subarray(0, filled)
    return more.length === 0 ? start : Buffer.concat([start, ...more])
  }
  const pause = after(pauseMs, () => body.destroy(new TookTooLong('BODY_TIMEOUT')))
  return new Promise<Received>((resolve) => {
    body
      .on('data', (chunk: Buffer) => {
        pause?.refresh()
        if (body.destroyed) return
        length += chunk.length
        if (length > maxBytes) return void body.destroy(new TooLarge())
        if (length <= whole.length) filled += chunk.copy(whole, filled)
        else more.push(chunk)
        try {
          onChunk?.(chunk)
        } catch (error) {
          body.destroy(error as Error)
        }
      })
      .once('end', () => resolve({ body: received() }))
      .once('error', (cut) => resolve({ body: received(), cut: isClosed(cut) ? new CutOff() : cut }))
      // Nothing new where one of the others was told.
      .once('close', () => resolve({ body: received(), cut: new CutOff() }))
  }).finally(() => clearTimeout(pause))
}

/** The headers of an answer, lower-case names; repeated ones joined. */
export function flatHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const pairs = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))
}

/** How many bytes the headers announce; 0 where they don't. */
export function announcedBytes(headers: Readonly<Record<string, string>>): number {
  const length = headers['content-length'] ?? ''
  return /^\d{1,12}$/.test(length) ? Number(length) : 0
}
