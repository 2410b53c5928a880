import type { Raw, Sharp } from 'sharp'
import { createError } from '../errors/index.ts'
import type { Format, RenditionSpec } from '../spec/specs.ts'
import { PROVENANCE_XMP, withPngXmp } from './provenance.ts'
import { loadSharp, reasonOf } from './sharp.ts'

/** A rendition; width and height are measured on it. */
export interface Rendition {
  readonly spec: RenditionSpec
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/** Pixels at the size of a rendition, 8 bits a channel. */
export interface Raster {
  readonly data: Buffer
  readonly raw: Raw
}

type Settings = Pick<RenditionSpec, 'quality' | 'effort'>

const WHITE = { r: 255, g: 255, b: 255, alpha: 1 }

const WRITE: Readonly<Record<Format, (picture: Sharp, settings: Settings) => Sharp>> = {
  avif: (picture, { quality, effort }) => picture.avif({ quality, effort }),
  webp: (picture, { quality, effort }) => picture.webp({ quality, effort, smartSubsample: effort > 3 }),
  jpeg: (picture, { quality, effort }) =>
    picture
      .flatten({ background: WHITE })
      .jpeg({ quality, ...(effort > 0 && { mozjpeg: true, optimiseScans: effort > 1 }) }),
  png: (picture, { quality, effort }) =>
    quality === 100
      ? picture.png({ compressionLevel: effort, adaptiveFiltering: true })
      : picture.png({ palette: true, quality, effort: effort + 1 }),
}

/** The pixels that a picture comes to, once for all the formats that they are written as. Throws RENDER_FAILED. */
export async function rasterise(picture: Sharp, spec: RenditionSpec): Promise<Raster> {
  const { data, info } = await picture
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => Promise.reject(failed(spec, cause)))
  const { width, height, channels } = info
  return { data, raw: { width, height, channels: channels as Raw['channels'] } }
}

/**
 * Writes pixels as the format of the spec; what is transparent is white in jpeg. No metadata but the mark of origin.
 * Throws RENDER_FAILED.
 */
export async function encode({ data, raw }: Raster, spec: RenditionSpec): Promise<Rendition> {
  const sharp = await loadSharp()
  const picture = sharp(data, { raw, limitInputPixels: false })
  const { format, provenance } = spec
  if (provenance && format !== 'png') picture.withXmp(PROVENANCE_XMP)
  const { data: written, info } = await WRITE[format](picture, spec)
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => Promise.reject(failed(spec, cause)))
  const bytes = provenance && format === 'png' ? withPngXmp(written, PROVENANCE_XMP) : written
  return { spec, bytes, width: info.width, height: info.height }
}

function failed({ format, width, height }: RenditionSpec, cause: unknown) {
  return createError('RENDER_FAILED', { format, width, height, why: reasonOf(cause) }, { cause })
}
