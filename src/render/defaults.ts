import { EFFORT_MAX, type Format } from '../spec/specs.ts'

/** What an encoder is given where nobody said otherwise, and what may be said. */
export interface EncoderRow {
  /** 1–100. The same number means another picture in each format. */
  readonly quality: number
  readonly effort: number
  /** Other defaults for files up to a width in pixels, whose details are as small as the flaws of the encoder. */
  readonly small?: { readonly upTo: number; readonly quality: number; readonly effort: number }
  /** The least and the most effort that the format knows. */
  readonly efforts: readonly [least: number, most: number]
  /** What quality and effort mean here, for the README. */
  readonly meaning: string
}

/**
 * The encoders. Each lossy format looks as sharp's own defaults make it look, or better, with less work and, together,
 * fewer bytes: `npm run bench:quality` prints the numbers behind each choice.
 */
export const ENCODERS: Readonly<Record<Format, EncoderRow>> = {
  avif: {
    quality: 52,
    effort: 3,
    efforts: [0, EFFORT_MAX.avif],
    meaning:
      'Colours keep their full resolution. Effort 4 takes four times as long as 3 for the same picture.',
  },
  webp: {
    quality: 80,
    effort: 2,
    small: { upTo: 640, quality: 79, effort: 4 },
    efforts: [0, EFFORT_MAX.webp],
    meaning:
      'Colours have half the resolution, from effort 4 on shrunk with care for edges. Effort 2 takes half as long as 3, for 4 % more bytes.',
  },
  jpeg: {
    quality: 83,
    effort: 1,
    efforts: [0, EFFORT_MAX.jpeg],
    meaning:
      'Effort 0 is the plain encoder; 1 is mozjpeg, 15 to 30 % smaller; 2 tries several orders of its scans, for 2 to 4 % less. Alpha becomes white.',
  },
  png: {
    quality: 100,
    effort: 6,
    efforts: [0, EFFORT_MAX.png],
    meaning:
      "Quality 100 is lossless and effort zlib's level; below 100 it has a palette of at most 256 colours.",
  },
}

/** The quality and effort of a format for a file of `width` pixels. */
export function settingsFor(format: Format, width: number): { quality: number; effort: number } {
  const { small, ...usual } = ENCODERS[format]
  const { quality, effort } = small !== undefined && width <= small.upTo ? small : usual
  return { quality, effort }
}
