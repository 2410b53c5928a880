// Sees that pictures, or what asks for them, have changed: while a page is open, what is known is looked at every now and
// then. Whatever tool wrote it, and whether or not a bundler watches.
import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project } from '../config/project.ts'
import type { Collection } from '../pipeline/collect.ts'

/** Milliseconds between two looks. */
const EVERY_MS = 1500

/** Looks at the files of a project while it is told to. */
export interface Changes {
  /** The files that the last collection came from are looked at from here on. */
  follow(collection: Collection): void
  /** Begins or ends to look. */
  watch(on: boolean): void
}

/** See `Changes`. `onChange` is called once for each change that was seen. */
export function createChanges({ settings, store }: Project, onChange: () => void): Changes {
  let files: readonly string[] = []
  let last: string | undefined
  let timer: NodeJS.Timeout | undefined
  let looking = false

  const look = async () => {
    if (looking) return
    looking = true
    const now = await fingerprint([...files, ...(await recordsIn(store.layout.folder))])
    looking = false
    if (last !== undefined && now !== last && timer !== undefined) onChange()
    last = now
  }
  return {
    follow({ manifests, data, uses }) {
      const own = new Set([...manifests, ...data, ...uses.map(({ place }) => place.file)])
      const before = files.length
      files = [...own].map((file) => join(settings.root, file))
      // Other files than before are no change of theirs.
      if (before !== files.length) last = undefined
    },
    watch(on) {
      if (on === (timer !== undefined)) return
      clearInterval(timer)
      timer = on ? setInterval(() => void look().catch(() => {}), EVERY_MS).unref() : undefined
      last = undefined
    },
  }
}

/** Records, those of takes too; not what a run that goes on writes down. */
async function recordsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]\.takes[\\/]\./.test(file))
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const stats = await stat(file).catch(() => undefined)
    hash.update(`${file} ${stats?.mtimeMs} ${stats?.size}\n`)
  }
  return hash.digest('hex')
}
