import type { Sharp } from 'sharp'
import { createError } from '../errors/index.ts'
import type { Format, RenditionSpec } from '../spec/specs.ts'
import { compose } from './compose.ts'
import type { Pixels } from './decode.ts'
import type { Rect } from './placement.ts'
import { PROVENANCE_XMP, withPngXmp } from './provenance.ts'
import { reasonOf } from './sharp.ts'

/** A rendition; width and height are measured on it. */
export interface Rendition {
  readonly spec: RenditionSpec
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

type Settings = Pick<RenditionSpec, 'quality' | 'effort'>

const WRITE: Readonly<Record<Format, (picture: Sharp, settings: Settings) => Sharp>> = {
  avif: (picture, { quality, effort }) => picture.avif({ quality, effort }),
  webp: (picture, { quality, effort }) => picture.webp({ quality, effort, smartSubsample: true }),
  jpeg: (picture, { quality, effort }) => picture.jpeg({ quality, mozjpeg: effort > 0 }),
  png: (picture, { quality, effort }) =>
    quality === 100
      ? picture.png({ compressionLevel: effort, adaptiveFiltering: true })
      : picture.png({ palette: true, quality, effort: effort + 1 }),
}

/** Makes one rendition of decoded pixels. No metadata but the mark of origin. Throws RENDER_FAILED. */
export async function encode(pixels: Pixels, crop: Rect, spec: RenditionSpec): Promise<Rendition> {
  const picture = await compose(pixels, crop, spec)
  const { format, width, height, provenance } = spec
  if (provenance && format !== 'png') picture.withXmp(PROVENANCE_XMP)
  const { data, info } = await WRITE[format](picture, spec)
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) =>
      Promise.reject(
        createError('RENDER_FAILED', { format, width, height, why: reasonOf(cause) }, { cause }),
      ),
    )
  const bytes = provenance && format === 'png' ? withPngXmp(data, PROVENANCE_XMP) : data
  return { spec, bytes, width: info.width, height: info.height }
}
