import { statSync } from 'node:fs'

/** The file of a page of Vite: where a server renders one page for every address, there is none but that at the root. */
export function pageOf(file: string, root: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : `${root}/index.html`
}

/** The file (absolute) that a stylesheet of Vite stands in, by its id: a style in a page has one of its own. */
export function fileOfStylesheet(id: string, root: string): string {
  const file = id.split('?')[0]!
  return /[?&]html-proxy\b/.test(id) ? pageOf(file.replace(/^.*\0/, root), root) : file
}
