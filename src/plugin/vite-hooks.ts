// What Vite has and other bundlers don't: a config that says where it runs, a logger, a dev server.
import { join } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import type { Plugin, ResolvedConfig, Rollup, ViteDevServer } from 'vite'
import { createError } from '../errors/index.ts'
import { createBuildHooks } from './build-hooks.ts'
import { resolveInStylesheets } from './css-in-vite.ts'
import { resolveIdOf } from './factory.ts'
import type { Host } from './host.ts'
import { writePage } from './html-in-vite.ts'
import { OUR_IDS } from './ids.ts'
import { addressIn, writeOut } from './in-stylesheets.ts'
import { keepPrivate } from './keep-private.ts'
import { fileOfStylesheet } from './page-of.ts'
import { addPageScript, VITE_CLIENT } from './page-script.ts'
import type { DevPlacer, ServedFiles } from './place-in-dev.ts'
import type { ShownModules } from './show-in-dev.ts'
import { NO_STYLESHEETS, STYLESHEETS } from './specifiers.ts'
import { type Bundle, createStandIns } from './stand-ins.ts'
import { createViteFiles } from './vite-files.ts'

// What `takeFile.vite` imports.
const FILES = /\?url(?:&no-inline)?$/

/** Vite says since 7 which it is. An older one runs pages, Sass and the checks of requests in other ways. */
function refuseOld(meta: { readonly viteVersion?: string } | undefined, { plugins }: ResolvedConfig): void {
  const isAstro = plugins.some(({ name }) => name.startsWith('astro:'))
  if (meta?.viteVersion === undefined && !isAstro) throw createError('VITE_TOO_OLD', {})
}

/** Vite's own hooks for a host. `others`: the files of dev servers beside this one, whose pages it serves as well. */
export function viteHooks(host: Host, others?: ServedFiles): Partial<UnpluginOptions> {
  let dev: DevPlacer | undefined
  let shown: ShownModules | undefined
  let serves = false
  const served: ServedFiles = others ?? new Map()
  let resolved: ResolvedConfig | undefined
  const begunWith = new WeakSet<ResolvedConfig>()
  const standIns = createStandIns(() => 'link')
  const files = createViteFiles(standIns)
  const { begin, follow } = createBuildHooks(host)
  const attempt = <T>(work: () => Promise<T>): Promise<T> => shown?.attempt(work) ?? work()
  const makeInStylesheet = async (id: string, config: ResolvedConfig) => {
    if (shown !== undefined) return shown.make(id)
    const { project } = await host.begun()
    const folder = join(project.settings.cacheDir, 'stand-ins')
    return host.make(id, files.takeInStylesheet(config, folder))
  }
  const vite: Partial<Plugin> = {
    configResolved(config) {
      refuseOld(this?.meta, config)
      keepPrivate(config)
      resolved = config
      serves = config.command === 'serve'
      if (!serves) shown = undefined
      host.configure({
        root: config.root,
        use: config.command === 'serve' ? 'dev' : 'build',
        isLive: config.command === 'serve',
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
              served,
            })
            project.partials.listen((name) => void shown?.renew(new Set([name])).catch(() => {}))
            return dev.placer
          }
          const { createBuildPlacer } = await import('./begin.ts')
          return createBuildPlacer(project)
        },
      })
    },
    // A dev server follows files by itself, see watchProject.
    buildStart() {
      // A build of several environments may have a configuration for each.
      const config = this.environment.getTopLevelConfig()
      // Not before: with such an alias, Vite would not leave the others to Rolldown.
      if (!begunWith.has(config))
        resolveInStylesheets(config, (...specifier) =>
          addressIn(host, ...specifier, (id) => makeInStylesheet(id, config)),
        )
      begunWith.add(config)
      return serves ? host.begin() : begin(this)
    },
    async configureServer(server: ViteDevServer) {
      server.middlewares.use((request, response, next) => {
        if (dev === undefined) return next()
        dev.serve(request, response).then((served) => served || next(), next)
      })
      const { serveInDev } = await import('./serve-in-dev.ts')
      shown = await serveInDev(server, host, { dev: () => dev, take: files.take })
    },
    transform: {
      filter: { id: { include: [VITE_CLIENT, STYLESHEETS], exclude: NO_STYLESHEETS } },
      async handler(code, id) {
        if (!STYLESHEETS.test(id)) return serves ? addPageScript(code) : null
        const textId = id.replace(/^[^?]*/, () => fileOfStylesheet(id, resolved!.root))
        const written = await attempt(() =>
          writeOut(host, code, textId, (file) => serves || follow(this, file)),
        )
        return written === code ? null : { code: written, map: { mappings: '' } }
      },
    },
    transformIndexHtml: {
      order: 'pre',
      handler(text, { filename, path }) {
        // In a build it runs where files can be emitted.
        const context = this as unknown as Rollup.PluginContext
        const options = {
          config: resolved!,
          make: async (id: string) => shown?.make(id) ?? host.make(id, files.takeInPage(context)),
          follow: (file: string) => serves || follow(context, file),
        }
        return attempt(() => writePage(host, { text, file: filename, path }, options))
      },
    },
    load: {
      order: 'pre',
      filter: { id: [OUR_IDS, FILES] },
      handler(id) {
        if (!OUR_IDS.test(id)) return files.load(this, id, resolved!)
        return shown?.load(id) ?? host.load(id, files.takeIn(this), (file) => follow(this, file))
      },
    },
    generateBundle: {
      // Before plugins that look for pictures in the bundle.
      order: 'pre',
      async handler(output, bundle, isWrite) {
        const { config } = this.environment
        const isServer = config.consumer === 'server'
        // A server's build has its addresses alone, unless a framework takes the files from there by itself.
        if (isServer && !config.build.emitAssets) return
        await standIns.generateBundle(output, bundle as Bundle, isWrite && !isServer)
      },
    },
    writeBundle: { order: 'pre', sequential: true, handler: (output) => standIns.writeBundle(output) },
  }
  return { resolveId: resolveIdOf(host), vite }
}

// Aliases with a regular expression or a function can't be told to a scan; in the build itself Vite applies them all.
function plainAliases({ resolve, root }: ResolvedConfig): Record<string, string> {
  const plain = resolve.alias.filter(({ find }) => typeof find === 'string')
  // Vite reads `/src` from the root, unless it leads into the root by itself.
  const folderOf = (replacement: string) =>
    replacement.startsWith('/') && !replacement.startsWith(`${root}/`) ? root + replacement : replacement
  return Object.fromEntries(plain.map(({ find, replacement }) => [find as string, folderOf(replacement)]))
}
