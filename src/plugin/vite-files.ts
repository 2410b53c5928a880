// What our modules refer to is finished, and goes to Vite as it is: plugins for pictures (vite-imagetools) load every file
// with the ending of one, and would encode it again, rename it, and lose the mark of its origin.
import { realpathSync } from 'node:fs'
import type { Plugin, ResolvedConfig } from 'vite'
import { type TakeFile, takeFile } from './take-file.ts'

type Load = Extract<NonNullable<Plugin['load']>, (...args: never) => unknown>
type LoadContext = ThisParameterType<Load>

/** The files of one plugin instance. */
export interface ViteFiles {
  readonly take: TakeFile
  /** What Vite itself makes of one of these files; `null` for the ids of others. */
  load(context: LoadContext, id: string, config: ResolvedConfig): ReturnType<Load>
}

/**
 * No files yet; they stay known, as a watching build does not make every module again. A library's originals are kept from
 * being inlined, as Vite does there with all that it may.
 */
export function createViteFiles({ isLibrary }: { isLibrary: () => boolean }): ViteFiles {
  const ids = new Set<string>()
  return {
    take(file, as) {
      const isOriginal = as === 'original'
      const address = takeFile.vite(file, isOriginal && isLibrary() ? 'picture' : as)
      // For those who optimise by themselves: their plugin is to have it.
      if (isOriginal && !isLibrary()) return address
      // Vite follows links, unless it is told not to.
      for (const path of [file, realpathSync(file)])
        ids.add((path + address.from.slice(file.length)).replaceAll('\\', '/'))
      return address
    },
    load(context, id, { plugins }) {
      if (!ids.has(id)) return null
      const hook = plugins.find(({ name }) => name === 'vite:asset')?.load
      const load = typeof hook === 'object' ? hook.handler : hook
      return load?.call(context, id)
    },
  }
}
