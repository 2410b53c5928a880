import { createWebpackPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for webpack 5. */
export default createWebpackPlugin(factory)
