import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import { patient } from './patient.ts'

/** For `.catch`: `undefined` for a file that is not there, any other error thrown on. */
export function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

/** What `look` gives; `undefined` where it throws that a file is not there. */
export function ifThere<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    return ignoreAbsent(error as NodeJS.ErrnoException)
  }
}

/**
 * A file's text; `undefined` where it is not there. Throws Node's own error where it can't be read. Read at once: what it is
 * for is small, and waiting for a thread costs more than the reading.
 */
export async function readIfThere(file: string): Promise<string | undefined> {
  return patient(async () => ifThere(() => readFileSync(file, 'utf8')))
}

/** The names in a folder; none where it is not there. Throws as `readIfThere` does. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await patient(() => readdir(folder)).catch(ignoreAbsent)) ?? []
}

/**
 * The absolute paths of the files below a folder; none where it is not there. Links, and whatever begins with a dot, are
 * left out. Throws as `readIfThere` does.
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = []
  const folders = [folder]
  for (const at of folders) {
    const entries = (await patient(() => readdir(at, { withFileTypes: true })).catch(ignoreAbsent)) ?? []
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const path = `${at}${sep}${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  return files
}
