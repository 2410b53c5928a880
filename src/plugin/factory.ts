// The plugin for all bundlers: the hooks that they share, and those that one has alone. Runs in no bundler's own words.
import type { UnpluginFactory } from 'unplugin'
import type { Options } from '../config/options.ts'
import { createHost } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { viteHooks } from './vite-hooks.ts'

// A specifier with the query word, or the address of one of our modules in a dev server.
const OURS = new RegExp(`[?&]generate(?:[&=]|$)|${OUR_IDS.source}`)

export const factory: UnpluginFactory<Options | undefined, false> = (options = {}) => {
  const host = createHost(options)
  return {
    name: 'unplugin-generate-images',
    enforce: 'pre',
    buildStart: () => host.begin(),
    resolveId: {
      filter: { id: OURS },
      handler(id, importer, options: { isEntry: boolean; scan?: boolean }) {
        // Vite's search for dependencies reads the file behind a path by itself; an id that is no path it leaves alone.
        return options.scan === true ? `\0${id}` : host.resolve(id, importer)
      },
    },
    load: {
      filter: { id: OUR_IDS },
      handler: (id) => host.load(id),
    },
    buildEnd: () => host.end(),
    vite: viteHooks(host),
  }
}
