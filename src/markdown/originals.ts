// Markdown whose pictures the site's own tools take from a path and make files of: each gets the path of its original, or
// of a drawn stand-in.
import { dirname, relative, sep } from 'node:path'
import { become } from '../embed/mdx-nodes.ts'
import { findInHtml } from '../scan/specifiers/html.ts'
import { SENT_WORDS, WORDS } from '../spec/query-words.ts'
import type { Open } from './opened.ts'
import type { Check, Spot } from './spots.ts'
import { valueIn } from './value.ts'

/** Writes paths into a tree that stands in `file` (absolute). */
export async function writeOriginals(
  spots: readonly Spot[],
  file: string,
  open: Open,
  check: Check,
): Promise<void> {
  for (const spot of spots) {
    if (spot.kind === 'image') check(spot.node, spot.problem ?? lostWords(spot.meant))
    else if (spot.kind === 'link' || findInHtml(String(spot.node.value)).length > 0)
      check(spot.node, 'beside ![…](…), a picture needs the option "outDir" here')
  }
  for (const spot of spots) {
    if (spot.kind !== 'image') continue
    const { node, meant, alt, title = null } = spot
    const [opened, { createBuildPlacer }] = await Promise.all([open(file), import('./begin.ts')])
    const placer = createBuildPlacer(opened.project)
    const { value, alt: own = '' } = await valueIn(opened, { meant, file, as: 'original' }, () => placer)
    const from = relative(dirname(file), value as string)
      .split(sep)
      .join('/')
    const url = from.startsWith('.') ? from : `./${from}`
    become(node, { type: 'image', url, title, alt: alt === '' ? own : alt })
  }
}

// What makes a file what it is, and is no word of the page.
const SPOKEN: readonly string[] = [...SENT_WORDS, 'as', 'alt', 'decorative']
const LOOK_WORDS = WORDS.filter((word) => !SPOKEN.includes(word))

function lostWords(meant: string): string | undefined {
  const words = [...new URLSearchParams(meant.slice(meant.indexOf('?'))).keys()]
  const lost = words.filter((word) => LOOK_WORDS.includes(word))
  if (lost.length === 0) return undefined
  const shown = lost.map((word) => `"${word}"`).join(', ')
  return `without the option "outDir" the site's own tools make the files, and know nothing of ${shown}`
}
