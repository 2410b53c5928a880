// Which language a file is in, and how specifiers are found in it. Text in, offsets out; nothing here reads a file or
// knows what a specifier means.
import { findInComponent } from './component.ts'
import { findInCss } from './css.ts'
import { COMPONENTS, extensionOf, JAVASCRIPT, STYLES, TYPESCRIPT } from './extensions.ts'
import type { Finder, Found, LeftText } from './found.ts'
import { findInHtml } from './html.ts'
import { findInJavaScript } from './javascript.ts'
import { findTextsInJsx } from './jsx-texts.ts'
import { findInMarkdown } from './markdown.ts'
import { CSS_DIALECTS } from './style-block.ts'

const javaScript: Finder = (text) => findInJavaScript(text, { jsx: true })
const typeScript: Finder = (text) => findInJavaScript(text, { jsx: false })

const FINDERS: ReadonlyMap<string, Finder> = new Map<string, Finder>([
  ...JAVASCRIPT.map((extension) => [extension, javaScript] as const),
  ...TYPESCRIPT.map((extension) => [extension, typeScript] as const),
  ...COMPONENTS.map((language) => [language, (text: string) => findInComponent(text, language)] as const),
  ['html', findInHtml],
  ...STYLES.map(
    (extension) => [extension, (text: string) => findInCss(text, CSS_DIALECTS[extension])] as const,
  ),
  ['md', (text) => findInMarkdown(text, { mdx: false })],
  ['mdx', (text) => findInMarkdown(text, { mdx: true })],
])

/** Finds every `?generate` specifier in a source file's text, in order. Never throws; nothing for a language not known. */
export function findSpecifiers(text: string, file: string): Found[] {
  if (!text.includes('generate')) return []
  return FINDERS.get(extensionOf(file))?.(text) ?? []
}

/**
 * Finds the specifiers that their language leaves as they stand: in the attributes of Svelte and Astro, which are among those
 * of `findSpecifiers` for the plugins that make imports of them, and in those of JSX.
 */
export function findTexts(text: string, file: string): LeftText[] {
  const extension = extensionOf(file)
  const isJsx = (JAVASCRIPT as readonly string[]).includes(extension)
  const isComponent = (COMPONENTS as readonly string[]).includes(extension)
  const found = isJsx ? findTextsInJsx(text) : isComponent ? findSpecifiers(text, file) : []
  return found.filter((one) => one.left !== undefined) as LeftText[]
}
