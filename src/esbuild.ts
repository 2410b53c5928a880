import type { Plugin } from 'esbuild'
import { esbuildHooks } from './plugin/esbuild-hooks.ts'
import { pluginFor } from './plugin/factory.ts'

/** The plugin for esbuild. */
export default pluginFor<Plugin>('esbuild', esbuildHooks)
