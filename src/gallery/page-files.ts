// The page's own files. Where the package is built, this module lies in a folder beside that of the gallery.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { TOKEN_MARK } from './protocol.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** A file of the page. */
export interface PageFile {
  readonly type: string
  readonly text: string
}

/** Reads the files of a folder of pages; every path that is none of them is `undefined`. */
export function createPageFiles(folder = new URL('../gallery/page/', import.meta.url)) {
  return async (path: string): Promise<PageFile | undefined> => {
    const type = TYPES[extname(path)]
    // Plain names alone: nothing of a path can lead out of the folder.
    if (type === undefined || !/^[\w-]+(?:\/[\w-]+)*\.\w+$/.test(path)) return undefined
    const text = await readFile(new URL(path, folder), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : { type, text }
  }
}

/** The page with the token in it; one that is asked for from elsewhere has none. */
export function withToken(html: string, token: string): string {
  return html.replaceAll(TOKEN_MARK, token)
}
