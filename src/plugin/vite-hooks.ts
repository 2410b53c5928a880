// What Vite has and other bundlers don't: a config that says where it runs, a logger, a dev server.
import type { UnpluginOptions } from 'unplugin'
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite'
import { createBuildHooks } from './build-hooks.ts'
import { mountGallery } from './gallery-in-dev.ts'
import type { Host } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { keepPrivate } from './keep-private.ts'
import type { DevPlacer, ServedFiles } from './place-in-dev.ts'
import { createViteFiles } from './vite-files.ts'
import { watchProject } from './watch-in-dev.ts'

// What `takeFile.vite` imports.
const FILES = /\?url(?:&no-inline)?$/

/** Vite's own hooks for a host. */
export function viteHooks(host: Host): Partial<UnpluginOptions> {
  let dev: DevPlacer | undefined
  let serves = false
  const served: ServedFiles = new Map()
  let resolved: ResolvedConfig | undefined
  const files = createViteFiles({ isLibrary: () => !serves && Boolean(resolved?.build.lib) })
  const { begin, follow } = createBuildHooks(host)
  const vite: Partial<Plugin> = {
    configResolved(config) {
      keepPrivate(config)
      resolved = config
      serves = config.command === 'serve'
      host.configure({
        root: config.root,
        use: config.command === 'serve' ? 'dev' : 'build',
        alias: plainAliases(config),
        logger: {
          info: (line) => config.logger.info(line),
          warn: (line) => config.logger.warn(line),
          quiet: ['silent', 'error', 'warn'].includes(config.logLevel ?? 'info'),
        },
        placer: async (project) => {
          if (config.command === 'serve') {
            const { createDevPlacer } = await import('./place-in-dev.ts')
            dev = createDevPlacer(project, {
              base: config.base,
              prefix: (config.server.origin ?? '') + config.base,
              takeFile: files.take,
              served,
            })
            return dev.placer
          }
          const { createBuildPlacer } = await import('./place-in-build.ts')
          return createBuildPlacer(project, files.take)
        },
      })
    },
    // A dev server follows files by itself, see watchProject.
    buildStart() {
      return serves ? host.begin() : begin(this)
    },
    configureServer(server: ViteDevServer) {
      server.middlewares.use((request, response, next) => {
        if (dev === undefined) return next()
        dev.serve(request, response).then((served) => served || next(), next)
      })
      mountGallery(server, host)
      watchProject(server, host)
    },
    load: {
      order: 'pre',
      filter: { id: [OUR_IDS, FILES] },
      handler(id) {
        if (!OUR_IDS.test(id)) return files.load(this, id, resolved!)
        return host.load(id, serves ? undefined : (file) => follow(this, file))
      },
    },
  }
  return { vite }
}

// Aliases with a regular expression or a function can't be told to a scan; in the build itself Vite applies them all.
function plainAliases({ resolve, root }: ResolvedConfig): Record<string, string> {
  const plain = resolve.alias.filter(({ find }) => typeof find === 'string')
  // Vite reads `/src` from the root, unless it leads into the root by itself.
  const folderOf = (replacement: string) =>
    replacement.startsWith('/') && !replacement.startsWith(`${root}/`) ? root + replacement : replacement
  return Object.fromEntries(plain.map(({ find, replacement }) => [find as string, folderOf(replacement)]))
}
