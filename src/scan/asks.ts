import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../spec/limits.ts'
import { type FileSelection, findFiles } from './find-files.ts'

const WORD = 'generate'

/**
 * Whether a file may have a specifier, as far as its bytes show. The word is never escaped in one, and what may come after
 * it is no part of a longer name, as in this package's own, and no call.
 */
export function hasWord(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(WORD); at !== -1; at = bytes.indexOf(WORD, at)) {
    at += WORD.length
    const next = bytes[at]
    if (next === undefined || !/[\w(-]/.test(String.fromCharCode(next))) return true
  }
  return false
}

/**
 * Whether a project may ask for a picture: it has a manifest, or a source file that may have a specifier, or one that can't be
 * looked into. Nearly nothing is loaded for it; what is asked for, a scan says.
 */
export async function mayAsk(root: string, selection: FileSelection): Promise<boolean> {
  const { manifests, sources } = await findFiles(root, selection)
  return manifests.length > 0 || sources.some((file) => mayHold(join(root, file)))
}

function mayHold(path: string): boolean {
  try {
    return statSync(path).size > LIMITS.sourceBytes || hasWord(readFileSync(path))
  } catch {
    return true
  }
}
