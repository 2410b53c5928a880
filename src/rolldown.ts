import type { Plugin } from 'rolldown'
import { hosted, pluginFor } from './plugin/factory.ts'
import { rolldownHooks } from './plugin/rollup-hooks.ts'

/** The plugin for Rolldown 1. */
export default pluginFor<Plugin>('rolldown', hosted(rolldownHooks))
