// The ids of our modules. A specifier is mapped to a path, because the bundlers treat paths best: some strip queries, some
// refuse `virtual:`, some can't import files from an id that begins with NUL. For most the path has no file behind it, and
// lies not below node_modules, where people's own rules expect nothing of theirs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { stripImageExtension } from '../spec/names.ts'

const MODULES = '/.generate-images/'

/** What a specifier was mapped from. */
export interface MappedSpecifier {
  readonly written: string
  /** The importing file, absolute. */
  readonly importer: string
}

/** The ids of one build. */
export interface ModuleIds {
  /** The id of a specifier as an importer writes it. The same for the same folder and text. */
  idOf(written: string, importer: string): string
  /** What an id, or its address in a dev server, stands for. */
  find(id: string): (MappedSpecifier & { readonly id: string }) | undefined
}

/** Whether an id, or its address in a dev server, is one of ours. What stands in a query names no module. */
export const OUR_IDS = /^[^?]*\/\.generate-images\/([0-9a-f]{32})\//

/**
 * Ids below the root of a project (absolute, forward slashes). With `folder` (absolute as well) each id is a file there
 * that says what it stands for: for bundlers whose caches outlive a process and ask for the text of a module again
 * without resolving its specifier.
 */
export function createModuleIds(root: string, folder?: string): ModuleIds {
  const mapped = new Map<string, MappedSpecifier & { id: string }>()
  const remember = (digest: string, one: MappedSpecifier & { id: string }) => {
    mapped.set(digest, one)
    return one
  }
  return {
    idOf(written, importer) {
      // From the root, so that every machine has the same ids.
      const from = posix.relative(root, posix.dirname(importer))
      const digest = createHash('sha256')
        .update(JSON.stringify([from, written]))
        .digest('hex')
        .slice(0, 32)
      const path = written.slice(0, written.indexOf('?'))
      const stem = posix.basename(stripImageExtension(path)).replace(/[^\w.-]/g, '_')
      const id = `${folder ?? root}${MODULES}${digest}/${stem}.js`
      remember(digest, { written, importer, id })
      if (folder !== undefined) writeOnce(id, { written, importer: posix.relative(root, importer) })
      return id
    },
    find(id) {
      const digest = OUR_IDS.exec(id)?.[1] ?? ''
      const known = mapped.get(digest)
      if (known !== undefined || folder === undefined || digest === '') return known
      const said = read(id)
      return said && remember(digest, { ...said, importer: posix.join(root, said.importer), id })
    },
  }
}

// Never written again: a watcher would take that for a change.
function writeOnce(file: string, content: MappedSpecifier): void {
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, JSON.stringify(content), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function read(file: string): MappedSpecifier | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as MappedSpecifier
  } catch {
    return undefined
  }
}
