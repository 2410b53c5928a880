import { findInAttribute } from './attributes.ts'
import { throughBraces } from './braces.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isOurs, type Left, moved } from './found.ts'
import { htmlPlaceOf } from './html-places.ts'
import { findInJavaScript } from './javascript.ts'
import { type Attribute, type Part, partsOf } from './markup.ts'
import { findInStyleBlock } from './style-block.ts'

/** A language of components: markup with code in it. */
export type ComponentLanguage = 'vue' | 'svelte' | 'astro' | 'mdx'

/** Whether an attribute is a text for people, by its name. */
export const isSpoken = (name: string) => /^(?:alt|title|aria-.*)$/i.test(name)
const FRONT_MATTER = /^\s*---([\s\S]*?)(?:\n---|$)/

/**
 * Finds the specifiers of a component: its scripts, Astro's front matter, `<style>` blocks, every attribute that is not
 * a text for people, and the expressions of its template. Comments do not count.
 */
export function findInComponent(text: string, language: ComponentLanguage): Found[] {
  if (!text.includes('generate')) return []
  const front = language === 'astro' ? FRONT_MATTER.exec(text) : null
  const code = front?.[1] ?? ''
  const start = front?.[0].length ?? 0
  const template = createTemplateFinder(language)
  const rest = [...partsOf(text.slice(start), language !== 'vue')].flatMap((part) => {
    if (part.kind === 'text') return template(part.value, part.offset)
    if (part.kind === 'attribute') return findInPart(part, language)
    if (part.kind !== 'raw') return []
    return part.tag === 'style' ? findInStyleBlock(part) : findInScript(part)
  })
  return [
    ...moved(findInJavaScript(code, { jsx: false }), (front?.[0].indexOf('---') ?? 0) + 3),
    ...moved(rest, start),
  ]
}

function findInScript({ attributes, value, offset }: Extract<Part, { kind: 'raw' }>): Found[] {
  const type = attributes.get('type') ?? 'module'
  if (type !== 'module' && !/(?:java|type)script/i.test(type)) return []
  return moved(findInJavaScript(value, { jsx: /^[jt]sx$/.test(attributes.get('lang') ?? '') }), offset)
}

function findInPart(part: Extract<Part, { kind: 'attribute' }>, language: ComponentLanguage): Found[] {
  const { form, name, value, offset } = part
  if (isSpoken(name) || !value.includes('generate')) return []
  const bound = language === 'vue' && /^(?:[:@#]|v-)/.test(name)
  if (form === 'braces' || bound) {
    return moved(findInJavaScript(value, { jsx: language !== 'vue' }), offset).map((found) =>
      bound ? { ...found, written: decodeEntities(found.written) } : found,
    )
  }
  if (form === 'text' && language === 'svelte' && value.includes('{'))
    return createTemplateFinder(language)(value, offset)
  // Those of elements are read as in a page.
  if (form === 'text' && language === 'mdx' && !part.component && htmlPlaceOf(part, new Map()) !== undefined)
    return []
  const found = form === 'text' ? findInAttribute(part) : isOurs(value) ? [{ written: value, offset }] : []
  const by = leftBy(language, part)
  return by === undefined ? found : found.map((one) => ({ ...one, left: { attribute: name, by } }))
}

/** Who leaves a text as it stands: Vue makes an import of it, a `<enhanced:img>` too, and in MDX it is a page's. */
function leftBy(language: ComponentLanguage, { tag }: Pick<Attribute, 'tag'>): Left['by'] | undefined {
  if (tag.includes(':')) return undefined
  return language === 'svelte' ? 'Svelte' : language === 'astro' ? 'Astro' : undefined
}

/**
 * Finds the specifiers in the expressions of a template's text, piece by piece: an expression may begin before an
 * element and end after it. In Vue's templates nothing is imported.
 */
function createTemplateFinder(language: ComponentLanguage): (text: string, offset: number) => Found[] {
  let depth = 0
  return (text, offset) => {
    const found: Found[] = []
    let at = language === 'vue' ? text.length : 0
    while (at < text.length) {
      if (depth === 0) at = text.indexOf('{', at)
      if (at === -1) break
      const code = throughBraces(text, at, depth)
      found.push(...moved(findInJavaScript(text.slice(at, code.end), { jsx: false }), offset + at))
      depth = code.depth
      at = code.end
    }
    return found
  }
}
