// Projects whose pictures are all kept, for measures in which the originals cost nothing.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { card, tiny } from '../pictures.mjs'

/**
 * The pictures of such a project. `tiny`: six renditions of a few bytes, where only the count matters. `real`: nine of
 * some 40 kB, like those of a site, in the format that is quickest to make: what is warm is not encoded.
 */
export const KINDS = {
  tiny: {
    draw: tiny,
    size: { width: 48, height: 32, type: 'png' },
    fields: { widths: [12, 24, 48], formats: ['webp'] },
    renditions: 6,
  },
  real: {
    draw: card,
    size: { width: 1200, height: 800, type: 'jpeg' },
    fields: {
      widths: [240, 360, 480, 600, 720, 840, 960, 1080, 1200],
      formats: ['jpeg'],
      encode: { jpeg: { quality: 80, effort: 0 } },
    },
    renditions: 9,
  },
}

/** Keeps `count` pictures of a kind in a project, and writes the manifest. */
export const keepKind = (keeper, project, kind, count) =>
  keeper.keepMany(project, count, KINDS[kind].draw, KINDS[kind])

/** Copies the pictures themselves, for those who know no records. */
export function copyOriginals(project, to) {
  const from = join(project, 'generated-images/src')
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.json') })
}
