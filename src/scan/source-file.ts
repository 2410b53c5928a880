import type { GenerateImagesError, Place } from '../errors/index.ts'
import { parseSpecifier, type Specifier } from '../spec/query.ts'
import { hasWord } from './asks.ts'
import { createPositions } from './position.ts'
import { findSpecifiers } from './specifiers/languages.ts'

/** A specifier as it stands in a source file. */
export interface Mention {
  readonly place: Place
  readonly written: string
  readonly specifier: Specifier
  /** Mistakes in it: with any, it leads nowhere. */
  readonly errors: readonly GenerateImagesError[]
}

/** Whether a file that is not scanned may have a specifier of ours, as far as its bytes show without a look at its language. */
export function mayMention(bytes: Buffer): boolean {
  return ['?generate', '&generate', ';generate'].some((mark) => bytes.includes(mark))
}

/** Finds and parses the specifiers of a source file. Most files have none, and are not even decoded. */
export function mentionsIn(bytes: Buffer, file: string): Mention[] {
  if (!hasWord(bytes)) return []
  const text = bytes.toString('utf8')
  const placeAt = createPositions(text, file)
  return findSpecifiers(text, file).map(({ written, offset }) => {
    const place = placeAt(offset)
    return { place, written, ...parseSpecifier(written, () => place) }
  })
}
