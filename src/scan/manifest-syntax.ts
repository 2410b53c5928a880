import { type ParseError, printParseErrorCode } from 'jsonc-parser'
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'

// A file that is no JSON at all would give an error a line.
const ERRORS_MAX = 20

const PROBLEMS: Readonly<Record<string, string>> = {
  InvalidNumberFormat: 'a number is not well formed',
  PropertyNameExpected: 'a name in "double quotes" is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'there is more text after its end',
  InvalidCommentToken: 'a comment is not well formed',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a text is not closed on its line',
  UnexpectedEndOfNumber: 'a number is not complete',
  InvalidUnicode: '\\u stands without four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash stands before a character that needs none',
  InvalidCharacter: 'a text holds a control character, such as a tab; write \\t',
}

/** Errors in plain words for what the JSON parser found: the first of each line, as the others follow from it. */
export function syntaxErrors(
  text: string,
  found: readonly ParseError[],
  placeAt: (offset: number) => Required<Place>,
): GenerateImagesError[] {
  const lines = new Set<number>()
  const errors: GenerateImagesError[] = []
  for (const parseError of found) {
    const place = placeAt(parseError.offset)
    if (lines.has(place.line)) continue
    lines.add(place.line)
    if (errors.length < ERRORS_MAX) {
      errors.push(
        createError('MANIFEST_SYNTAX', { problem: problemOf(text, parseError) }, { places: [place] }),
      )
    }
  }
  return errors
}

function problemOf(text: string, { error, offset, length }: ParseError): string {
  if (text.trim() === '') return 'it is empty'
  const code = printParseErrorCode(error)
  if (code !== 'InvalidSymbol') return PROBLEMS[code] ?? 'it is not JSON here'
  const symbol = text.slice(offset, offset + Math.min(length, 20))
  return `${symbol} is not JSON; names and texts stand in "double quotes"`
}
