// The remark plugin. Knows trees of Markdown and the ways in which pictures come into what is made of them.
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Options } from '../config/options.ts'
import type { Node } from '../embed/mdx-nodes.ts'
import { createError, type Place } from '../errors/index.ts'
import { writeFiles } from './files.ts'
import { writeImports } from './imports.ts'
import { createOpen, type Open, type Opened } from './opened.ts'
import { writeOriginals } from './originals.ts'
import { createPlace, type FolderOptions, type PlaceFiles } from './placed.ts'
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

/** What the remark plugin may be told: options of the project, which win over its configuration file, and a folder. */
export interface RemarkOptions extends Options, Partial<FolderOptions> {}

/**
 * Writes the pictures of a Markdown text into its tree. With `outDir` they are files of that folder. Without it they are
 * imports in MDX, for a bundler with this package's plugin, and elsewhere paths of their originals, for tools that make
 * files of the pictures by themselves. `given` opens the project for a host that has done so.
 */
export function remarkGenerateImages(
  this: Processor,
  { outDir, base, ...options }: RemarkOptions = {},
  given?: Open,
) {
  let open = given
  const folders = new WeakMap<Opened, PlaceFiles>()
  const placeIn = (opened: Opened, outDir: string) => {
    const place = folders.get(opened) ?? createPlace(opened, { outDir, base })
    folders.set(opened, place)
    return place
  }
  return async (tree: Node, file: File): Promise<void> => {
    const mdx = readsMdx(this.data())
    const text = String(file).replace(/^\uFEFF/, '')
    const spots = findSpots(tree, text, { mdx })
    if (spots.length === 0) return
    const path = resolve(file.cwd, file.path ?? 'text.md')
    const check = ({ position }: Node, problem: string | undefined) => {
      if (problem === undefined) return
      const shown = relative(resolve(file.cwd, options.root ?? '.'), path).replaceAll('\\', '/')
      throw createError(
        'MISPLACED',
        { problem },
        { places: [placeOf(shown, position, linesBefore(text, path))] },
      )
    }
    if (mdx && outDir === undefined) return writeImports(tree, spots, check)
    open ??= createOpen(options, file.cwd)
    if (outDir === undefined) return writeOriginals(spots, path, open, check)
    await writeFiles(spots, path, placeIn(await open(path), outDir), check)
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

const placeOf = (file: string, position: Node['position'], before: number): Place =>
  position === undefined
    ? { file }
    : { file, line: position.start.line + before, column: position.start.column }

/** Hosts that read front matter by themselves hand on what comes after it. */
function linesBefore(text: string, path: string): number {
  try {
    const whole = readFileSync(path, 'utf8')
    return whole.slice(0, Math.max(0, whole.lastIndexOf(text.trimEnd()))).split('\n').length - 1
  } catch {
    return 0
  }
}
