import { createRollupPlugin } from 'unplugin'
import { hosted, pluginOf } from './plugin/factory.ts'
import { rollupHooks } from './plugin/rollup-hooks.ts'

/** The plugin for Rollup 4. */
export default createRollupPlugin(pluginOf(hosted(rollupHooks)))
