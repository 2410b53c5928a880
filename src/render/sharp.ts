import type { SharpConstructor } from 'sharp'
import { createError } from '../errors/index.ts'

// AVIF's tiles, and so its bytes, follow the number of threads for one picture. sharp's own default depends on the
// machine; this one does not, so the bytes do not either. Each doubling costs about one percent of bytes.
const THREADS = 2

/** Loads sharp when it is first needed. Throws NO_ENCODER where its native part is missing. */
export async function loadSharp(): Promise<SharpConstructor> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw createError('NO_ENCODER', { why: reasonOf(cause) }, { cause })
  })
  sharp.concurrency(THREADS)
  return sharp
}

/** The first line of an error's message, as the end of a sentence. */
export function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return (
    text
      .trim()
      .split('\n', 1)[0]!
      .replace(/[\s.:]+$/, '') || 'no reason given'
  )
}
