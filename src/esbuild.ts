import { createEsbuildPlugin } from 'unplugin'
import { esbuildHooks } from './plugin/esbuild-hooks.ts'
import { pluginOf } from './plugin/factory.ts'

/** The plugin for esbuild. */
export default createEsbuildPlugin(pluginOf(esbuildHooks))
