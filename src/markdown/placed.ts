// The folder of files beside a site of Markdown: every rendition that a text shows, under a name that changes with its
// content. Made of the cache's files; asks an API for nothing.
import { basename, join, resolve } from 'node:path'
import type { PageValue } from '../embed/html.ts'
import type { Opened } from './opened.ts'
import { valueIn } from './value.ts'

/** Where files come, and how they are addressed. */
export interface FolderOptions {
  /** A folder of its own that the site ships as it is, from the root: `public/pictures`. */
  readonly outDir: string
  /** What stands before each file in an address; the folder's name with slashes unless told. */
  readonly base?: string | undefined
}

/** Gives what specifiers that stand in `file` (absolute) show, once all their files are there. */
export type PlaceFiles = (meant: readonly string[], file: string) => Promise<readonly PageValue[]>

const GENERATOR = 'unplugin-generate-images/remark'

/** The folder of one reading of a project. */
export function createPlace(opened: Opened, { outDir, base: told }: FolderOptions): PlaceFiles {
  const { project, session } = opened
  const { root, use } = project.settings
  const folder = resolve(root, outDir)
  const base = `${(told ?? `/${encodeURIComponent(basename(folder))}`).replace(/\/+$/, '')}/`
  const values = new Map<string, Promise<PageValue>>()
  let placer: ReturnType<typeof import('./begin.ts')['createExportPlacer']> | undefined
  let written = 0
  let turn: Promise<unknown> = Promise.resolve()

  const make = async (meant: string, file: string) => {
    const { createExportPlacer } = await import('./begin.ts')
    placer ??= createExportPlacer(project, { base, hashed: true })
    const { value } = await valueIn(opened, { meant, file }, (name) => placer!.of(name).placer)
    return value as PageValue
  }
  const valueFor = (meant: string, file: string) => {
    const key = `${file}\0${meant}`
    // In a dev server, a picture comes in the place of its draft.
    const value = (use === 'dev' ? undefined : values.get(key)) ?? make(meant, file)
    values.set(key, value)
    return value
  }
  const write = async (keep: boolean) => {
    const { openOutput } = await import('./begin.ts')
    const files = placer?.files() ?? []
    if (keep && files.length === written) return
    const output = await openOutput(folder, GENERATOR)
    const list = (all: object) =>
      `${JSON.stringify({ generator: GENERATOR, version: 1, base, files: all }, null, 2)}\n`
    await output.write(files, list, { keep })
    written = files.length
    await project.save()
  }
  // A build knows at once all that it shows, and so what an earlier one left; a dev server makes what it is asked for.
  const all = async () => {
    if (use === 'dev') return
    const shown = session.uses().filter(({ place, use }) => /\.mdx?$/i.test(place.file) && isPlaced(use))
    await Promise.all(shown.map(({ written, place }) => valueFor(written, join(root, place.file))))
    await write(false)
  }
  let begun: Promise<void> | undefined
  return async (meant, file) => {
    begun ??= all()
    await begun
    const given = await Promise.all(meant.map((one) => valueFor(one, file)))
    const next = turn.then(() => write(true))
    turn = next.catch(() => {})
    await next
    return given
  }
}

const isPlaced = (use: ReturnType<Opened['session']['find']>) =>
  use.kind === 'picture' && use.as !== 'original' && use.as !== 'metadata'
