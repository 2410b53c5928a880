import { relative } from 'node:path'
import type { ViteDevServer } from 'vite'
import { MANIFEST_FILE } from '../spec/names.ts'
import type { Host } from './host.ts'
import { OUR_IDS } from './ids.ts'

/**
 * Follows what decides our modules and is no module itself: manifests, and the records of pictures, which the command
 * line may write while the server runs. When one changes, our modules are made anew and the page is loaded again.
 */
export function watchProject(server: ViteDevServer, host: Host): void {
  let timer: NodeJS.Timeout | undefined
  const fail = (error: Error) => server.config.logger.error(error.message)
  const renewModules = async () => {
    await host.begin()
    for (const { moduleGraph } of Object.values(server.environments)) {
      for (const [id, node] of moduleGraph.idToModuleMap) {
        if (OUR_IDS.test(id)) moduleGraph.invalidateModule(node)
      }
    }
    server.environments.client.hot.send({ type: 'full-reload' })
  }
  // Source files reach us as modules by themselves; their types don't.
  const renewTypes = async () => {
    const { project } = await host.begun()
    const collection = await project.collect()
    if (collection.errors.length > 0) return
    await project.writeTypes(collection)
    // In this mode a saved file is what asks; a request never does.
    if (project.settings.mode !== 'generate') return
    if ((await project.plan(collection)).totals.images > 0) await renewModules()
  }
  const later = (work: () => Promise<void>) => {
    // Several files change together: one renewal for all of them.
    clearTimeout(timer)
    timer = setTimeout(() => work().catch(fail), 100)
  }
  let modulesWanted = false
  const onChange = async (file: string) => {
    const { project } = await host.begun()
    const { root, folder } = project.settings
    const path = relative(root, file).replaceAll('\\', '/')
    if (path.startsWith('../') || path.includes('/.') || path.endsWith('.d.ts')) return
    modulesWanted ||=
      path.endsWith(MANIFEST_FILE) || (path.startsWith(`${folder}/`) && path.endsWith('.json'))
    later(async () => {
      const work = modulesWanted ? renewModules : renewTypes
      modulesWanted = false
      await work()
    })
  }
  const listener = (file: string) => void onChange(file).catch(fail)
  server.watcher.on('add', listener).on('change', listener).on('unlink', listener)
  server.httpServer?.once('close', () => clearTimeout(timer))
}
