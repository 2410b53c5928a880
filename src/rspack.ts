import { createRspackPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for Rspack 2; in Rsbuild, under `tools.rspack.plugins`. */
export default createRspackPlugin(factory)
