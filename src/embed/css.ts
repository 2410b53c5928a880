// Stylesheets: text in, text out. What several formats come to is written out as CSS has it, so that each address is
// one that the host places like any other.
import { type CssDialect, type CssPicture, findInCss } from '../scan/specifiers/css.ts'
import { setWords } from '../spec/set-words.ts'
import type { Format } from '../spec/specs.ts'
import { splice } from './splice.ts'

/** What is asked of a specifier while a stylesheet is written out. */
export interface CssLookup {
  /** The formats of a picture, best first; the last may be one that only its original decides. */
  formatsOf(meant: string): readonly (Format | 'auto')[]
  /** A specifier from the root as one from the stylesheet. */
  relative(meant: string): string
}

/**
 * A stylesheet whose specifiers every host reads: each `url(…?generate&as=image-set)` is an `image-set()` of one specifier
 * a format, texts in an `image-set()` are `url()`s, and what hosts make something else of is encoded or, from the root,
 * relative. All else stays byte for byte.
 */
export const writeOutSpecifiers = (text: string, dialect: CssDialect, lookup: CssLookup): string =>
  replace(text, dialect, (one) => insteadOf(one, lookup))

/** A stylesheet with addresses, as far as there are some, in the place of specifiers, in `url()`. */
export const writeAddresses = (
  text: string,
  dialect: CssDialect,
  addresses: ReadonlyMap<string, string>,
): string =>
  replace(text, dialect, ({ meant }) => {
    const address = addresses.get(meant)
    return address === undefined ? undefined : urlOf(address)
  })

function replace(
  text: string,
  dialect: CssDialect,
  insteadOf: (one: CssPicture) => string | undefined,
): string {
  const edits = findInCss(text, dialect).flatMap((one) => {
    const content = one.problem === undefined ? insteadOf(one) : undefined
    return content === undefined ? [] : [{ start: one.start, end: one.end, content }]
  })
  return splice(text, edits)
}

function insteadOf({ form, meant, inSet }: CssPicture, lookup: CssLookup): string | undefined {
  const relative = meant.startsWith('/') ? lookup.relative(meant) : meant
  if (!isImageSet(meant)) {
    const isRead = form === 'url' && relative === meant && !UNSAFE.test(meant)
    return isRead ? undefined : urlOf(relative)
  }
  const items = [...new Set(lookup.formatsOf(meant))].map((format) => {
    const own = format === 'auto' ? { as: 'url' } : { as: 'url', format }
    const type = format === 'auto' ? '' : ` type("image/${format}")`
    return urlOf(setWords(relative, own)) + type
  })
  return inSet ? items.join(', ') : `image-set(${items.join(', ')})`
}

const isImageSet = (meant: string) => /[?&]as=image-set(?:&|$)/.test(meant)

// Some hosts look for addresses with patterns that know no escapes, and no brackets in quotes.
const UNSAFE = /["'()\\\s]/
const urlOf = (specifier: string) =>
  `url("${specifier.replace(new RegExp(UNSAFE, 'g'), (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`)}")`
