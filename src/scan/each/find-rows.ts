// From what `each` says to rows: the files that it means, inside the project alone, each read once as long as it stays the
// same.
import { LIMITS, megabytes } from '../../spec/limits.ts'
import { leadsOut } from '../leads-out.ts'
import { createFileReader, type ReadFile } from '../read-files.ts'
import { type FindRows, pathOfEach } from './expand.ts'
import { hasRowEnding, ROW_ENDINGS, type Rows, readRows, unreadable } from './read-rows.ts'

/** Finds and reads files of data below `root` (absolute). */
export function createRowFinder(root: string, readFile?: ReadFile): FindRows {
  const createReader = () =>
    createFileReader<Promise<Rows>>(
      root,
      {
        bytesMax: LIMITS.manifestBytes,
        parse: (bytes, file) => readRows(bytes.toString('utf8'), file),
        fail: async (_, error) => ({ rows: [], errors: [error] }),
        tooLarge: async (file, size) => ({
          rows: [],
          errors: [
            unreadable(file, `it has ${megabytes(size)}; ${megabytes(LIMITS.manifestBytes)} are the most`),
          ],
        }),
      },
      readFile,
    )
  // A reader remembers the files of its last reading alone.
  const readers = new Map<string, ReturnType<typeof createReader>>()
  return async (each, manifest) => {
    const refuse = (problem: string) => ({ files: [], rows: [], errors: [], problem })
    const path = pathOfEach(each, manifest)
    if (path === undefined) return refuse('it lies outside the project')
    if (!hasRowEnding(path)) return refuse(`its ending is none of ${ROW_ENDINGS.join(', ')}`)
    const files = await filesOf(root, path)
    for (const file of files)
      if (await leadsOut(root, file)) return refuse(`${file} is a link that leads out of the project`)
    const reader = readers.get(path) ?? createReader()
    readers.set(path, reader)
    const read = await Promise.all([...(await reader.read(files)).values()])
    return {
      files,
      rows: read.flatMap(({ rows }) => rows),
      errors: read.flatMap(({ errors }) => errors),
    }
  }
}

async function filesOf(root: string, path: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob')
  const found = await fastGlob(fastGlob.isDynamicPattern(path) ? path : fastGlob.escapePath(path), {
    ...{ cwd: root, followSymbolicLinks: false, ignore: ['**/node_modules/**'] },
  })
  return found.filter(hasRowEnding).sort()
}
