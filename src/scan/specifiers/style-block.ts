import { type CssDialect, findInCss } from './css.ts'
import type { STYLES } from './extensions.ts'
import { type Found, moved } from './found.ts'
import type { Part } from './markup.ts'

/** The dialects by the extension of their files, which is also their `lang` in a `<style>`. */
export const CSS_DIALECTS: Readonly<Record<(typeof STYLES)[number], CssDialect>> = {
  css: { lineComments: false, indented: false },
  pcss: { lineComments: false, indented: false },
  scss: { lineComments: true, indented: false },
  less: { lineComments: true, indented: false },
  styl: { lineComments: true, indented: false },
  stylus: { lineComments: true, indented: false },
  sass: { lineComments: true, indented: true },
}
const DIALECTS: ReadonlyMap<string, CssDialect> = new Map(Object.entries(CSS_DIALECTS))

/** The dialect of an extension or a `lang`; plain CSS where it is none of them. */
export function dialectOf(extension: string | undefined): CssDialect {
  return DIALECTS.get(extension ?? 'css') ?? CSS_DIALECTS.css
}

/** Finds the specifiers of a `<style>` block, in the dialect of its `lang`. */
export function findInStyleBlock({ attributes, value, offset }: Extract<Part, { kind: 'raw' }>): Found[] {
  return moved(findInCss(value, dialectOf(attributes.get('lang'))), offset)
}
