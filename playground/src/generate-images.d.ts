// Written by unplugin-generate-images from the imports and manifests of this project, and kept up to date.
/* eslint-disable */

interface GenerateImagesRegister {
  name:
    | "src/cover"
    | "src/emblem"
    | "src/og"
    | "src/pages/bouquet"
    | "src/pages/endpaper"
    | "src/pages/mate"
    | "src/stories/anchor"
    | "src/stories/birches"
    | "src/stories/coffee"
    | "src/stories/dunes"
    | "src/stories/first-snow"
    | "src/stories/harbour"
    | "src/stories/herbarium/poppies"
    | "src/stories/herbarium/wildflowers"
    | "src/stories/lemons"
    | "src/stories/pass"
    | "src/stories/roofs"
    | "src/waves"
}

declare module "*/mate.jpg?generate&prompt=Portrait+of+a+man+with+a+beard,+the+author+of+the+logbook.&size=1:1&w=96;192;288&as=picture&alt=Portrait+of+Jonas+Brekke,+with+beard+and+glasses" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string } }
  export default value
}

declare module "*/endpaper.webp?generate&prompt=Screenprint+in+flat+inks.+A+seamless+geometric+pattern+for+endpapers:+summer+blue,+buoys,+sails,+suns.&size=1:1&quality=low&w=720&q=70" {
  const value: string
  export default value
}

declare module "*/bouquet.webp?generate&prompt=A+bouquet+of+wildflowers,+spring.&model=gpt-image-2.5-flare&size=1:1&background=transparent&w=160;320&as=img&decorative" {
  const value: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }
  export default value
}

declare module "*/stories/images.prompts.json?generate&as=picture&aspect=1:1&w=320;640" {
  const value: { readonly "harbour": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "roofs": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "birches": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "pass": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "first-snow": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "anchor": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "dunes": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "coffee": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "lemons": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "herbarium/poppies": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }; readonly "herbarium/wildflowers": { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string } }
  export default value
}

declare module "*/stories/herbarium/wildflowers.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/dunes.webp?generate&aspect=16:9&as=metadata" {
  const value: import('unplugin-generate-images').GeneratedMetadata
  export default value
}

declare module "*/cover.jpg?generate&aspect=4:5&w=480;800&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/harbour.jpg?generate&as=picture&aspect=2:1" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/dunes.webp?generate&aspect=16:9&as=srcset" {
  const value: string
  export default value
}

declare module "*/stories/herbarium/poppies.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/images.prompts.json?generate&as=metadata" {
  const value: { readonly "harbour": import('unplugin-generate-images').GeneratedMetadata; readonly "roofs": import('unplugin-generate-images').GeneratedMetadata; readonly "birches": import('unplugin-generate-images').GeneratedMetadata; readonly "pass": import('unplugin-generate-images').GeneratedMetadata; readonly "first-snow": import('unplugin-generate-images').GeneratedMetadata; readonly "anchor": import('unplugin-generate-images').GeneratedMetadata; readonly "dunes": import('unplugin-generate-images').GeneratedMetadata; readonly "coffee": import('unplugin-generate-images').GeneratedMetadata; readonly "lemons": import('unplugin-generate-images').GeneratedMetadata; readonly "herbarium/poppies": import('unplugin-generate-images').GeneratedMetadata; readonly "herbarium/wildflowers": import('unplugin-generate-images').GeneratedMetadata }
  export default value
}

declare module "*/stories/dunes.webp?generate&aspect=16:9&w=800" {
  const value: string
  export default value
}

declare module "*/stories/first-snow.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/cover.jpg?generate&aspect=21:9&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/birches.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/harbour.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/anchor.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/coffee.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/lemons.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/roofs.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/stories/pass.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/waves.webp?generate&w=1536&q=70" {
  const value: string
  export default value
}

declare module "*/cover.jpg?generate&as=metadata" {
  const value: import('unplugin-generate-images').GeneratedMetadata
  export default value
}

declare module "*/cover.png?generate&as=original" {
  const value: string
  export default value
}

declare module "*/cover.jpg?generate&as=picture" {
  const value: { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
  export default value
}

declare module "*/emblem.webp?generate&as=img" {
  const value: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }
  export default value
}

declare module "*/emblem.png?generate&w=64" {
  const value: string
  export default value
}

declare module "*/og.jpg?generate&w=1200" {
  const value: string
  export default value
}
