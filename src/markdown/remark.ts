// The remark plugin. Knows trees of Markdown and the ways in which pictures come into what is made of them.
import { relative, resolve } from 'node:path'
import type { Options } from '../config/options.ts'
import type { Node } from '../embed/mdx-nodes.ts'
import { createError } from '../errors/index.ts'
import { writeImports } from './imports.ts'
import { createOpen, type Open } from './opened.ts'
import { writeOriginals } from './originals.ts'
import { findSpots } from './spots.ts'

/** What is used of a processor of unified. */
export interface Processor {
  data(): unknown
}

/** What is used of a file of unified. */
export interface File {
  readonly cwd: string
  readonly path?: string | undefined
  toString(): string
}

/** What the remark plugin may be told: the options of the project, which win over its configuration file. */
export type RemarkOptions = Options

/**
 * Writes the pictures of a Markdown text into its tree. In MDX they are imports, for a bundler with this package's plugin;
 * elsewhere paths of their originals, for tools that make files of the pictures by themselves.
 */
export function remarkGenerateImages(this: Processor, options: RemarkOptions = {}) {
  let open: Open | undefined
  return async (tree: Node, file: File): Promise<void> => {
    const mdx = readsMdx(this.data())
    const text = String(file).replace(/^\uFEFF/, '')
    const spots = findSpots(tree, text, { mdx })
    if (spots.length === 0) return
    const shownFile = relative(file.cwd, file.path ?? 'text.md').replaceAll('\\', '/')
    const check = ({ position }: Node, problem: string | undefined) => {
      if (problem === undefined) return
      const at = position === undefined ? {} : { line: position.start.line, column: position.start.column }
      throw createError('MISPLACED', { problem }, { places: [{ file: shownFile, ...at }] })
    }
    if (mdx) return writeImports(tree, spots, check)
    open ??= createOpen(options, file.cwd)
    await writeOriginals(spots, resolve(file.cwd, shownFile), open, check)
  }
}

/** Whether a processor reads MDX, by what it has been told to make of elements. */
function readsMdx(data: unknown): boolean {
  const { fromMarkdownExtensions = [] } = data as { fromMarkdownExtensions?: readonly unknown[] }
  return fromMarkdownExtensions
    .flat(5)
    .some(
      (one) =>
        (one as { enter?: object } | null)?.enter !== undefined &&
        'mdxJsxFlowTag' in (one as { enter: object }).enter,
    )
}
