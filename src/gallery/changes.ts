// Sees that pictures, or what asks for them, have changed: while a page is open, what is known is looked at every now and
// then. Whatever tool wrote it, and whether or not a bundler watches.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project } from '../config/project.ts'
import type { Collection } from '../pipeline/collect.ts'

/** Milliseconds between two looks. */
const EVERY_MS = 1500

/** Looks at the files of a project while it is told to. */
export interface Changes {
  /** What the project asks for. Whatever changes from when this begins is seen by the next look, if not by this. */
  collect(): Promise<Collection>
  /** Begins or ends to look. */
  watch(on: boolean): void
}

/** See `Changes`. `onChange` is called once for each look that saw something. */
export function createChanges(project: Project, onChange: () => void): Changes {
  const { settings, store } = project
  /** The files of the last collection, as they were when they came to be among them or when a look last saw them. */
  let sources: Stamps = new Map()
  let records: Promise<Stamps> | undefined
  let timer: NodeJS.Timeout | undefined
  let looking = false

  const readRecords = async () => stampsOf(await recordsIn(store.layout.folder))
  const look = async () => {
    const before = await records
    if (before === undefined) return
    const [nowSources, nowRecords] = await Promise.all([stampsOf(sources.keys()), readRecords()])
    // In place: another collection may have changed meanwhile which files these are.
    const edited = [...nowSources].filter(([file, stamp]) => sources.has(file) && sources.get(file) !== stamp)
    for (const [file, stamp] of edited) sources.set(file, stamp)
    records = Promise.resolve(nowRecords)
    if (timer !== undefined && (edited.length > 0 || !isSame(before, nowRecords))) onChange()
  }
  return {
    async collect() {
      const since = Date.now()
      records ??= readRecords()
      await records
      const collection = await project.collect()
      const { manifests, data, uses } = collection
      const own = new Set([...manifests, ...data, ...uses.map(({ place }) => place.file)])
      const stamps = await stampsOf(
        [...own].map((file) => join(settings.root, file)),
        since,
      )
      sources = new Map([...stamps].map(([file, stamp]) => [file, sources.get(file) ?? stamp]))
      return collection
    },
    watch(on) {
      if (on === (timer !== undefined)) return
      clearInterval(timer)
      timer = on ? setInterval(tick, EVERY_MS).unref() : undefined
    },
  }

  function tick(): void {
    if (looking) return
    looking = true
    look()
      .catch(() => {})
      .finally(() => {
        looking = false
      })
  }
}

/** What tells whether a file is as it was, by file. */
type Stamps = Map<string, string>

// Times of files are those of a clock that ticks a few times a second on some systems.
const TICK = 20

/** The stamps of files; one that was written `since` a time has that of no file, as it may have been read before. */
async function stampsOf(files: Iterable<string>, since = Number.POSITIVE_INFINITY): Promise<Stamps> {
  const stamps = [...files].map(async (file) => {
    const stats = await stat(file).catch(() => undefined)
    const stamp =
      (stats?.mtimeMs ?? 0) > since - TICK ? 'written meanwhile' : `${stats?.mtimeMs} ${stats?.size}`
    return [file, stamp] as const
  })
  return new Map(await Promise.all(stamps))
}

const isSame = (before: Stamps, now: Stamps) =>
  before.size === now.size && [...now].every(([file, stamp]) => before.get(file) === stamp)

/** Records, those of takes too; not what a run that goes on writes down. */
async function recordsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]\.takes[\\/]\./.test(file))
}
