// What Vite has and other bundlers don't: a config that says where it runs, a logger, a dev server.
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite'
import type { Host } from './host.ts'
import { keepPrivate } from './keep-private.ts'
import type { DevPlacer } from './place-in-dev.ts'
import { watchProject } from './watch-in-dev.ts'

/** Vite's own hooks for a host. */
export function viteHooks(host: Host): Partial<Plugin> {
  let dev: DevPlacer | undefined
  return {
    configResolved(config) {
      keepPrivate(config)
      host.configure({
        root: config.root,
        use: config.command === 'serve' ? 'dev' : 'build',
        alias: plainAliases(config),
        logger: config.logger,
        placer: async (project) => {
          if (config.command === 'serve') {
            const { createDevPlacer } = await import('./place-in-dev.ts')
            dev = createDevPlacer(project, {
              base: config.base,
              prefix: (config.server.origin ?? '') + config.base,
            })
            return dev.placer
          }
          const { createBuildPlacer } = await import('./place-in-build.ts')
          // A single file may be inlined as the host's limit says; a srcset of data URIs would carry every size.
          return createBuildPlacer(project, (file, as) => ({
            from: `${file}?url${as === 'url' ? '' : '&no-inline'}`,
          }))
        },
      })
    },
    configureServer(server: ViteDevServer) {
      server.middlewares.use((request, response, next) => {
        if (dev === undefined) return next()
        dev.serve(request, response).then((served) => served || next(), next)
      })
      watchProject(server, host)
    },
  }
}

// Aliases with a regular expression or a function can't be told to a scan; in the build itself Vite applies them all.
function plainAliases({ resolve, root }: ResolvedConfig): Record<string, string> {
  const plain = resolve.alias.filter(({ find }) => typeof find === 'string')
  // Vite reads `/src` from the root, unless it leads into the root by itself.
  const folderOf = (replacement: string) =>
    replacement.startsWith('/') && !replacement.startsWith(`${root}/`) ? root + replacement : replacement
  return Object.fromEntries(plain.map(({ find, replacement }) => [find as string, folderOf(replacement)]))
}
