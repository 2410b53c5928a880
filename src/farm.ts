import { createFarmPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for Farm 1. */
export default createFarmPlugin(factory)
