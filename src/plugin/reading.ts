import type { Use } from '../pipeline/collect.ts'

/** What the text of a stylesheet or a page is read with, and what reads it: loaded when a build begins. */
export interface Reading
  extends Pick<typeof import('./begin.ts'), 'writeOutStylesheet' | 'writeFiles' | 'writePageFor'> {
  /** Of the text, as its bundler has it, with forward slashes. */
  readonly id: string
  /** Of the bundler; absolute, with forward slashes. */
  readonly root: string
  /** What a specifier gives that stands in a file (absolute). Throws every mistake of the project. */
  readonly find: (written: string, importer: string) => Use
  /** Told the name of each picture in the text. */
  readonly see: (name: string) => void
}
