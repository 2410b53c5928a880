import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'

/**
 * The root of the project whose bundler works in `context`, which may be a folder of sources: the nearest folder at or
 * above it that has a package.json. The working folder bounds the search, because the command line is run there.
 */
export function findRoot(context: string, workingFolder: string): string {
  const inside =
    !/^\.\.(?:[\\/]|$)/.test(relative(workingFolder, context)) && sameDrive(workingFolder, context)
  for (let folder = context; ; folder = dirname(folder)) {
    if (inside && folder === workingFolder) return folder
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) return context
  }
}

const sameDrive = (from: string, to: string) => !isAbsolute(relative(from, to))
