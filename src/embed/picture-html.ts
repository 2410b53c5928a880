// HTML of a picture whose addresses are known. Text in, text out.
import { escapeHtml } from './escape-html.ts'
import { pictureParts } from './picture-parts.ts'
import type { GeneratedPicture } from './shapes.ts'

/** The markup of a picture: a `<source>` for each format, best first, and the fallback. */
export function pictureHtml(of: GeneratedPicture): string {
  const { sources, img } = pictureParts({ of })
  const lines = [...sources.map((source) => tag('source', source)), tag('img', img)]
  return `<picture>\n${lines.map((line) => `  ${line}\n`).join('')}</picture>\n`
}

function tag(name: string, attributes: object): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`)
  return `<${name}${written.join('')}>`
}
