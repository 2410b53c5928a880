// What a picture of Markdown becomes as HTML, in the words of unified's trees (hast): whoever makes HTML of Markdown follows
// them, also where raw HTML is left out.
import { backgroundOf, pictureParts } from './picture-parts.ts'
import type { GeneratedImg, GeneratedPicture } from './shapes.ts'

/** The data of an image node: a `<picture>` with all its sources, or more attributes of its `<img>`. */
export function imageData(
  of: GeneratedPicture | GeneratedImg,
  said: { alt: string; title: string | null },
): object {
  const { sources, img } = pictureParts({ of, alt: said.alt })
  const { src, srcset: srcSet, alt, ...rest } = img
  const { placeholder } = of
  const style = placeholder === undefined ? {} : { style: `background: ${backgroundOf(placeholder)}` }
  const more = { srcSet, ...rest, ...style }
  if (sources.length === 0) return { hProperties: more }
  const element = (tagName: string, properties: object) => ({
    ...{ type: 'element', tagName, properties, children: [] },
  })
  const title = said.title === null ? {} : { title: said.title }
  return {
    hName: 'picture',
    // Those that an image has by itself.
    hProperties: { src: undefined, alt: undefined, title: undefined },
    hChildren: [
      ...sources.map(({ type, srcset }) => element('source', { type, srcSet: srcset })),
      element('img', { src, alt, ...title, ...more }),
    ],
  }
}
