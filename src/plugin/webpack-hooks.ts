// webpack and Rspack: rules for assets, a resolver that takes requests apart, errors of a compilation, a cache that
// outlives the process.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { UnpluginOptions } from 'unplugin'
import type { Options } from '../config/options.ts'
import { findRoot } from './find-root.ts'
import type { Follow, Host } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { isInNext } from './in-next.ts'
import { createPatientBuild, placeOf } from './patient-build.ts'
import type { Logger } from './report.ts'
import { GENERATE, NO_STYLESHEETS, STYLESHEETS } from './specifiers.ts'
import { isFinished, type TakeFile, takeFile, webpackRule } from './take-file.ts'
import {
  aliasesOf,
  assetWordsOf,
  type Compiler,
  type LoaderContext,
  type NativeBuildContext,
} from './webpack-compiler.ts'
import { type Emitted, emitFrom } from './webpack-emit.ts'
import { bringFiles } from './webpack-files.ts'

const NAME = 'unplugin-generate-images'

/** Their own hooks for a host. */
export function webpackHooks(host: Host, options: Options): Partial<UnpluginOptions> {
  const build = createPatientBuild(host)
  // A child of a compiler has none.
  const emitted = new WeakMap<Compiler, Emitted>()

  const apply = (compiler: Compiler) => {
    const disk = compiler.outputFileSystem
    const configure = (use: 'dev' | 'build') =>
      host.configure({
        root: findRoot(compiler.context, process.cwd()),
        use,
        idsAreFiles: true,
        alias: aliasesOf(compiler),
        logger: loggerOf(compiler),
        placer: async (project) => {
          const { createBuildPlacer } = await import('./begin.ts')
          return createBuildPlacer(project)
        },
      })
    configure('build')
    // A dev server watches, and keeps the output in memory, unless it is Next's.
    compiler.hooks.watchRun.tap(NAME, () => {
      const isServed = compiler.outputFileSystem !== disk || isInNext(compiler)
      configure(isServed ? 'dev' : 'build')
    })
    compiler.options.module.rules.push(webpackRule(assetWordsOf(compiler)))
    emitted.set(compiler, bringFiles(compiler))
    separateCaches(compiler, options)
    compiler.hooks.normalModuleFactory.tap(NAME, ({ hooks }) => {
      // Before a `!` in a prompt is taken for the end of a loader's name.
      hooks.beforeResolve.tapPromise(NAME, async (data) => {
        const { issuer } = data.contextInfo
        if (!GENERATE.test(data.request) || issuer === '') return
        if (!STYLESHEETS.test(issuer)) data.request = host.resolve(data.request, issuer) ?? data.request
        else
          data.request = await withFresh(compiler, (take) =>
            build.address(data.request, issuer, take, () => {}),
          )
      })
    })
    // A build that ends without a compilation still waits for what is paid for.
    compiler.hooks.failed.tap(NAME, () => void host.end())
  }

  return {
    async buildStart() {
      await build.begin()
      const { compilation } = this.getNativeBuildContext!() as unknown as NativeBuildContext
      for (const error of build.untold()) compilation.errors.push(toCompilationError(error))
      for (const file of await host.decidedBy())
        compilation[existsSync(file) ? 'fileDependencies' : 'missingDependencies'].add(file)
    },
    transform: {
      filter: { id: { include: STYLESHEETS, exclude: NO_STYLESHEETS } },
      async handler(text, id) {
        const { compilation, loaderContext } = this.getNativeBuildContext!() as unknown as NativeBuildContext
        const { code, failed, errors } = await build.writeOut(text, id, followIn(loaderContext))
        for (const error of errors) compilation.errors.push(toCompilationError(error))
        if (failed) loaderContext.cacheable(false)
        return code
      },
    },
    load: {
      filter: { id: OUR_IDS },
      async handler(id) {
        const context = this.getNativeBuildContext!() as unknown as NativeBuildContext
        const { compiler, compilation, loaderContext } = context
        const words = assetWordsOf(compiler)
        const follow = followIn(loaderContext)
        const { code, failed, errors } = await withFresh(compiler, (take) => {
          const takeOrEmit: TakeFile = (file, as) => {
            if (!isFinished(file)) return take(file, as)
            loaderContext.addDependency(file.file)
            return emitFrom(context, words, file, emitted.get(compiler))
          }
          return build.load(id, takeOrEmit, follow)
        })
        for (const error of errors) compilation.errors.push(toCompilationError(error))
        if (failed) loaderContext.cacheable(false)
        return code
      },
    },
    webpack: (compiler) => apply(compiler as unknown as Compiler),
    rspack: (compiler) => apply(compiler as unknown as Compiler),
  }
}

// A watcher takes a file that it is told to be there, and is not, for one that was removed.
function followIn(context: LoaderContext): Follow {
  return (file) => context[existsSync(file) ? 'addDependency' : 'addMissingDependency'](file)
}

// A file that was looked for in a cache of an earlier process, and only now made, is remembered as absent.
async function withFresh<T>(
  { inputFileSystem }: Pick<Compiler, 'inputFileSystem'>,
  work: (take: TakeFile) => Promise<T>,
): Promise<T> {
  const made: string[] = []
  const done = await work((file) => {
    if (file.fresh) made.push(file.file)
    return takeFile.webpack(file)
  })
  if (made.length > 0) inputFileSystem?.purge?.(made)
  return done
}

function loggerOf(compiler: Compiler): Logger {
  const logger = compiler.getInfrastructureLogger(NAME)
  const quiet = [false, 'none', 'error', 'warn'].includes(
    compiler.options.infrastructureLogging?.level ?? 'info',
  )
  return { info: (line) => logger.info(line), warn: (line) => logger.warn(line), named: true, quiet }
}

// An error with a file of its own, and not with the module that happens to be built: both print its place first.
function toCompilationError(error: Error): Error {
  const place = placeOf(error)
  const shown = Object.assign(new Error(error.message, { cause: error }), { hideStack: true })
  if (place === undefined) return shown
  const start = { line: place.line, column: place.column - 1 }
  return Object.assign(shown, { file: place.file, loc: { start } })
}

// What a module follows from is told file by file; the options of the plugin stand in no file that is known here.
function separateCaches({ options: { cache } }: Compiler, { provider: _, ...options }: Options): void {
  if (typeof cache !== 'object' || cache === null) return
  const { type, version = '' } = cache as { type?: string; version?: string }
  if (type !== 'filesystem' && type !== 'persistent') return
  const digest = createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 16)
  Object.assign(cache, { version: `${version}|${NAME}:${digest}` })
}
