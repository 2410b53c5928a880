import type { GenerateImagesError } from '../errors/index.ts'

/** The errors by file and position, each told once. */
export function tidyErrors(errors: readonly GenerateImagesError[]): GenerateImagesError[] {
  return [...new Map(errors.map((error) => [error.message, error])).values()].sort(byPlace)
}

function byPlace({ places: [a] }: GenerateImagesError, { places: [b] }: GenerateImagesError): number {
  const [left, right] = [a?.file ?? '', b?.file ?? '']
  if (left !== right) return left < right ? -1 : 1
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}
