import { createRolldownPlugin } from 'unplugin'
import { factory } from './plugin/factory.ts'

/** The plugin for Rolldown 1. */
export default createRolldownPlugin(factory)
