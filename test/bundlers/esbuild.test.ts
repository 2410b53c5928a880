import { join, relative } from 'node:path'
import {
  type BuildOptions,
  type BuildResult,
  context,
  build as esbuild,
  formatMessages,
  type Plugin,
  version,
} from 'esbuild'
import generateImages from '../../src/esbuild.ts'
import { filesOf, type Wish } from './bundler.ts'
import { describeBundler } from './contract.ts'

const optionsOf = (wish: Wish): BuildOptions => ({
  absWorkingDir: wish.root,
  entryPoints: { ...wish.entries },
  outdir: join(wish.root, 'dist'),
  bundle: true,
  format: 'esm',
  logLevel: 'silent',
  ...(wish.base === undefined ? {} : { publicPath: wish.base }),
  ...(wish.names ? { assetNames: 'pictures/[name].[hash]' } : {}),
  ...(wish.memory ? { write: false } : {}),
  ...(wish.rules
    ? { loader: { '.png': 'dataurl', '.webp': 'dataurl', '.avif': 'empty', '.jpg': 'base64' } }
    : {}),
  plugins: [generateImages(wish.plugin)],
})
const textOf = ({ errors }: Pick<BuildResult, 'errors'>) =>
  formatMessages([...errors], { kind: 'error', color: false })

describeBundler({
  name: 'esbuild',
  version,
  lacks: ['name functions', 'server', 'clean', 'cache'],
  async build(wish) {
    const dist = join(wish.root, 'dist')
    try {
      const { outputFiles = [] } = await esbuild(optionsOf(wish))
      const memory = outputFiles.map(({ path, contents }) => [relative(dist, path), contents] as const)
      return { errors: [], files: wish.memory ? new Map(memory) : await filesOf(dist) }
    } catch (error) {
      return { errors: await textOf(error as BuildResult), files: new Map() }
    }
  },
  async watch(wish) {
    let errors: string[] = []
    let builds = 0
    const teller: Plugin = {
      name: 'teller',
      setup: (build) =>
        build.onEnd(async (result) => {
          errors = await textOf(result)
          builds += 1
        }),
    }
    const options = optionsOf(wish)
    const running = await context({ ...options, plugins: [...options.plugins!, teller] })
    await running.watch()
    return {
      get errors() {
        return errors
      },
      get builds() {
        return builds
      },
      close: () => running.dispose(),
    }
  },
})
