declare global {
  /** Filled by `generate-images.d.ts`. */
  interface GenerateImagesRegister {}
}

/** The names of the project's pictures, once `generate-images.d.ts` is written; any text before. */
export type ImageName = GenerateImagesRegister extends { name: infer Name } ? Name : string
