import { createVitePlugin } from 'unplugin'
import { hosted, pluginOf } from './plugin/factory.ts'
import { viteHooks } from './plugin/vite-hooks.ts'

/** The plugin for Vite 7 and 8. */
export default createVitePlugin(pluginOf(hosted(viteHooks)))
