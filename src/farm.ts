import { createFarmPlugin } from 'unplugin'
import { pluginOf } from './plugin/factory.ts'
import { farmHooks } from './plugin/farm-hooks.ts'

/** The plugin for Farm 1. */
export default createFarmPlugin(pluginOf(farmHooks))
