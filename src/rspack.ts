import { createRspackPlugin } from 'unplugin'
import { hosted, pluginOf } from './plugin/factory.ts'
import { webpackHooks } from './plugin/webpack-hooks.ts'

/** The plugin for Rspack 2; in Rsbuild, under `tools.rspack.plugins`. */
export default createRspackPlugin(pluginOf(hosted(webpackHooks)))
