// What an import gives, in each of its shapes. The types are public: `generate-images.d.ts` narrows them.
import type { Format, Shape } from '../spec/specs.ts'
import { joinTemplates, type Template, type Templated, template } from './template.ts'

/** `as=img`: the attributes of an `<img>`. Width and height are pixels of the largest file. */
export interface GeneratedImg {
  readonly src: string
  readonly srcset: string
  readonly width: number
  readonly height: number
  readonly alt: string
  /** A data URI, or a colour such as `#a1b2c3`; only where a placeholder was asked for. */
  readonly placeholder?: string
}

/** `as=picture`: the fallback, and a `srcset` for each format, best first. */
export interface GeneratedPicture<F extends string = string> {
  readonly img: Omit<GeneratedImg, 'placeholder'>
  readonly sources: Readonly<Record<F, string>>
  readonly placeholder?: string
}

/** `as=metadata`: what is known of the picture, without pixels. Width and height are those of the largest rendition possible. */
export interface GeneratedMetadata {
  readonly name: string
  readonly key: string
  readonly model: string
  readonly prompt: string
  readonly alt: string
  readonly width: number
  readonly height: number
  /** `kept`, `stale`, or `missing` for a draft. */
  readonly state: 'kept' | 'stale' | 'missing'
}

/** One file of a shape: its slot in templates, and its size in pixels. */
export interface ShapeFile {
  readonly slot: number
  readonly format: Format
  readonly width: number
  readonly height: number
}

/** All that a shape is made of. */
export interface ShapeInput {
  readonly as: Exclude<Shape, 'original'>
  readonly metadata: GeneratedMetadata
  /** Files of the fallback format, ascending by width; at least one unless `as` is `metadata`. */
  readonly fallback: readonly ShapeFile[]
  /** Files of each source of a picture, best format first. */
  readonly sources: readonly { readonly format: Format; readonly files: readonly ShapeFile[] }[]
  readonly placeholder: string | undefined
}

/** The value that an import gives, with holes for the addresses. */
export function shapeValue(input: ShapeInput): Templated {
  const { as, metadata, fallback, sources, placeholder } = input
  if (as === 'metadata') return metadata as unknown as Templated
  const largest = fallback.at(-1)
  if (largest === undefined) throw new RangeError(`${metadata.name}: a ${as} needs at least one file`)
  if (as === 'url') return template({ slot: largest.slot })
  if (as === 'srcset') return srcset(fallback)
  if (as === 'image-set') return imageSet([...sources, { format: largest.format, files: fallback }])
  const img = {
    src: template({ slot: largest.slot }),
    srcset: srcset(fallback),
    width: largest.width,
    height: largest.height,
    alt: metadata.alt,
  }
  const preview = placeholder === undefined ? {} : { placeholder }
  if (as === 'img') return { ...img, ...preview }
  return {
    img,
    sources: Object.fromEntries(sources.map(({ format, files }) => [format, srcset(files)])),
    ...preview,
  }
}

function srcset(files: readonly ShapeFile[]): Template {
  return joinTemplates(
    files.map(({ slot, width }) => template({ slot }, ` ${width}w`)),
    ', ',
  )
}

function imageSet(sources: ShapeInput['sources']): Template {
  const once = new Map(sources.map(({ format, files }) => [format, files.at(-1)!]))
  const items = [...once].map(([format, { slot }]) =>
    template('url("', { slot }, `") type("image/${format}")`),
  )
  return template('image-set(', ...joinTemplates(items, ', ').parts, ')')
}
