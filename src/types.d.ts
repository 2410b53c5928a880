// Types for `?generate` imports before `generate-images.d.ts` is written: by shape, without knowing names or formats.
// They fit where `as` is the last word. Use one of the two: these wildcards accept any name.

declare module '*/images.prompts.json?generate' {
  const pictures: Readonly<Record<string, unknown>>
  export default pictures
}
declare module '*?generate' {
  const url: string
  export default url
}
declare module '*&as=url' {
  const url: string
  export default url
}
declare module '*&as=srcset' {
  const srcset: string
  export default srcset
}
declare module '*&as=img' {
  const img: import('unplugin-generate-images').GeneratedImg
  export default img
}
declare module '*&as=picture' {
  const picture: import('unplugin-generate-images').GeneratedPicture
  export default picture
}
declare module '*&as=image-set' {
  const imageSet: string
  export default imageSet
}
declare module '*&as=metadata' {
  const metadata: import('unplugin-generate-images').GeneratedMetadata
  export default metadata
}
declare module '*&as=original' {
  const original: string
  export default original
}
