// Farm: paths relative to its root, a list of endings that are assets, modules that are updated one by one.
import { resolve } from 'node:path'
import type { Options } from '../config/options.ts'
import { createHost } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { createPatientBuild } from './patient-build.ts'
import { GENERATE } from './specifiers.ts'
import { farmEndings, takeFile } from './take-file.ts'

interface Config {
  readonly root: string
  readonly compilation: {
    readonly mode?: string
    readonly watch?: unknown
    readonly resolve?: { readonly alias?: Readonly<Record<string, string>> | readonly unknown[] }
  }
}
interface Context {
  addWatchFile(file: string, module: string): void
}

/** Farm's own hooks. */
export function farmHooks(options: Options): object {
  const host = createHost(options)
  const build = createPatientBuild(host)
  let root = process.cwd()
  return {
    config: () => ({ compilation: { assets: { include: farmEndings } } }),
    configResolved(config: Config) {
      root = config.root
      const alias = config.compilation.resolve?.alias ?? {}
      host.configure({
        root,
        use: 'build',
        alias: Array.isArray(alias) ? {} : (alias as Readonly<Record<string, string>>),
        logger: { info: () => {}, warn: () => {} },
        placer: async (project) => {
          const { createBuildPlacer } = await import('./place-in-build.ts')
          return createBuildPlacer(project, takeFile.farm)
        },
      })
    },
    buildStart: { executor: () => build.begin() },
    resolve: {
      filters: { sources: [GENERATE.source], importers: ['.*'] },
      async executor({ source, importer }: { source: string; importer?: string | null }) {
        if (importer === undefined || importer === null) return null
        const id = host.resolve(source, resolve(root, importer))
        if (id === undefined) return null
        return { resolvedPath: id, query: [], sideEffects: false, external: false, meta: {} }
      },
    },
    load: {
      filters: { resolvedPaths: [OUR_IDS.source] },
      async executor({ resolvedPath }: { resolvedPath: string }, context: Context) {
        const { code, errors } = await build.load(resolvedPath, (file) =>
          context.addWatchFile(file, resolvedPath),
        )
        if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n\n'))
        return { content: code, moduleType: 'js' }
      },
    },
    buildEnd: { executor: () => host.end() },
  }
}
