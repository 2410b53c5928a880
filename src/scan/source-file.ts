import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { parseSpecifier, type Specifier } from '../spec/query.ts'
import { hasWord } from './asks.ts'
import { createPositions } from './position.ts'
import { findSpecifiers, findTexts } from './specifiers/languages.ts'

/** A specifier as it stands in a source file. */
export interface Mention {
  readonly place: Place
  /** As it is meant at its place. */
  readonly written: string
  /** Whether its picture is shown where it stands: it is no import. */
  readonly shown: boolean
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
  return findSpecifiers(text, file).map(({ written, meant, offset, problem }) => {
    const place = placeAt(offset)
    const { specifier, errors } = parseSpecifier(meant ?? written, () => place)
    const wrong = problem ?? (meant !== undefined && specifier.kind === 'manifest' ? NO_MANIFEST : undefined)
    const misplaced =
      wrong === undefined ? [] : [createError('MISPLACED', { problem: wrong }, { places: [place] })]
    return {
      place,
      written: meant ?? written,
      shown: meant !== undefined,
      specifier,
      errors: [...errors, ...misplaced],
    }
  })
}

/** Warns of each specifier in a source file that its language leaves as it stands. */
export function leftIn(bytes: Buffer, file: string): GenerateImagesError[] {
  if (!hasWord(bytes)) return []
  const text = bytes.toString('utf8')
  const placeAt = createPositions(text, file)
  return findTexts(text, file).map(({ offset, left }) =>
    createError('LEFT_AS_TEXT', left, { places: [placeAt(offset)] }),
  )
}

const NO_MANIFEST = 'one picture can stand here, and not a whole manifest'
