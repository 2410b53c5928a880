import { findInAttribute, holdsPictures } from './attributes.ts'
import { type Found, moved } from './found.ts'
import { findInJavaScript } from './javascript.ts'
import { partsOf } from './markup.ts'
import { findInStyleBlock } from './style-block.ts'

/**
 * Finds the specifiers of HTML: attributes that hold pictures, inline styles, `<style>` and `<script type="module">`.
 * Comments and other scripts do not count.
 */
export function findInHtml(text: string): Found[] {
  if (!text.includes('generate')) return []
  return [...partsOf(text, false)].flatMap((part) => {
    if (part.kind === 'text') return []
    if (part.kind === 'attribute') return holdsPictures(part) ? findInAttribute(part) : []
    if (part.tag === 'style') return findInStyleBlock(part)
    if (part.attributes.get('type')?.toLowerCase() !== 'module') return []
    return moved(findInJavaScript(part.value, { jsx: false }), part.offset)
  })
}
