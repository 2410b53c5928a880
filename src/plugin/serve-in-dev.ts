// What a dev server has beside its modules: pages that are told what changed, files that are followed, a gallery, a
// shortcut in the terminal. Loaded where there is a dev server.
import type { ViteDevServer } from 'vite'
import { mountGallery } from './gallery-in-dev.ts'
import type { Host } from './host.ts'
import { addShortcut } from './make-in-dev.ts'
import { createShownModules, type ShownModules, type ShowTools } from './show-in-dev.ts'
import { watchProject } from './watch-in-dev.ts'

/** Sets up a dev server; what its pages show. */
export async function serveInDev(server: ViteDevServer, host: Host, tools: ShowTools): Promise<ShownModules> {
  const reporter = await host.reporter()
  const shown = createShownModules(server, host, tools)
  mountGallery(server, host)
  const watching = watchProject(server, host, shown, reporter)
  addShortcut(server, host, reporter)
  return {
    ...shown,
    // A page is loaded again when a file of it is saved, and may ask before that is seen here.
    attempt: (work) =>
      work().catch(async () => {
        await watching.settled()
        return shown.attempt(work)
      }),
  }
}
