import { EFFORT_MAX, type Format } from '../spec/specs.ts'

/** What an encoder is given where nobody said otherwise, and what may be said. */
export interface EncoderRow {
  /** 1–100. The same number means another picture in each format. */
  readonly quality: number
  readonly effort: number
  /** The least and the most effort that the format knows. */
  readonly efforts: readonly [least: number, most: number]
  /** What quality and effort mean here, for the README. */
  readonly meaning: string
}

/**
 * The encoders. The qualities are those at which the three lossy formats look alike, and the efforts those above which
 * a picture costs much more time for few bytes less: `node bench/quality.mjs` prints the numbers behind both.
 */
export const ENCODERS: Readonly<Record<Format, EncoderRow>> = {
  avif: {
    quality: 50,
    effort: 3,
    efforts: [0, EFFORT_MAX.avif],
    meaning:
      'Colours keep their full resolution. Effort 4 takes four times as long as 3 for the same picture.',
  },
  webp: {
    quality: 78,
    effort: 4,
    efforts: [0, EFFORT_MAX.webp],
    meaning: 'Colours have half the resolution, shrunk with care for edges.',
  },
  jpeg: {
    quality: 75,
    effort: 1,
    efforts: [0, EFFORT_MAX.jpeg],
    meaning: 'Effort 0 is the plain encoder; from 1 on mozjpeg, 15 to 30 % smaller. Alpha becomes white.',
  },
  png: {
    quality: 100,
    effort: 6,
    efforts: [0, EFFORT_MAX.png],
    meaning:
      "Quality 100 is lossless and effort zlib's level; below 100 it has a palette of at most 256 colours.",
  },
}
