import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'

/** Whether a path, relative to a folder, lies outside of it. */
export const isOutside = (path: string) => /^\.\.([\\/]|$)/.test(path) || isAbsolute(path)

/** Whether links lead a file or folder out of `root` (absolute), to which its path is relative; not where there is none. */
export async function leadsOut(root: string, path: string): Promise<boolean> {
  const real = await realpath(join(root, path)).catch(() => undefined)
  return real !== undefined && isOutside(relative(await realpath(root), real))
}
