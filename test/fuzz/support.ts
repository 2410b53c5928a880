// What every fuzz test shares: how many cases it runs, texts that are made of the pieces of a grammar, and what an error
// must look like.
import fc from 'fast-check'
import { GenerateImagesError } from '../../src/errors/index.ts'

// Some hundred thousand errors are made: their stacks would take most of the time.
Error.stackTraceLimit = 2

/** Cases of each property. A failure prints its seed and the smallest case. */
export const CASES = { numRuns: 10_000 }

/** Texts of some pieces in any order, with noise between them. */
export function textsOf(pieces: readonly string[], most = 12): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...pieces) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
        { weight: 1, arbitrary: fc.nat({ max: 100_000 }).map(String) },
      ),
      { maxLength: most, size: 'max' },
    )
    .map((parts) => parts.join(''))
}

/** Names that mean something to JavaScript, to file systems or to nobody. */
export const HARD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'length',
  '0',
]

/** Fails where an object of the language got a property by a case. */
export function expectNoPollution(): void {
  const added = [Object.prototype, Array.prototype, Function.prototype, String.prototype].flatMap((one) =>
    Object.keys(one),
  )
  if (added.length > 0) throw new Error(`a prototype got ${added}`)
}

/** Fails where something else than an error of this package, with a sentence and a step to take, was thrown. */
export function expectOwn(error: unknown): asserts error is GenerateImagesError {
  if (!(error instanceof GenerateImagesError)) throw error ?? new Error('nothing was thrown')
  if (!/[.?!…]$/.test(error.sentence.trim()) || error.hint === '')
    throw new Error(`a poor error: ${error.sentence} → ${error.hint}`)
}

/** Fails with the words where something does not hold; `expect` is slow in a loop of ten thousand. */
export function hold(truth: boolean, words: string): void {
  if (!truth) throw new Error(words)
}
