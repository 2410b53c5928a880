// What the contract wants of a bundler, in no bundler's words; each bundler's file says it in its own.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Options } from '../../src/config/options.ts'

/** A build as the contract wants it. */
export interface Wish {
  readonly root: string
  /** The plugin's options. */
  readonly plugin: Options
  /** Source files by the name of the entry; `<name>.js` is to be in the output. */
  readonly entries: Readonly<Record<string, string>>
  /** Where the output will be served: a path, or an address. */
  readonly base?: string
  /** Assets are to be named `pictures/<name>.<hash><ext>`, by a template or by a function that gives one. */
  readonly names?: 'template' | 'function'
  /** Nothing is to be written to the disk. */
  readonly memory?: true
  /** The output folder, from the root; `dist` unless told. */
  readonly out?: string
  /** For Node, beside a build for browsers: the same addresses, no files. */
  readonly server?: true
  /** The output folder is to have nothing of earlier builds. */
  readonly clean?: true
  /** The bundler's cache is to outlive the process. */
  readonly cache?: true
  /** The user has rules of their own for pictures: `own.png` is their `own` text. */
  readonly rules?: true
}

/** What a build gave: its files by their path in the output, or the errors as it shows them. */
export interface Built {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly errors: readonly string[]
}

/** A build that goes on with every change, into `dist`. */
export interface Watching {
  /** The errors of the latest build. */
  readonly errors: readonly string[]
  /** Builds that ended so far. */
  readonly builds: number
  close(): Promise<void>
}

/** One bundler. */
export interface Bundler {
  readonly name: string
  readonly version: string
  /** What it has no word for, and so can't be wished. */
  readonly lacks: readonly (
    | 'base'
    | 'name functions'
    | 'memory'
    | 'server'
    | 'clean'
    | 'cache'
    | 'rules'
    | 'stylesheets'
  )[]
  build(wish: Wish): Promise<Built>
  /** Builds for browsers and for a server at once, with one instance of the plugin for both, or one for each. */
  together?(wishes: readonly [Wish, Wish], instances: 'one' | 'two'): Promise<readonly [Built, Built]>
  watch(wish: Wish): Promise<Watching>
}

/** The files of an output folder. */
export async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file)] as const)),
  )
}

/** The pictures among files, as `boat-64.png`, sorted: without folders and hashes. */
export function picturesIn(files: ReadonlyMap<string, unknown>): string[] {
  return [...files.keys()]
    .filter((file) => /\.(avif|webp|jpg|png|svg)$/.test(file))
    .map((file) => file.replace(/^.*\//, '').replace(/^([a-z]+(?:-\d+)?)[.-].+(\.\w+)$/, '$1$2'))
    .sort()
}
