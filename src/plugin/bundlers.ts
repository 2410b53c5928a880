// Each bundler and its hooks, for the plugin that serves them all.
import type { UnpluginFactory } from 'unplugin'
import type { Options } from '../config/options.ts'
import { esbuildHooks } from './esbuild-hooks.ts'
import { type HooksOf, hosted, NAME, pluginOf } from './factory.ts'
import { farmHooks } from './farm-hooks.ts'
import { rolldownHooks, rollupHooks } from './rollup-hooks.ts'
import { viteHooks } from './vite-hooks.ts'
import { webpackHooks } from './webpack-hooks.ts'

const BUNDLERS: Readonly<Record<string, HooksOf>> = {
  vite: hosted((host) => viteHooks(host)),
  rollup: hosted(rollupHooks),
  rolldown: hosted(rolldownHooks),
  webpack: hosted(webpackHooks),
  rspack: hosted(webpackHooks),
  esbuild: esbuildHooks,
  farm: farmHooks,
}

/** The plugin for whichever bundler asks. */
export const factory: UnpluginFactory<Options | undefined, false> = (options, meta) => {
  const hooksOf = BUNDLERS[meta.framework]
  if (hooksOf === undefined) throw new Error(`${NAME} has no hooks for ${meta.framework}`)
  return pluginOf(hooksOf)(options, meta)
}
