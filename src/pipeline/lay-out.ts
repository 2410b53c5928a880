// Which renditions one import needs, from its look and the size of the original. Pure.
import { fallbackOf, layoutOf } from '../render/layout.ts'
import { stemOf } from '../spec/names.ts'
import { type Format, hasOneSize, hasSources } from '../spec/specs.ts'
import type { UsedPicture } from './collect.ts'

/** One file of an import. `slot` is its index in the list of all files. Sizes are pixels. */
export interface LaidOutFile {
  readonly slot: number
  readonly format: Format
  readonly width: number
  readonly height: number
  /** The readable part of its name: `hero-480`. */
  readonly stem: string
}

/** The files of an import, each once, and where they stand in its shape. */
export interface LaidOut {
  readonly files: readonly LaidOutFile[]
  /** Of the fallback format, ascending by width. */
  readonly fallback: readonly LaidOutFile[]
  readonly sources: readonly { readonly format: Format; readonly files: readonly LaidOutFile[] }[]
}

/** What is known of an original, or assumed of one that is not made yet. */
export interface OriginalSize {
  readonly width: number
  readonly height: number
  readonly hasAlpha?: boolean | undefined
}

/** Lays out the files of an import. Metadata and originals have none. */
export function layOut({ picture, look, as }: UsedPicture, original: OriginalSize): LaidOut {
  const files: LaidOutFile[] = []
  const size = { ...original, hasAlpha: original.hasAlpha === true }
  const of = (format: Format): LaidOutFile[] => {
    const laid = layoutOf(look, size, [format])
    return (hasOneSize(as) ? laid.slice(-1) : laid).map(({ width, height }) => {
      const known = files.find(
        (file) => file.format === format && file.width === width && file.height === height,
      )
      if (known !== undefined) return known
      const file = {
        slot: files.length,
        format,
        width,
        height,
        stem: `${stemOf(picture.name)}-${width}`,
      }
      files.push(file)
      return file
    })
  }
  if (as === 'metadata' || as === 'original') return { files, fallback: [], sources: [] }
  const sources = hasSources(as) ? look.formats.map((format) => ({ format, files: of(format) })) : []
  const fallback = of(fallbackOf(look, size))
  return { files, fallback, sources }
}

/** The size that is assumed of a picture that is not made yet: as asked for, else the usual one. */
export function assumedSize({ picture }: UsedPicture): OriginalSize {
  const { size = '', background } = picture.spec.request
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? [undefined, '1024', '1024']
  return { width: Number(width), height: Number(height), hasAlpha: background === 'transparent' }
}
