// What Farm's watcher leaves out: it tells of changes to files that are there, and of no file that comes or goes.
import { existsSync, unwatchFile, watchFile } from 'node:fs'

interface Updating {
  update(paths: readonly string[], sync?: boolean): Promise<unknown>
  writeResourcesToDisk(): void
}
interface Serving {
  readonly hmrEngine?: { hmrUpdate(path: string): Promise<void> }
  readonly server?: { once(event: 'close', work: () => void): void }
}

/** Follows files that may come and go, and updates the modules that follow from them. */
export interface FarmWatch {
  /** What updates modules without a server. */
  compile(compiler: Updating): void
  serve(server: Serving): void
  /** `root` is the project's: when it is gone, nothing is followed any more. */
  follow(module: string, file: string, root: string): void
}

/** `fail` is told what goes wrong in an update that this began. The process may end while it follows. */
export function createFarmWatch(fail: (error: Error) => void): FarmWatch {
  const modulesOf = new Map<string, Set<string>>()
  let compiler: Updating | undefined
  let server: Serving | undefined
  const stop = () => {
    for (const file of modulesOf.keys()) unwatchFile(file)
    modulesOf.clear()
  }
  const update = async (modules: readonly string[]) => {
    if (server?.hmrEngine !== undefined) {
      for (const module of modules) await server.hmrEngine.hmrUpdate(module)
      return
    }
    await compiler?.update(modules, true)
    compiler?.writeResourcesToDisk()
  }
  return {
    compile(given) {
      compiler = given
    },
    serve(given) {
      server = given
      server.server?.once('close', stop)
    },
    follow(module, file, root) {
      const known = modulesOf.get(file)
      const modules = known ?? new Set<string>()
      modulesOf.set(file, modules.add(module))
      if (known !== undefined) return
      let there = existsSync(file)
      watchFile(file, { persistent: false, interval: 500 }, () => {
        if (!existsSync(root)) return stop()
        if (existsSync(file) === there) return
        there = !there
        update([...modules]).catch(fail)
      })
    },
  }
}
