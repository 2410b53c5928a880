// The extensions of source files that are scanned, without dots, by what finds specifiers in them.
import { posix } from 'node:path'

export const JAVASCRIPT = ['js', 'mjs', 'cjs', 'jsx', 'tsx'] as const
export const TYPESCRIPT = ['ts', 'mts', 'cts'] as const
export const COMPONENTS = ['vue', 'svelte', 'astro'] as const
export const STYLES = ['css', 'pcss', 'scss', 'less', 'styl', 'stylus', 'sass'] as const

/** All of them. */
export const SCANNED_EXTENSIONS: readonly string[] = [
  ...JAVASCRIPT,
  ...TYPESCRIPT,
  ...COMPONENTS,
  'html',
  ...STYLES,
  'md',
  'mdx',
]
const SCANNED = new Set(SCANNED_EXTENSIONS)

/** Whether a file's extension is one of a language that is scanned. */
export function isScannable(file: string): boolean {
  return SCANNED.has(extensionOf(file))
}

/** The extension of a file, without its dot. */
export function extensionOf(file: string): string {
  return posix.extname(file).slice(1).toLowerCase()
}
