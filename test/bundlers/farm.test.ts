import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createBundleHandler, createCompiler, Logger, resolveConfig } from '@farmfe/core'
import generateImages from '../../src/farm.ts'
import { filesOf, type Wish } from './bundler.ts'
import { describeBundler } from './contract.ts'

const { resolve } = createRequire(import.meta.url)
const { version } = JSON.parse(
  readFileSync(join(resolve('@farmfe/core'), '../../../package.json'), 'utf8'),
) as { version: string }

class Collecting extends Logger {
  errors: string[] = []
  override info() {}
  override warn() {}
  override error(message: string | Error) {
    this.errors.push(String(message))
  }
}

async function configOf(
  wish: Wish,
  mode: 'development' | 'production',
  logger: Logger,
  plugins: readonly object[] = [],
) {
  const { root, base, names, cache } = wish
  const config = {
    root,
    configPath: undefined as never,
    clearScreen: false,
    // As its own command sets it to watch.
    server: { hmr: false },
    plugins: [generateImages(wish.plugin), ...plugins],
    compilation: {
      input: { ...wish.entries },
      output: {
        path: 'dist',
        clean: wish.clean === true,
        ...(base === undefined ? {} : { publicPath: base }),
        ...(names ? { assetsFilename: 'pictures/[resourceName].[contentHash].[ext]' } : {}),
      },
      persistentCache: cache ? { cacheDir: join(root, '.bundler-cache') } : false,
      presetEnv: false,
      minify: false,
      sourcemap: false,
    },
  }
  return resolveConfig(config as never, mode, logger, false)
}

describeBundler({
  name: 'Farm',
  version,
  lacks: ['name functions', 'server', 'rules'],
  async build(wish) {
    const logger = new Collecting()
    const config = await configOf(wish, 'production', logger)
    const compiler = await createCompiler(config, logger)
    try {
      if (wish.clean) compiler.removeOutputPathDir()
      await compiler.compile()
      if (wish.memory) return { errors: [], files: new Map(Object.entries(compiler.resources())) }
      compiler.writeResourcesToDisk()
      return { errors: logger.errors, files: await filesOf(join(wish.root, 'dist')) }
    } catch (error) {
      return { errors: [(error as Error).message], files: new Map() }
    }
  },
  async watch(wish) {
    const logger = new Collecting()
    let builds = 0
    const anew = {
      async executor() {
        logger.errors = []
        builds += 1
      },
    }
    const teller = { name: 'teller', priority: 1000, buildStart: anew, updateModules: anew }
    const config = await configOf(wish, 'development', logger, [teller])
    // What a plugin says while a build goes on stands on the terminal, beside what Farm says.
    const print = process.stderr.write
    process.stderr.write = (text: string | Uint8Array) => logger.errors.push(String(text)) > 0
    const watcher = await createBundleHandler(config, logger, true)
    await new Promise((done) => watcher.getInternalWatcher().once('ready', done))
    return {
      get errors() {
        return logger.errors.filter((line) => !line.startsWith('[generate-images]'))
      },
      get builds() {
        return builds
      },
      close: async () => {
        process.stderr.write = print
        await watcher.getInternalWatcher().close()
        watcher.close()
      },
    }
  },
})
