// Markdown of Astro: in each text a picture becomes the path of its original, of which Astro makes files by itself, as of
// every picture in Markdown.
import { createHash, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Options } from '../config/options.ts'
import type { Surroundings } from '../config/settings.ts'
import type { Node } from '../embed/mdx-nodes.ts'
import { createOpen, type Open, type Opened } from '../markdown/opened.ts'
import { type File, type Processor, remarkGenerateImages } from '../markdown/remark.ts'
import { writeAtomic } from '../store/atomic.ts'
import { plainError } from './plain-error.ts'
import { mdastPlugin } from './satteri.ts'

/** What Astro's configuration says of Markdown: since Astro 7 a processor, before that plugins of remark alone. */
export interface MarkdownConfig {
  readonly processor?: {
    readonly name: string
    readonly options: { readonly remarkPlugins?: unknown[]; readonly mdastPlugins?: unknown[] }
  }
}

/** What the pictures of a site's Markdown are made with. */
export interface MarkdownSetup {
  readonly options: Options
  /** Opens the project, once for all that Astro reads. */
  readonly open: Open
  /** Ends when nothing is under way that is paid for. */
  readonly settled: () => Promise<unknown>
  /**
   * Changes with what the pictures are. Astro keeps what it made of a text until the text or its own configuration changes,
   * of which this is a part: a draft that it keeps would be shipped, and an edited text alternative not be seen.
   */
  readonly stamp: string
  /** Told each mistake in a text, of which Astro writes a line and goes on; the error that Astro is to have. */
  readonly failed: (error: unknown) => Promise<unknown>
  /** The first of them. */
  readonly failure: () => unknown
  /** The records (absolute) of the pictures that are not there yet. */
  readonly awaited: readonly string[]
}

/** Reads what the pictures of a site's Markdown are, as they are there for a build or a dev server. */
export async function readMarkdown(
  given: Options,
  around: Pick<Surroundings, 'root' | 'use'>,
): Promise<MarkdownSetup> {
  const { createProject, resolveOptions } = await import('../markdown/begin.ts')
  const settings = await resolveOptions(given, around)
  const { store, ...project } = createProject(settings)
  const { uses } = await project.collect()
  const awaited: string[] = []
  const stateOf = ({ written, place, use }: (typeof uses)[number]) => {
    if (use.kind !== 'picture') return [written, place.file]
    const record = store.layout.record(use.picture.name)
    const stats = statSync(record, { throwIfNoEntry: false })
    if (stats === undefined) awaited.push(record)
    return [written, place.file, use.alt, use.picture.name, stats?.mtimeMs]
  }
  // Astro also keeps a text that has failed, as one without content: after a mistake, all are made again.
  const mark = join(settings.cacheDir, 'astro-mistake')
  const lastMistake = await readFile(mark, 'utf8').catch(() => '')
  const { root, mode } = settings
  const seen = JSON.stringify([mode, lastMistake, uses.filter(inMarkdown).map(stateOf)])
  const options = { ...given, root, mode }
  const open = createOpen(options, root)
  const all = new Set<Opened['session']>()
  let failure: unknown
  return {
    options,
    async open(file) {
      const opened = await open(file)
      all.add(opened.session)
      return opened
    },
    settled: () => Promise.all([...all].map((session) => session.settled())),
    stamp: createHash('sha256').update(seen).digest('hex').slice(0, 32),
    failure: () => failure,
    awaited,
    async failed(error) {
      const shown = plainError(error)
      failure ??= shown
      await writeAtomic(mark, randomUUID(), { durable: false })
      return shown
    },
  }
}

/** What is used of an integration's setup. */
export interface MarkdownTools {
  updateConfig(config: object): unknown
  warn(line: string): void
}

/** Adds the pictures to the Markdown of a site. */
export function addToMarkdown(
  { processor }: MarkdownConfig,
  setup: MarkdownSetup,
  { updateConfig, warn }: MarkdownTools,
): void {
  // Astro writes down all that its configuration holds, and the options may hold a key.
  const plugin = [remarkWith(setup), { stamp: setup.stamp }]
  if (processor === undefined) updateConfig({ markdown: { remarkPlugins: [plugin] } })
  else if (processor.options.remarkPlugins !== undefined) processor.options.remarkPlugins.push(plugin)
  else if (processor.options.mdastPlugins !== undefined)
    processor.options.mdastPlugins.push(mdastPlugin(setup))
  else warn(`Pictures in Markdown are left as they are: nothing is known of the processor ${processor.name}.`)
}

const inMarkdown = ({ place }: { place: { file: string } }) => /\.(md|mdx|markdown)$/.test(place.file)

const remarkWith = (setup: MarkdownSetup) =>
  function (this: Processor) {
    const write = remarkGenerateImages.call(this, setup.options, setup.open)
    return (tree: Node, file: File) =>
      write(tree, file).catch(async (error) => Promise.reject(await setup.failed(error)))
  }
