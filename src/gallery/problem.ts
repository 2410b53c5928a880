// Errors as the page is told of them.
import { cleanError, createError, GenerateImagesError, type Place } from '../errors/index.ts'
import type { PlaceInFile, Problem, Refusal } from './protocol.ts'

/** A place with the address that opens it in an editor; `undefined` where there is none. */
export type OpenAddress = (place: Place) => string | undefined

/** Most problems of one answer. */
const TOLD_MAX = 200

/** A place as the page is told of it. */
export function placeOf(place: Place, open: OpenAddress): PlaceInFile {
  const { file, line = null, column = null } = place
  return { file, line, column, open: open(place) ?? null }
}

/** An error as sentences to show. */
export function problemOf(error: GenerateImagesError, open: OpenAddress): Problem {
  const { code, sentence, hint, picture = null, places } = error
  return { code, sentence, hint, picture, places: places.map((place) => placeOf(place, open)) }
}

/** Errors as problems, each of a list by itself; of very many the first. */
export function problemsOf(errors: readonly GenerateImagesError[], open: OpenAddress): Problem[] {
  return errors
    .flatMap((error) => (error.errors.length > 0 ? error.errors : [error]))
    .slice(0, TOLD_MAX)
    .map((error) => problemOf(error, open))
}

/** Whatever was thrown, as an answer and its status. `clean` takes keys out of what nobody foresaw. */
export function refusalOf(
  thrown: unknown,
  open: OpenAddress,
  clean: (text: string) => string = (text) => text,
): { refusal: Refusal; status: number } {
  const error =
    thrown instanceof GenerateImagesError
      ? thrown
      : createError('UNEXPECTED', { problem: thrown instanceof Error ? thrown.message : String(thrown) })
  const [problem, ...more] = problemsOf([cleanError(error, clean)], open)
  return { refusal: { problem: problem!, more }, status: STATUS[error.code] ?? 422 }
}

const STATUS: Partial<Record<GenerateImagesError['code'], number>> = {
  NOT_ALLOWED: 403,
  OFFER_CHANGED: 409,
  FILE_CHANGED: 409,
  NO_SUCH_RUN: 404,
  NO_SUCH_PICTURE: 404,
  NO_SUCH_TAKE: 404,
  UNEXPECTED: 500,
}
