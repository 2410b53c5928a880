import { existsSync } from 'node:fs'
import type { Host } from './host.ts'

/** What the bundlers with Rollup's hooks give a plugin. */
export interface WatchingContext {
  addWatchFile(file: string): void
  readonly meta?: { readonly watchMode?: boolean }
}

/** How a host begins and follows files where a hook that throws ends a build, and the watcher goes on. */
export interface BuildHooks {
  begin(context: WatchingContext): Promise<void>
  /** Tells the watcher of a file that may not be there. */
  follow(context: WatchingContext, file: string): void
}

/** The build hooks of a host. */
export function createBuildHooks(host: Host): BuildHooks {
  const follow = (context: WatchingContext, file: string) => {
    if (context.meta?.watchMode === false) return
    // Rolldown's watcher, which is Vite 8's too, follows no file that is not there yet, but it follows folders.
    const alone = !('rolldownVersion' in (context.meta ?? {})) || existsSync(file)
    const folder = alone ? undefined : host.quietFolder()
    context.addWatchFile(folder !== undefined && file.startsWith(folder) ? folder : file)
  }
  return {
    follow,
    async begin(context) {
      try {
        await host.begin()
      } finally {
        for (const file of await host.decidedBy()) follow(context, file)
      }
    },
  }
}
