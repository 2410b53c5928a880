import { createEsbuildPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for esbuild. */
export default createEsbuildPlugin(factory)
