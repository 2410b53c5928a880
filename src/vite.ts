import { createVitePlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for Vite 7 and 8. */
export default createVitePlugin(factory)
