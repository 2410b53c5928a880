import type { Plugin } from 'vite'
import type { Options } from '../config/options.ts'
import { hosted, NAME, pluginFor } from './factory.ts'
import { viteHooks } from './vite-hooks.ts'

/** What Astro gives an integration at the start, as far as it is used here. */
interface Setup {
  readonly command: 'dev' | 'build' | 'preview' | 'sync'
  updateConfig(config: { vite: { plugins: Plugin[] } }): unknown
}

/** An integration of Astro, by its own shape: a project without Astro reads these types as well. */
export interface Integration {
  readonly name: string
  readonly hooks: { 'astro:config:setup'(setup: Setup): void }
}

const createPlugin = pluginFor<Plugin>('vite', hosted(viteHooks))

/** An integration for a person's options. */
export function integration(options: Options = {}): Integration {
  return {
    name: NAME,
    hooks: {
      'astro:config:setup'({ command, updateConfig }) {
        const plugin = createPlugin(options)
        // Before it builds, Astro reads the content of a site by a server, where nothing is shown and nothing is to be said.
        updateConfig({ vite: { plugins: [command === 'build' ? { ...plugin, apply: 'build' } : plugin] } })
      },
    },
  }
}
