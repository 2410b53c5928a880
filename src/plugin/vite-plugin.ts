import type { Plugin } from 'vite'
import { hosted, pluginFor } from './factory.ts'
import type { ServedFiles } from './place-in-dev.ts'
import { viteHooks } from './vite-hooks.ts'

/** What makes the plugin of Vite of a person's options. `others`: see `viteHooks`. */
export const vitePluginFor = (others?: ServedFiles) =>
  pluginFor<Plugin>(
    'vite',
    hosted((host) => viteHooks(host, others)),
  )
