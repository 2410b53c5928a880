import { type PageValue, writePage } from '../embed/html.ts'
import { createError, type GenerateImagesError, type Place } from '../errors/index.ts'
import { picturesOf } from '../pipeline/collect.ts'
import { createPositions } from '../scan/position.ts'
import { findPicturesInHtml, type HtmlPicture } from '../scan/specifiers/html.ts'
import type { MadeModule } from './module.ts'
import type { Reading } from './reading.ts'

/** How the pictures of a page are made and addressed. */
export interface PageTools {
  /** Makes the module of a specifier that stands in the page. */
  make(meant: string): Promise<MadeModule>
  /** What stands in the page for an address, at its place. */
  address(address: string, picture: HtmlPicture): string
  /** Told of each picture that needs the address of the site. */
  warn(warning: GenerateImagesError): void
  /** Whether the address of the site is to be known and is not. */
  readonly lacksSite: boolean
}

/** The text of a page (its file from the root is `file`) with its pictures. Throws the mistakes in it. */
export async function writePageFor(
  text: string,
  file: string,
  { id, find, see }: Reading,
  { make, address, warn, lacksSite }: PageTools,
): Promise<string> {
  const pictures = findPicturesInHtml(text)
  const positions = createPositions(text, file)
  const placeOf = ({ offset }: HtmlPicture): readonly Place[] => [positions(offset)]
  for (const one of pictures) {
    if (one.problem !== undefined)
      throw createError('MISPLACED', { problem: one.problem }, { places: placeOf(one) })
    for (const { picture } of picturesOf(find(one.meant, id))) see(picture.name)
    const found = `<${one.tag.tag} ${one.attribute.name}>`
    if (one.place === 'page' && lacksSite) warn(createError('NO_SITE', { found }, { places: placeOf(one) }))
  }
  const values = await Promise.all(
    pictures.map(async (one) => {
      const { parts } = await make(one.meant)
      return mapAddresses(parts[0]!.value as PageValue, (given) => address(given, one))
    }),
  )
  return writePage(text, pictures, values)
}

function mapAddresses(value: PageValue, address: (given: string) => string): PageValue {
  const srcset = (text: string) =>
    text
      .split(', ')
      .map((candidate) => candidate.replace(/^\S+/, address))
      .join(', ')
  if (typeof value === 'string') return srcset(value)
  if ('img' in value) {
    const sources = Object.entries(value.sources).map(([format, text]) => [format, srcset(text)])
    return {
      ...value,
      img: mapAddresses(value.img, address) as typeof value.img,
      sources: Object.fromEntries(sources),
    }
  }
  return { ...value, src: address(value.src), srcset: srcset(value.srcset) }
}
