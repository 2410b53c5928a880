// webpack and Rspack, which are configured alike.
import { join, relative } from 'node:path'
import type { Compiler, Configuration, MultiCompiler, Stats } from 'webpack'
import { type Built, filesOf, type Watching, type Wish } from './bundler.ts'
import { createMemoryDisk } from './memory-disk.ts'

type Run = (configuration: Configuration) => Compiler
type RunAll = (configurations: Configuration[]) => MultiCompiler

/** What the two differ in. */
export interface Own {
  readonly run: Run
  readonly plugin: (options: Wish['plugin']) => object
  /** The setting of a cache that outlives the process, in a folder. */
  readonly cache: (folder: string) => object
}

const NAMES = 'pictures/[name].[hash][ext]'
// It is told the file, as for any other asset.
const nameOf = ({ filename = '' }: { filename?: string }) =>
  /\/boat-\d+\.webp$/.test(filename) ? NAMES : `wrong/${NAMES}`

/** The configuration that a person would write. */
export const configurationOf = (wish: Wish, { plugin, cache }: Own): Configuration => {
  const { root, base, names, server, clean, rules } = wish
  return {
    mode: 'production',
    context: root,
    target: server ? 'node' : 'web',
    devtool: false,
    optimization: { minimize: false },
    infrastructureLogging: { level: 'error' },
    entry: Object.fromEntries(Object.entries(wish.entries)),
    output: {
      path: join(root, wish.out ?? 'dist'),
      filename: '[name].js',
      clean: clean ?? false,
      ...(base === undefined ? {} : { publicPath: base }),
      ...(names === undefined ? {} : { assetModuleFilename: names === 'template' ? NAMES : nameOf }),
    },
    experiments: { css: true },
    module: {
      rules: rules
        ? [
            { test: /\.(png|webp|avif)$/, use: [join(import.meta.dirname, 'own-loader.cjs')] },
            { test: /\.(jpe?g|svg)$/, type: 'asset/inline', generator: { dataUrl: () => 'data:,own' } },
          ]
        : [{ test: /\.css$/, type: 'css/auto' }],
      // The word of both for a build that refers to assets and leaves them to another.
      ...(server ? { generator: { asset: { emit: false } } } : {}),
    },
    ...(wish.cache ? (cache(join(root, '.bundler-cache')) as Configuration) : { cache: false }),
    plugins: [plugin(wish.plugin) as never],
  }
}

// With colours and paths as on a terminal, but for the colours.
const errorsOf = (error: Error | null, stats: Stats | undefined): string[] => [
  ...(error === null ? [] : [error.message]),
  ...(stats?.hasErrors() ? [stats.toString({ all: false, errors: true, colors: false })] : []),
]

/** One build, of a configuration that may be changed. */
export async function build(
  wish: Wish,
  own: Own,
  change: (configuration: Configuration) => Configuration = (configuration) => configuration,
): Promise<Built> {
  const compiler = own.run(change(configurationOf(wish, own)))
  const memory = wish.memory && createMemoryDisk()
  if (memory) compiler.outputFileSystem = memory.fs as never
  const errors = await new Promise<string[]>((resolve) =>
    compiler.run((error, stats) => resolve(errorsOf(error, stats))),
  )
  await new Promise((resolve) => compiler.close(resolve))
  const dist = join(wish.root, wish.out ?? 'dist')
  if (!memory) return { errors, files: await filesOf(dist) }
  return { errors, files: new Map([...memory.files].map(([file, bytes]) => [relative(dist, file), bytes])) }
}

/** Two compilers in one run. */
export async function together(
  wishes: readonly [Wish, Wish],
  instances: 'one' | 'two',
  own: Own,
): Promise<readonly [Built, Built]> {
  const configurations = wishes.map((wish) => configurationOf(wish, own))
  if (instances === 'one') configurations[1]!.plugins = configurations[0]!.plugins!
  const compiler = (own.run as unknown as RunAll)(configurations)
  const errors = await new Promise<string[][]>((resolve, reject) =>
    compiler.run((error, result) =>
      error === null ? resolve(result!.stats.map((stats) => errorsOf(null, stats))) : reject(error),
    ),
  )
  await new Promise((resolve) => compiler.close(resolve))
  const [first, second] = wishes.map(async ({ root, out = 'dist' }, index) => ({
    errors: errors[index]!,
    files: await filesOf(join(root, out)),
  }))
  return [await first!, await second!]
}

/** A build that goes on. */
export async function watch(wish: Wish, own: Own): Promise<Watching> {
  const compiler = own.run(configurationOf(wish, own))
  let errors: string[] = []
  let builds = 0
  const watching = compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
    errors = errorsOf(error, stats)
    builds += 1
  })
  return {
    get errors() {
      return errors
    },
    get builds() {
      return builds
    },
    close: () => new Promise((resolve) => watching!.close(() => compiler.close(() => resolve()))),
  }
}
