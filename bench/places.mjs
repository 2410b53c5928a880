// Where things lie.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This package, whose built dist/ is measured. */
export const repository = fileURLToPath(new URL('..', import.meta.url))
/** The command line. */
export const cli = join(repository, 'dist/cli/main.js')
/** A file of bench/. */
export const here = (path) => fileURLToPath(new URL(path, import.meta.url))
