import { createRollupPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for Rollup 4. */
export default createRollupPlugin(factory)
