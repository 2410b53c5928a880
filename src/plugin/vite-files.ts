// What our modules refer to is finished. In a build it goes around Vite; elsewhere it goes to Vite as it is:
// plugins for pictures (vite-imagetools) load every file with the ending of one, and would encode it again, rename it, and
// lose the mark of its origin.
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Plugin, ResolvedConfig, Rollup } from 'vite'
import type { StandIns } from './stand-ins.ts'
import { isFinished, type TakeFile, takeFile } from './take-file.ts'

type Load = Extract<NonNullable<Plugin['load']>, (...args: never) => unknown>
type LoadContext = ThisParameterType<Load>

/** The files of one plugin instance. */
export interface ViteFiles {
  /** Gives files to Vite as they are. */
  readonly take: TakeFile
  /** How files are taken for a module that is loaded in `context`. */
  takeIn(context: Pick<Rollup.PluginContext, 'environment' | 'emitFile'>): TakeFile
  /** The same for a stylesheet, which has paths that Vite resolves; `folder` is one of the project's cache. */
  takeInStylesheet(config: ResolvedConfig, folder: string): TakeFile
  /** The same for a page, which has addresses as text. */
  takeInPage(context: Pick<Rollup.PluginContext, 'emitFile'>): TakeFile
  /** What Vite itself makes of one of these files; `null` for the ids of others. */
  load(context: LoadContext, id: string, config: ResolvedConfig): ReturnType<Load>
}

/** No files yet; they stay known, as a watching build does not make every module again. */
export function createViteFiles(standIns: StandIns): ViteFiles {
  const ids = new Set<string>()
  const take: TakeFile = ({ file }, as) => {
    const address = takeFile.vite({ file }, as)
    // For those who optimise by themselves: their plugin is to have it.
    if (as === 'original') return address
    // Vite follows links, unless it is told not to.
    for (const path of [file, realpathSync(file)])
      ids.add((path + address.from.slice(file.length)).replaceAll('\\', '/'))
    return address
  }
  return {
    take,
    takeIn: (context) => (file, as) => {
      const { config } = context.environment
      // An original is kept from being inlined, as Vite does in a library with all that it may.
      if (config.build.lib) return take(file, as === 'original' ? 'picture' : as)
      if (!isFinished(file) || (as === 'url' && mayInline(config, file.bytes))) return take(file, as)
      return takeFile.viteEmitted(standIns.emit(context, file))
    },
    takeInStylesheet: (config, folder) => async (taken) => {
      if (!isFinished(taken) || config.build.lib || mayInline(config, taken.bytes)) return taken.file
      return `${await standIns.write(folder, taken)}?no-inline`
    },
    takeInPage: (context) => async (taken) => {
      if (isFinished(taken)) return takeFile.viteEmitted(standIns.emit(context, taken))
      const { file } = taken
      const source = await readFile(file)
      const asset = { type: 'asset', name: basename(file), originalFileName: file, source } as const
      return takeFile.viteEmitted(context.emitFile(asset))
    },
    load(context, id, { plugins }) {
      if (!ids.has(id)) return null
      const hook = plugins.find(({ name }) => name === 'vite:asset')?.load
      const load = typeof hook === 'object' ? hook.handler : hook
      return load?.call(context, id)
    },
  }
}

/** Whether Vite may put a file of this size into the code; a function of the user's is asked by Vite alone. */
function mayInline({ build }: Pick<ResolvedConfig, 'build'>, bytes: number): boolean {
  const { assetsInlineLimit: limit } = build
  return typeof limit === 'function' || bytes < limit
}
