import { posix } from 'node:path'

/** A path of a person as the rest of the project has it: forward slashes, no dots, no slash at the end. */
export function tidyPath(path: string): string {
  return posix.normalize(path.replaceAll('\\', '/')).replace(/\/$/, '')
}
