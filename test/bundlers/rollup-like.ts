// Rollup and Rolldown, which are configured alike.
import { join } from 'node:path'
import type {
  InputOptions,
  OutputOptions,
  RollupBuild,
  RollupError,
  RollupWatcher,
  watch as watchRollup,
} from 'rollup'
import { type Built, filesOf, type Watching, type Wish } from './bundler.ts'

/** What the two differ in. */
export interface Own {
  readonly run: (options: InputOptions) => Promise<RollupBuild>
  readonly watch: typeof watchRollup
  readonly plugin: (options: Wish['plugin']) => object
}

const NAMES = 'pictures/[name].[hash][extname]'

/** A function for names: it is told the name of the file, as for any other asset. */
export const nameOf = ({ names }: { names: readonly string[] }): string =>
  /^boat-\d+\.webp$/.test(names[0] ?? '') ? NAMES : `wrong/${NAMES}`

function optionsOf(wish: Wish, { plugin }: Own): { input: InputOptions; output: OutputOptions } {
  const { root, base, names, entries, rules } = wish
  // They have no public path of their own: a plugin says where files will be.
  const address = base !== undefined && {
    name: 'address',
    resolveFileUrl: ({ fileName }: { fileName: string }) => JSON.stringify(base + fileName),
  }
  const own = rules && {
    name: 'own',
    load: (id: string) => (/\.(png|webp|avif|jpe?g|svg)$/.test(id) ? `export default 'own'` : null),
  }
  const input = Object.entries(entries).map(([name, file]) => [name, join(root, file)])
  return {
    input: {
      input: Object.fromEntries(input),
      plugins: [address, own, plugin(wish.plugin) as never],
      onLog() {},
      ...({ cwd: root } as object),
    },
    output: {
      dir: join(root, 'dist'),
      entryFileNames: '[name].js',
      ...(names === undefined ? {} : { assetFileNames: names === 'template' ? NAMES : nameOf }),
    },
  }
}

// Rollup has no option for its root: it is the working folder.
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return await work()
  } finally {
    process.chdir(before)
  }
}

/** The error as their command lines print it. */
const textOf = (error: Pick<RollupError, 'message' | 'loc' | 'frame'>): string =>
  [error.message, JSON.stringify(error.loc), error.frame].join('\n')

/** One build. */
export async function build(wish: Wish, own: Own): Promise<Built> {
  const { input, output } = optionsOf(wish, own)
  return inFolder(wish.root, async () => {
    try {
      const bundle = await own.run(input)
      const written = await bundle[wish.memory ? 'generate' : 'write'](output)
      await bundle.close()
      if (!wish.memory) return { errors: [], files: await filesOf(join(wish.root, 'dist')) }
      const files = written.output.map(
        (file) => [file.fileName, Buffer.from(file.type === 'asset' ? file.source : file.code)] as const,
      )
      return { errors: [], files: new Map(files) }
    } catch (error) {
      return { errors: [textOf(error as Error)], files: new Map() }
    }
  })
}

/** A build that goes on. */
export async function watch(wish: Wish, own: Own): Promise<Watching> {
  const { input, output } = optionsOf(wish, own)
  const before = process.cwd()
  process.chdir(wish.root)
  const watcher: RollupWatcher = own.watch({
    ...input,
    output,
    watch: { buildDelay: 20, clearScreen: false },
  })
  let errors: string[] = []
  let builds = 0
  watcher.on('event', (event) => {
    if (event.code === 'START') errors = []
    if (event.code === 'ERROR') errors = [textOf(event.error)]
    if (event.code === 'BUNDLE_END' || event.code === 'ERROR') void event.result?.close()
    if (event.code === 'END' || event.code === 'ERROR') builds += 1
  })
  return {
    get errors() {
      return errors
    },
    get builds() {
      return builds
    },
    async close() {
      await watcher.close()
      process.chdir(before)
    },
  }
}
