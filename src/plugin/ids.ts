// The ids of our modules. A specifier is mapped to the path of a file that is not there, because the bundlers treat paths
// best: some strip queries, some refuse `virtual:`, some can't import files from an id that begins with NUL. Not below
// node_modules, where people's own rules expect nothing of theirs.
import { createHash } from 'node:crypto'
import { posix } from 'node:path'
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

/** Ids below the root of a project (absolute, forward slashes). */
export function createModuleIds(root: string): ModuleIds {
  const mapped = new Map<string, MappedSpecifier & { id: string }>()
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
      const id = `${root}${MODULES}${digest}/${stem}.js`
      mapped.set(digest, { written, importer, id })
      return id
    },
    find(id) {
      return mapped.get(OUR_IDS.exec(id)?.[1] ?? '')
    },
  }
}
