// What Farm's watcher leaves out: it tells of changes to files that are there, and of no file that comes or goes.
import { existsSync, watchFile } from 'node:fs'

interface Updating {
  update(paths: readonly string[], sync?: boolean): Promise<unknown>
  writeResourcesToDisk(): void
}
interface Serving {
  readonly hmrEngine?: { hmrUpdate(path: string): Promise<void> }
}

/** Follows files that may come and go, and updates the modules that follow from them. */
export interface FarmWatch {
  compiler: Updating | undefined
  server: Serving | undefined
  follow(module: string, file: string): void
}

/** `fail` is told what goes wrong in an update that this began. The process may end while it follows. */
export function createFarmWatch(fail: (error: Error) => void): FarmWatch {
  const modulesOf = new Map<string, Set<string>>()
  const watch: FarmWatch = {
    compiler: undefined,
    server: undefined,
    follow(module, file) {
      const known = modulesOf.get(file)
      const modules = known ?? new Set<string>()
      modulesOf.set(file, modules.add(module))
      if (known !== undefined) return
      let there = existsSync(file)
      watchFile(file, { persistent: false, interval: 500 }, () => {
        if (existsSync(file) === there) return
        there = !there
        update([...modules]).catch(fail)
      })
    },
  }
  const update = async (modules: readonly string[]) => {
    if (watch.server?.hmrEngine !== undefined) {
      for (const module of modules) await watch.server.hmrEngine.hmrUpdate(module)
      return
    }
    await watch.compiler?.update(modules, true)
    watch.compiler?.writeResourcesToDisk()
  }
  return watch
}
