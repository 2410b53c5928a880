import type { JsPlugin } from '@farmfe/core'
import { pluginFor } from './plugin/factory.ts'
import { farmHooks } from './plugin/farm-hooks.ts'

/** The plugin for Farm 1. */
export default pluginFor<JsPlugin>('farm', farmHooks)
