// HTML of a picture whose addresses are known. Text in, text out.
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

/** Text as it stands in an attribute in double quotes, or between tags. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]!)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
