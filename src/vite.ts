import type { Plugin } from 'vite'
import { hosted, pluginFor } from './plugin/factory.ts'
import { viteHooks } from './plugin/vite-hooks.ts'

/** The plugin for Vite 7 and 8. */
export default pluginFor<Plugin>(
  'vite',
  hosted((host) => viteHooks(host)),
)
