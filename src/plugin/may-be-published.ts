import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Whether a folder (absolute) lies in a package that npm publishes: one that is not `private`. */
export function mayBePublished(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true
  } catch {
    const above = dirname(folder)
    return above !== folder && mayBePublished(above)
  }
}
