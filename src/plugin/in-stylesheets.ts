import { createError } from '../errors/index.ts'
import { hasWord, setWords } from '../spec/set-words.ts'
import type { Shape } from '../spec/specs.ts'
import type { Follow, Host } from './host.ts'
import type { MadeModule } from './module.ts'

/** A stylesheet as its bundler is to read it; `follow` is told the files that it follows from. Throws the mistakes in it. */
export async function writeOut(host: Host, text: string, id: string, follow: Follow): Promise<string> {
  if (!text.includes('generate')) return text
  const reading = await host.reading(id, follow)
  return reading.writeOutStylesheet(text, reading)
}

/**
 * The one address that a stylesheet (absolute) has for a specifier, from the module that `make` makes of it. Throws
 * MISPLACED where that gives something else, and what `make` throws.
 */
export async function addressIn(
  { idOf }: Pick<Host, 'idOf'>,
  written: string,
  stylesheet: string,
  make: (id: string) => Promise<MadeModule>,
): Promise<string> {
  const meant = hasWord(written, 'as') ? written : setWords(written, { as: 'url' })
  const { parts } = await make(idOf(meant, stylesheet))
  const [part] = parts
  if (parts.length === 1 && part!.name === '' && (part!.as === 'url' || part!.as === 'original'))
    return String(part!.value)
  throw createError('MISPLACED', { problem: problemOf(written, part?.name === '' ? part.as : undefined) })
}

// Of what a plugin sees of a stylesheet, all is written out; this is from one that its bundler reads by itself.
const problemOf = (written: string, as: Shape | undefined) =>
  as === 'image-set'
    ? `${written} stands in a stylesheet that another one imports, where the formats have to be written out: image-set(url(…&format=avif) type("image/avif"), …)`
    : `one file stands in ${written}, and not ${as === undefined ? 'a whole manifest' : `as=${as}`}`
