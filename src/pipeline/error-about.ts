import { createError, type ErrorContext, GenerateImagesError } from '../errors/index.ts'

/** Whatever was thrown, as an error that names the picture it is about and where that is asked for. */
export function errorAbout(cause: unknown, context: ErrorContext): GenerateImagesError {
  const { picture, places } = context
  if (!(cause instanceof GenerateImagesError)) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    return createError('UNEXPECTED', { problem }, { picture, places, cause })
  }
  const { code, sentence, hint } = cause
  if (cause.errors.length > 0 || (cause.picture !== undefined && cause.places.length > 0)) return cause
  const own = { picture: cause.picture ?? picture, places: cause.places.length > 0 ? cause.places : places }
  return new GenerateImagesError(code, sentence, hint, { ...own, cause })
}
