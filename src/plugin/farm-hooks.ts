// Farm: paths relative to its root, a list of endings that are assets, modules that are updated one by one.
import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import type { Options } from '../config/options.ts'
import { createFarmWatch } from './farm-watch.ts'
import { createHost, type Follow } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { createPatientBuild } from './patient-build.ts'
import { OURS, STYLESHEETS } from './specifiers.ts'
import { createStderrLogger } from './stderr-logger.ts'
import { farmEndings, takeFile } from './take-file.ts'

interface Config {
  readonly root: string
  readonly compilation: {
    readonly mode?: string
    readonly resolve?: { readonly alias?: Readonly<Record<string, string>> | readonly unknown[] }
  }
}
interface Context {
  /** The module, and a file that it follows from. */
  addWatchFile(module: string, file: string): void
}

/** Farm's own hooks. */
export function farmHooks(options: Options): Partial<UnpluginOptions> {
  const host = createHost(options)
  const build = createPatientBuild(host)
  const logger = createStderrLogger()
  const watch = createFarmWatch(({ message }) => logger.warn(message))
  let root = process.cwd()
  let development = false
  const followIn =
    (context: Context, module: string): Follow =>
    (file) => {
      // Its cache reads such files as text.
      if (/\.(json|[cm]?[jt]s)$/.test(file) && existsSync(file)) context.addWatchFile(module, file)
      if (development) watch.follow(module, file, root)
    }
  const tell = (errors: readonly Error[], failed: boolean) => {
    if (failed && !development) throw toBuildError(errors)
    // Where a first build fails, Farm watches no file: the page throws instead, until it is mended.
    for (const { message } of errors) logger.warn(message)
  }
  const farm = {
    // Before Farm's own plugins, which have 100.
    priority: 102,
    config: () => ({ compilation: { assets: { include: farmEndings } } }),
    configResolved(config: Config) {
      root = config.root
      development = config.compilation.mode === 'development'
      const alias = config.compilation.resolve?.alias ?? {}
      host.configure({
        root,
        // Its dev server and its watching can't be told apart.
        use: development ? 'dev' : 'build',
        alias: Array.isArray(alias) ? {} : foldersOf(alias as Readonly<Record<string, string>>, root),
        logger,
        placer: async (project) => {
          const { createBuildPlacer } = await import('./begin.ts')
          return createBuildPlacer(project)
        },
      })
    },
    configureCompiler: watch.compile,
    configureDevServer: watch.serve,
    buildStart: {
      async executor() {
        await build.begin()
        // With its persistent cache no module may be loaded that could tell.
        const untold = development ? [] : build.untold()
        if (untold.length > 0) throw toBuildError(untold)
      },
    },
    updateModules: { executor: () => build.begin() },
    resolve: {
      filters: { sources: [OURS.source], importers: ['.*'] },
      async executor({ source, importer }: { source: string; importer?: string | null }) {
        const from = typeof importer === 'string' ? resolve(root, importer) : undefined
        const id = host.resolve(source, from)
        return id === undefined
          ? null
          : { resolvedPath: id, query: [], sideEffects: false, external: false, meta: {} }
      },
    },
    // It resolves a specifier once, whatever becomes of the picture: a stylesheet is given the files.
    transform: {
      filters: { resolvedPaths: [STYLESHEETS.source] },
      async executor(
        module: { resolvedPath: string; content: string; moduleType: string },
        context: Context,
      ) {
        const { content, resolvedPath, moduleType } = module
        const follow = followIn(context, resolvedPath)
        const { code, failed, errors } = await build.writeOut(content, resolvedPath, follow, takeFile.farm)
        tell(errors, failed)
        return { content: code, moduleType }
      },
    },
    load: {
      filters: { resolvedPaths: [OUR_IDS.source] },
      async executor({ resolvedPath }: { resolvedPath: string }, context: Context) {
        const follow = followIn(context, resolvedPath)
        const { code, failed, errors } = await build.load(resolvedPath, takeFile.farm, follow)
        tell(errors, failed)
        for (const file of await host.decidedBy()) follow(file)
        return { content: code, moduleType: 'js' }
      },
    },
    buildEnd: { executor: () => host.end() },
  }
  return { farm: farm as object }
}

// Farm shows message and stack, one behind the other.
function toBuildError(errors: readonly Error[]): Error {
  const text = errors.map(({ message }) => message).join('\n\n')
  return Object.assign(new Error(text || 'Another module of this build says what is wrong.'), { stack: '' })
}

const foldersOf = (alias: Readonly<Record<string, string>>, root: string) =>
  Object.fromEntries(Object.entries(alias).map(([name, to]) => [name, isAbsolute(to) ? to : join(root, to)]))
