// HTML of a picture whose addresses are known. Text in, text out.
import type { GeneratedPicture } from './shapes.ts'

/** The markup of a picture: a `<source>` for each format, best first, and the fallback with its size and its `alt`. */
export function pictureHtml({ img, sources }: GeneratedPicture): string {
  const lines = Object.entries(sources).map(
    ([format, srcset]) => `  <source type="image/${format}" srcset="${escapeHtml(srcset)}">\n`,
  )
  const { src, srcset, width, height, alt } = img
  const size = `width="${width}" height="${height}"`
  const fallback = `<img src="${escapeHtml(src)}" srcset="${escapeHtml(srcset)}" ${size} alt="${escapeHtml(alt)}">`
  return `<picture>\n${lines.join('')}  ${fallback}\n</picture>\n`
}

/** Text as it stands in an attribute in double quotes, or between tags. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]!)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
