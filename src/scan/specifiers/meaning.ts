import { hasWord, setWords, wordOf } from '../../spec/set-words.ts'
import type { HtmlPlace } from './html-places.ts'

/** A specifier at a place that shows a picture, and what stands beside it there. All texts are decoded. */
export interface Standing {
  readonly written: string
  readonly place: HtmlPlace
  /** How the place is called in a message. */
  readonly shown: string
  /** The author's text alternative: `''` says that there is none to tell, `undefined` that nothing was said. */
  readonly alt: string | undefined
  /** The format that the place is for. */
  readonly format?: string | undefined
  /** Whether it is in a `<picture>` of the author's. */
  readonly inPicture?: boolean
  /** Whether the author has a `srcset` beside it. */
  readonly hasSrcset?: boolean
  /** Whether it is all of its place. */
  readonly sole?: boolean
}

/** What a specifier means where it stands: its words with those that its place says, and what is wrong with it there. */
export function meaningOf(standing: Standing): { readonly meant: string; readonly problem?: string } {
  const { written, place, shown, alt, format } = standing
  if (place === 'wrong') return { meant: written, problem: `${shown} shows no picture` }
  const words: Partial<Record<'alt' | 'decorative' | 'prompt' | 'format' | 'as', string | undefined>> = {}
  if (place === 'img' && alt !== undefined)
    Object.assign(words, alt === '' ? { alt: undefined, decorative: '' } : { alt, decorative: undefined })
  if (hasWord(written, 'prompt', '')) {
    if (!alt)
      return { meant: written, problem: `"prompt" has no text, and ${shown} has no alt to take it from` }
    words.prompt = alt
  }
  if (place === 'srcset' && format !== undefined && !hasWord(written, 'format')) words.format = format
  const { usual, takes } = shapesOf(standing)
  const as = wordOf(written, 'as')
  const problem =
    as === null || takes.includes(as)
      ? {}
      : { problem: `${shown} takes ${takes.map((one) => `as=${one}`).join(', ')} here` }
  // An <img> with the addresses alone would lack its size.
  words.as = as === null ? usual : place === 'img' && as === 'srcset' ? 'img' : as
  return { meant: setWords(written, words), ...problem }
}

function shapesOf({ written, place, inPicture, hasSrcset, sole }: Standing): {
  usual: string
  takes: readonly string[]
} {
  const files = ['url', 'original']
  if (place === 'srcset')
    return sole ? { usual: 'srcset', takes: ['srcset', ...files] } : { usual: 'url', takes: files }
  if (place !== 'img') return { usual: 'url', takes: files }
  if (hasSrcset) return { usual: 'url', takes: files }
  const shapes = ['img', 'srcset', ...files]
  if (inPicture) return { usual: 'img', takes: shapes }
  const oneFormat = /[?&]format=[a-z]+(?:&|$)/.test(written)
  return { usual: oneFormat ? 'img' : 'picture', takes: ['picture', ...shapes] }
}
