import { posix } from 'node:path'
import { writeAddresses, writeOutSpecifiers } from '../embed/css.ts'
import { picturesOf } from '../pipeline/collect.ts'
import { findInCss } from '../scan/specifiers/css.ts'
import { dialectOf } from '../scan/specifiers/style-block.ts'
import type { Reading } from './reading.ts'
import { STYLESHEETS } from './specifiers.ts'

/** The text of a stylesheet as its bundler is to read it. Throws the mistakes in it. */
export function writeOutStylesheet(text: string, { id, root, find, see }: Reading): string {
  const dialect = dialectOf(STYLESHEETS.exec(id)?.[1])
  for (const { meant } of findInCss(text, dialect))
    for (const { picture } of picturesOf(find(meant, id))) see(picture.name)
  return writeOutSpecifiers(text, dialect, {
    formatsOf(meant) {
      const use = find(meant, id)
      return use.kind === 'picture' ? [...use.look.formats, use.look.fallback] : []
    },
    relative(meant) {
      const [path = '', ...query] = meant.split('?')
      return [relativeTo(id, root + path), ...query].join('?')
    },
  })
}

/** The text of a stylesheet with the paths of files, from itself, in the place of its specifiers. */
export async function writeFiles(
  text: string,
  id: string,
  fileOf: (meant: string) => Promise<string>,
): Promise<string> {
  const dialect = dialectOf(STYLESHEETS.exec(id)?.[1])
  const files = new Map<string, string>()
  for (const { meant } of findInCss(text, dialect)) files.set(meant, relativeTo(id, await fileOf(meant)))
  return writeAddresses(text, dialect, files)
}

function relativeTo(id: string, file: string): string {
  const relative = posix.relative(posix.dirname(id.split('?')[0]!), file)
  return relative.startsWith('.') ? relative : `./${relative}`
}
