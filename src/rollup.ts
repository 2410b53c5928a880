import type { Plugin } from 'rollup'
import { hosted, pluginFor } from './plugin/factory.ts'
import { rollupHooks } from './plugin/rollup-hooks.ts'

/** The plugin for Rollup 4. */
export default pluginFor<Plugin>('rollup', hosted(rollupHooks))
