// The plugin for all bundlers: what they share, and the hooks of the one that is served. Runs in no bundler's own words.
import type { UnpluginFactory, UnpluginOptions } from 'unplugin'
import type { Options } from '../config/options.ts'
import { esbuildHooks } from './esbuild-hooks.ts'
import { farmHooks } from './farm-hooks.ts'
import { createHost, type Host } from './host.ts'
import { rollupHooks } from './rollup-hooks.ts'
import { OURS } from './specifiers.ts'
import { viteHooks } from './vite-hooks.ts'
import { webpackHooks } from './webpack-hooks.ts'

type Hooks = Partial<UnpluginOptions>

// Bundlers whose plugins map a specifier and load a module as Rollup's do, through unplugin.
const LIKE_ROLLUP: Readonly<Record<string, (host: Host, options: Options) => Hooks>> = {
  vite: viteHooks,
  rollup: (host) => rollupHooks(host, 'rollup'),
  rolldown: (host) => rollupHooks(host, 'rolldown'),
  webpack: webpackHooks,
  rspack: webpackHooks,
}
// Those that say more to a plugin than unplugin hands on.
const OWN: Readonly<Record<string, (options: Options) => Hooks>> = {
  esbuild: (options) => ({ esbuild: esbuildHooks(options) }),
  farm: (options) => ({ farm: farmHooks(options) }),
}

export const NAME = 'unplugin-generate-images'

export const factory: UnpluginFactory<Options | undefined, false> = (options = {}, { framework }) => {
  const own = OWN[framework]
  if (own !== undefined) return { name: NAME, enforce: 'pre', ...own(options) }
  const hooks = LIKE_ROLLUP[framework]
  if (hooks === undefined) throw new Error(`${NAME} has no hooks for ${framework}`)
  const host = createHost(options)
  return {
    name: NAME,
    enforce: 'pre',
    ...(framework === 'webpack' || framework === 'rspack' ? {} : { resolveId: resolveIdOf(host) }),
    buildEnd: () => host.end(),
    ...hooks(host, options),
  }
}

function resolveIdOf(host: Host): NonNullable<UnpluginOptions['resolveId']> {
  return {
    filter: { id: OURS },
    handler(id, importer, options: { isEntry: boolean; scan?: boolean }) {
      // Vite's search for dependencies reads the file behind a path by itself; an id that is no path it leaves alone.
      return options.scan === true ? `\0${id}` : host.resolve(id, importer)
    },
  }
}
