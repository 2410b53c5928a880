import { join, relative } from 'node:path'
import type { ViteDevServer } from 'vite'
import { MANIFEST_FILE } from '../spec/names.ts'
import type { Host } from './host.ts'
import type { Reporter } from './report.ts'
import type { ShownModules } from './show-in-dev.ts'

/** What changed since the last look. */
interface Changed {
  pictures: Set<string>
  manifests: boolean
  sources: boolean
}
const nothing = (): Changed => ({ pictures: new Set(), manifests: false, sources: false })

/** Who follows files. */
export interface Watching {
  /** Ends when what has changed so far is seen. */
  settled(): Promise<void>
}

/**
 * Follows what decides our modules and is no module itself: manifests, and the records of pictures, which the command
 * line may write while the server runs. A record concerns its picture alone, and is shown at once without a look at the
 * rest of the project.
 */
export function watchProject(
  server: ViteDevServer,
  host: Host,
  shown: ShownModules,
  reporter: Reporter,
): Watching {
  let timer: NodeJS.Timeout | undefined
  let changed = nothing()
  let working: Promise<void> = Promise.resolve()
  const fail = (error: unknown) => reporter.failed(error)

  const work = async ({ pictures, manifests, sources }: Changed) => {
    if (pictures.size > 0) await shown.renew(pictures)
    if (!manifests && !sources) return
    const { session } = await host.begun()
    const wasWrong = session.mistakes().length > 0 || shown.isWrong()
    await session.begin()
    // Source files reach us as modules by themselves, unless mistakes in them kept all of ours back.
    if (manifests || wasWrong || session.mistakes().length > 0) await shown.renew()
  }
  let waiting: Promise<void> = Promise.resolve()
  let done: (() => void) | undefined
  const later = (ms: number) => {
    if (done === undefined)
      waiting = new Promise((resolve) => {
        done = resolve
      })
    // Several files change together: one renewal for all of them.
    clearTimeout(timer)
    timer = setTimeout(() => {
      const now = changed
      changed = nothing()
      const finish = done
      done = undefined
      working = working
        .then(() => work(now))
        .catch(fail)
        .finally(finish)
    }, ms)
  }
  const onChange = async (file: string) => {
    const { project, session } = await host.begun()
    const { root, folder } = project.settings
    const path = relative(root, file).replaceAll('\\', '/')
    if (path.startsWith('../') || path.includes('/.') || path.endsWith('.d.ts')) return
    if (path.startsWith(`${folder}/`)) {
      const name = path.endsWith('.json') ? project.store.layout.nameOf(join(root, path)) : undefined
      if (name === undefined) return
      changed.pictures.add(name)
      return later(20)
    }
    const isDecisive = path.endsWith(MANIFEST_FILE) || session.decidedBy().includes(join(root, path))
    if (isDecisive) changed.manifests = true
    else changed.sources = true
    later(100)
  }
  const listener = (file: string) => void onChange(file).catch(fail)
  server.watcher.on('add', listener).on('change', listener).on('unlink', listener)
  server.httpServer?.once('close', () => {
    clearTimeout(timer)
    done?.()
  })
  return { settled: () => waiting }
}
