import { type Edit, splice } from '../embed/splice.ts'
import { decodeEntities } from '../scan/specifiers/entities.ts'
import type { HtmlPicture } from '../scan/specifiers/html.ts'
import { wordOf } from '../spec/set-words.ts'

/** The name that this package's component has in a page. */
export const COMPONENT = 'GeneratedPicture'

/** HTML as a template of Vue: an `<img>` is the component, another attribute is bound to what is imported. */
export function writeVue(
  text: string,
  pictures: readonly HtmlPicture[],
  imported: (meant: string) => string,
): string {
  const attributes = new Map<number, HtmlPicture[]>()
  for (const one of pictures) {
    const { start } = one.attribute
    attributes.set(start, [...(attributes.get(start) ?? []), one])
  }
  return splice(
    text,
    [...attributes.values()].flatMap((of) => editsOf(text, of, imported)),
  )
}

function editsOf(text: string, of: readonly HtmlPicture[], imported: (meant: string) => string): Edit[] {
  const [{ attribute, tag, place, meant }] = of as readonly [HtmlPicture]
  const { start, end, name } = attribute
  const as = wordOf(meant, 'as')
  if (place === 'img' && (as === 'picture' || as === 'img')) {
    const close = text[tag.end - 2] === '/' ? [] : [{ start: tag.end - 1, end: tag.end, content: ' />' }]
    return [
      { start: tag.start + 1, end: tag.start + 1 + tag.tag.length, content: COMPONENT },
      { start, end, content: `:of="${imported(meant)}"` },
      ...close,
    ]
  }
  const texts = of.map(({ offset }, index) =>
    decodeEntities(text.slice(index === 0 ? attribute.offset : of[index - 1]!.end, offset)),
  )
  const last = decodeEntities(text.slice(of.at(-1)!.end, attribute.offset + attribute.value.length))
  const parts = of.flatMap((one, index) => [...textOf(texts[index]!), imported(one.meant)])
  return [{ start, end, content: `:${name}="${[...parts, ...textOf(last)].join(' + ')}"` }]
}

const textOf = (text: string) => (text.trim() === '' ? [] : [`'${text.replace(/\s+/g, ' ')}'`])
