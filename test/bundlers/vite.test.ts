import { join } from 'node:path'
import type { InlineConfig, Rollup } from 'vite'
import generateImages from '../../src/vite.ts'
import { VITES } from '../vite/site.ts'
import { type Built, filesOf, type Wish } from './bundler.ts'
import { describeBundler } from './contract.ts'
import { nameOf } from './rollup-like.ts'

const configOf = (wish: Wish): InlineConfig => {
  const { root, base, names, server, memory, clean, rules } = wish
  const own = rules && {
    name: 'own',
    enforce: 'pre' as const,
    load: (id: string) => (/\/own\.png(\?|$)/.test(id) ? `export default 'own'` : null),
  }
  return {
    root,
    configFile: false,
    logLevel: 'silent',
    ...(base === undefined ? {} : { base }),
    plugins: [own, generateImages(wish.plugin)],
    build: {
      outDir: wish.out ?? 'dist',
      emptyOutDir: clean ?? false,
      write: !memory,
      minify: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      ssr: server ?? false,
      rollupOptions: {
        input: Object.fromEntries(
          Object.entries(wish.entries).map(([name, file]) => [name, join(root, file)]),
        ),
        output: {
          entryFileNames: '[name].js',
          ...(names === undefined
            ? {}
            : { assetFileNames: names === 'template' ? 'pictures/[name].[hash][extname]' : nameOf }),
        },
      },
    },
  }
}

const textOf = (error: Error & { loc?: object; frame?: string }): string =>
  [error.message, JSON.stringify(error.loc), error.frame].join('\n')

for (const [, load] of VITES) {
  const vite = await load()
  describeBundler({
    name: 'Vite',
    version: vite.version,
    lacks: ['cache'],
    async build(wish): Promise<Built> {
      try {
        const { output } = (await vite.build(configOf(wish))) as Rollup.RollupOutput
        if (!wish.memory) return { errors: [], files: await filesOf(join(wish.root, wish.out ?? 'dist')) }
        const files = output.map(
          (file) => [file.fileName, Buffer.from(file.type === 'asset' ? file.source : file.code)] as const,
        )
        return { errors: [], files: new Map(files) }
      } catch (error) {
        return { errors: [textOf(error as Error)], files: new Map() }
      }
    },
    async together(wishes, instances) {
      const [client, server] = wishes.map(configOf) as [InlineConfig, InlineConfig]
      if (instances === 'two') await Promise.all([vite.build(client), vite.build(server)])
      else {
        const builder = await vite.createBuilder({
          ...client,
          environments: { client: { build: client.build! }, ssr: { build: server.build! } },
          builder: {
            buildApp: async (app) => {
              await Promise.all(Object.values(app.environments).map((one) => app.build(one)))
            },
          },
        })
        await builder.buildApp()
      }
      const [first, second] = wishes.map(({ root, out = 'dist' }) => filesOf(join(root, out)))
      return [
        { errors: [], files: await first! },
        { errors: [], files: await second! },
      ]
    },
    async watch(wish) {
      const config = configOf(wish)
      const watcher = (await vite.build({
        ...config,
        build: { ...config.build, watch: { buildDelay: 20 } as never },
      })) as Rollup.RollupWatcher
      let errors: string[] = []
      let builds = 0
      watcher.on('event', (event) => {
        if (event.code === 'START') errors = []
        if (event.code === 'ERROR') errors = [textOf(event.error as Error)]
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
        close: () => watcher.close(),
      }
    },
  })
}
