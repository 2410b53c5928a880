// What a build loads first. Where nothing asks for a picture, and nothing is kept, it is all that is loaded.
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Settings, selectionOf } from '../config/settings.ts'
import { embedDeclarations } from '../embed/declarations.ts'
import { mayAsk } from '../scan/asks.ts'

export { resolveOptions } from '../config/resolve-options.ts'

/** Whether there is nothing to do for a build, as far as its files say: a module that another plugin makes may still ask. */
export async function isQuiet(settings: Settings): Promise<boolean> {
  const { root, folder, types } = settings
  // Pictures that are kept may be orphans, and what earlier runs paid for may wait there.
  if (isThere(join(root, folder))) return false
  if (types !== undefined && textOf(types) !== embedDeclarations([], [])) return false
  return !(await mayAsk(root, selectionOf(settings)))
}

const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
