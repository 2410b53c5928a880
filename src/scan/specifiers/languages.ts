// Which language a file is in, and how specifiers are found in it. Text in, offsets out; nothing here reads a file or
// knows what a specifier means.
import { posix } from 'node:path'
import { findInComponent } from './component.ts'
import { findInCss } from './css.ts'
import type { Finder, Found } from './found.ts'
import { findInHtml } from './html.ts'
import { findInJavaScript } from './javascript.ts'
import { findInMarkdown } from './markdown.ts'
import { CSS_DIALECTS } from './style-block.ts'

const javaScript: Finder = (text) => findInJavaScript(text, { jsx: true })
const typeScript: Finder = (text) => findInJavaScript(text, { jsx: false })

const FINDERS: ReadonlyMap<string, Finder> = new Map<string, Finder>([
  ...['js', 'mjs', 'cjs', 'jsx', 'tsx'].map((extension) => [extension, javaScript] as const),
  ...['ts', 'mts', 'cts'].map((extension) => [extension, typeScript] as const),
  ...(['vue', 'svelte', 'astro'] as const).map(
    (language) => [language, (text: string) => findInComponent(text, language)] as const,
  ),
  ['html', findInHtml],
  ...[...CSS_DIALECTS].map(
    ([extension, dialect]) => [extension, (text: string) => findInCss(text, dialect)] as const,
  ),
  ['md', (text) => findInMarkdown(text, { mdx: false })],
  ['mdx', (text) => findInMarkdown(text, { mdx: true })],
])

/** The extensions of source files that are scanned, without dots. */
export const SCANNED_EXTENSIONS: readonly string[] = [...FINDERS.keys()]

/** Whether a file's extension is one of a language that is scanned. */
export function isScannable(file: string): boolean {
  return FINDERS.has(extensionOf(file))
}

/** Finds every `?generate` specifier in a source file's text, in order. Never throws; nothing for a language not known. */
export function findSpecifiers(text: string, file: string): Found[] {
  if (!text.includes('generate')) return []
  return FINDERS.get(extensionOf(file))?.(text) ?? []
}

function extensionOf(file: string): string {
  return posix.extname(file).slice(1).toLowerCase()
}
