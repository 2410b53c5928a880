import { readdir, readFile } from 'node:fs/promises'
import { patient } from './patient.ts'

/** For `.catch`: `undefined` for a file that is not there, any other error thrown on. */
export function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

/** A file's text; `undefined` where it is not there. Throws Node's own error where it can't be read. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return patient(() => readFile(file, 'utf8')).catch(ignoreAbsent)
}

/** The names in a folder; none where it is not there. Throws as `readIfThere` does. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await patient(() => readdir(folder)).catch(ignoreAbsent)) ?? []
}
