import type { Stats } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { writeAtomic } from './atomic.ts'
import { fromFolder, slashed } from './layout.ts'
import { patient } from './patient.ts'
import { isSame, RACY, type Stamp, stampOf } from './stamp.ts'

/** A file as it was when it was read, and the hash of its bytes. */
interface Known extends Stamp {
  readonly sha256: string
}
const VERSION = 1

/** Hashes of files that have not changed since they were read. Disposable: without it, files are hashed again. */
export interface Memo {
  /**
   * The hash of a file that is as it was, judged by size, times and inode. `linked`: the file has other hard links, whose
   * coming and going sets ctime, so that mtime alone must do.
   */
  lookup(file: string, stat: Stats, options?: { linked?: boolean }): Promise<string | undefined>
  /** Remembers a hash. `stat` must have been taken before the file was read. */
  remember(file: string, stat: Stats, sha256: string): Promise<void>
  forget(file: string): Promise<void>
  /** Writes the memo where it changed. A failure is no matter and says nothing. */
  save(): Promise<void>
}

/** `file` is the memo itself; paths in it are relative to `root`. A memo that can't be read is an empty one. */
export function createMemo({
  file: memoFile,
  root,
  now = Date.now,
}: {
  file: string
  root: string
  now?: () => number
}): Memo {
  let loading: Promise<Map<string, Known>> | undefined
  let changed = false
  const load = () => {
    loading ??= readMemo(memoFile)
    return loading
  }
  const path = (file: string) => slashed(fromFolder(root, file))

  return {
    async lookup(file, stat, { linked = false } = {}) {
      const known = (await load()).get(path(file))
      const same = known != null && isSame(known, stat, { linked }) && typeof known.sha256 === 'string'
      return same ? known.sha256 : undefined
    },
    async remember(file, stat, sha256) {
      if (now() - stat.mtimeMs < RACY) return
      const [files, name] = [await load(), path(file)]
      const before = files.get(name)
      if (before?.sha256 === sha256 && isSame(before, stat)) return
      files.set(name, { ...stampOf(stat), sha256 })
      changed = true
    },
    async forget(file) {
      if ((await load()).delete(path(file))) changed = true
    },
    async save() {
      if (!changed) return
      changed = false
      const files = Object.fromEntries(await load())
      await writeAtomic(memoFile, JSON.stringify({ v: VERSION, files }), {
        durable: false,
      }).catch(() => {})
    },
  }
}

async function readMemo(file: string): Promise<Map<string, Known>> {
  const text = await patient(() => readFile(file, 'utf8')).catch(() => '')
  try {
    const { v, files } = JSON.parse(text) as { v?: unknown; files: Record<string, Known> }
    // A line that is no such object is like no file there is.
    return new Map(v === VERSION ? Object.entries(files) : [])
  } catch {
    return new Map()
  }
}
