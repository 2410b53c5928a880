import { vitePluginFor } from './plugin/vite-plugin.ts'

/** The plugin for Vite 7 and 8. */
export default vitePluginFor()
