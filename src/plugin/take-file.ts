// How each bundler takes a file that lies on the disk as an asset of its own: it names it, places it, and knows its
// address. The one place that knows. Handing over bytes (`emitFile`) is for those two that have no assets but so.
import { basename } from 'node:path'
import type { Address } from '../embed/module.ts'
import type { Shape } from '../spec/specs.ts'

/** A file (absolute). What is known of a rendition: its hash and its size in bytes. */
export interface TakenFile {
  readonly file: string
  readonly sha256?: string
  readonly bytes?: number
  /** Whether it may not have been there a moment ago. */
  readonly fresh?: true
}
export type FinishedFile = TakenFile & { readonly sha256: string; readonly bytes: number }

/** Whether all is known of a file. */
export const isFinished = (file: TakenFile): file is FinishedFile =>
  file.sha256 !== undefined && file.bytes !== undefined

/** Gives a file to a bundler, for a shape. */
export type TakeFile = (file: TakenFile, as: Shape) => Address | Promise<Address>

/** The end of a path that stands for a rendition in webpack: `…/boat-64.png` is `…/boat-64/png/generated`. */
const STANDS_FOR = /\/([a-z0-9]+)\/generated$/

export const takeFile = {
  /** A single file may be inlined as the host's limit says; a srcset of data URIs would carry every size. */
  vite: ({ file }, as) => ({
    from: as === 'original' ? file : `${file}?url${as === 'url' ? '' : '&no-inline'}`,
  }),

  /**
   * webpack and Rspack, where a file is no rendition (those go by webpack-emit.ts): by another path (`!=!`), which no rule
   * of the user's for pictures fits, and no loader of theirs (`!!`); `webpackRule` is the one that fits.
   */
  webpack: ({ file }: TakenFile) => ({
    from: `${file.replace(/\.([a-z0-9]+)$/, '/$1/generated')}!=!!${file}`,
    file,
  }),

  /** The file's own path: our hooks there know who imports it. */
  esbuild: ({ file }: TakenFile) => ({ from: file }),

  /** Its endings are those that `farmEndings` adds to the host's list. */
  farm: ({ file }: TakenFile) => ({ from: file }),

  /** Rollup and Rolldown, whose `reference` stands for an emitted file. */
  rollup: (reference: string) => ({ expression: `import.meta.ROLLUP_FILE_URL_${reference}` }),

  /** What Vite's own plugin writes for an emitted file; it becomes an address by the rules of the host, in any text. */
  viteEmitted: (reference: string) => `__VITE_ASSET__${reference}__`,
} satisfies Record<string, TakeFile | ((reference: string) => Address)>

/** What webpack and Rspack say of the names of assets: a template, or what makes one. */
export type NameTemplate = string | ((path: { filename?: string }, ...rest: never[]) => string) | undefined

/** A template of a path, or what makes one. */
export type PathTemplate = string | ((path: { filename?: string }) => string) | undefined

/** What webpack and Rspack are told of all assets: `module.generator`, over `output`. */
export interface AssetWords {
  readonly filename?: NameTemplate
  readonly publicPath?: PathTemplate
  readonly outputPath?: PathTemplate
  readonly emit?: boolean
}

/** The rule for what `takeFile.webpack` imports, in the words of the host. */
export function webpackRule({ filename: template, ...words }: AssetWords): object {
  const filename = (path: { filename?: string }, ...rest: never[]): string => {
    const file = (path.filename ?? '').replace(STANDS_FOR, '.$1')
    return fillName(templateOf(template, { ...path, filename: file }, ...rest), file)
  }
  // Of the general type, because Rspack (2.2) leaves this generator aside for `asset/resource` where `asset` has one.
  const never = { dataUrlCondition: { maxSize: 0 } }
  return { resource: STANDS_FOR, type: 'asset', parser: never, generator: { ...words, filename } }
}

/** The template that an asset is named by; the host's own default has no readable part. */
export function templateOf(template: NameTemplate, path: { filename?: string }, ...rest: never[]): string {
  const wanted = typeof template === 'function' ? template(path, ...rest) : template
  return wanted === undefined || /^\[(content)?hash\]\[ext\]/.test(wanted) ? DEFAULT_NAME : wanted
}

const DEFAULT_NAME = '[name].[contenthash:8][ext]'

/** Fills the words of a template that are parts of a file's path. A host would take those of the path that stands for it. */
export function fillName(template: string, file: string): string {
  const base = basename(file)
  const ext = base.slice(base.lastIndexOf('.'))
  const parts = {
    path: file.slice(0, file.length - base.length),
    name: base.slice(0, -ext.length),
    base,
    ext,
    file,
    query: '',
    fragment: '',
  }
  return Object.entries(parts).reduce((name, [part, text]) => name.replaceAll(`[${part}]`, text), template)
}

/** Endings of pictures that Farm does not take for assets by itself. */
export const farmEndings: readonly string[] = ['avif']
