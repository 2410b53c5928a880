import type { GenerateImagesError } from '../errors/index.ts'

/** The shape in which Rollup, Vite and others show an error: with the place of the mistake in the user's file. */
export function toHostError(error: unknown, root: string): unknown {
  const [place] = (error as Partial<GenerateImagesError>)?.places ?? []
  if (!(error instanceof Error) || place?.line === undefined) return error
  const file = `${root}/${place.file}`
  return Object.assign(error, { loc: { file, line: place.line, column: (place.column ?? 1) - 1 }, id: file })
}
