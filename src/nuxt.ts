import type { Plugin } from 'vite'
import type { Options } from './config/options.ts'
import { NAME } from './plugin/factory.ts'
import type { ServedFiles } from './plugin/place-in-dev.ts'
import { vitePluginFor } from './plugin/vite-plugin.ts'

/** What a module is told of Nuxt, as far as it is used here. */
interface Nuxt {
  readonly options: { readonly rootDir: string; readonly generateImages?: Options }
  hook(name: 'vite:extendConfig', work: (config: { plugins?: unknown[] }) => void): unknown
}

/**
 * The module for Nuxt 4 with Vite, its default bundler. It adds the plugin to every build and dev server of Nuxt's; options
 * are those given beside it in `modules`, over `generateImages` in `nuxt.config.ts`.
 */
export default function generateImagesModule(options: Options | undefined, nuxt: Nuxt): void {
  const { rootDir, generateImages: own } = nuxt.options
  // A dev server of Nuxt is two of Vite: pages of the one have addresses that the other answers.
  const served: ServedFiles = new Map()
  const generateImages = vitePluginFor(served)
  nuxt.hook('vite:extendConfig', (config) => {
    config.plugins ??= []
    // Called for browsers and for the server, whose configurations may be one.
    if (config.plugins.some((plugin) => (plugin as Plugin | undefined)?.name === NAME)) return
    // One for each, as each begins and ends by itself.
    config.plugins.push(notAhead, generateImages({ root: rootDir, ...own, ...options }))
  })
}

/**
 * Takes our files from the list of what modules use, by which Nuxt tells browsers what to fetch ahead: they would fetch
 * every width in every format.
 */
const notAhead: Plugin = {
  name: `${NAME}:not-ahead`,
  enforce: 'pre',
  generateBundle: {
    order: 'pre',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        const used = chunk.type === 'chunk' ? chunk.viteMetadata?.importedAssets : undefined
        for (const name of used ?? []) {
          const asset = bundle[name]
          if (asset?.type === 'asset' && asset.originalFileNames.some((file) => OURS.test(file)))
            used?.delete(name)
        }
      }
    },
  },
}

// In the cache.
const OURS = /[\\/]unplugin-generate-images[\\/]/
