import { createRolldownPlugin } from 'unplugin'
import { hosted, pluginOf } from './plugin/factory.ts'
import { rolldownHooks } from './plugin/rollup-hooks.ts'

/** The plugin for Rolldown 1. */
export default createRolldownPlugin(pluginOf(hosted(rolldownHooks)))
