import { createWebpackPlugin } from 'unplugin'
import { hosted, pluginOf } from './plugin/factory.ts'
import { webpackHooks } from './plugin/webpack-hooks.ts'

/** The plugin for webpack 5. */
export default createWebpackPlugin(pluginOf(hosted(webpackHooks)))
