// The integration of Astro. Knows what Astro does with a site, and hands it the plugins that do the work.
import { fileURLToPath } from 'node:url'
import type { Options } from '../config/options.ts'
import { NAME } from '../plugin/factory.ts'
import { vitePluginFor } from '../plugin/vite-plugin.ts'
import type { MarkdownConfig, MarkdownSetup } from './markdown.ts'
import { pluginWithPlainErrors, withPlainErrors } from './plain-error.ts'

/** What Astro gives an integration at the start, as far as it is used here. */
interface Setup {
  readonly command: 'dev' | 'build' | 'preview' | 'sync'
  readonly config: { readonly root: URL; readonly markdown: MarkdownConfig }
  readonly logger: { warn(line: string): void }
  updateConfig(config: object): unknown
  addWatchFile(file: string): void
}

/** An integration of Astro, by its own shape: a project without Astro reads these types as well. */
export interface Integration {
  readonly name: string
  readonly hooks: {
    'astro:config:setup'(setup: Setup): Promise<void>
    'astro:build:start'(): Promise<void>
  }
}

const createPlugin = vitePluginFor()

/** An integration for a person's options. */
export function integration(options: Options = {}): Integration {
  let markdown: MarkdownSetup | undefined
  const setUp = async ({ command, config, logger, updateConfig, addWatchFile }: Setup) => {
    if (command === 'preview') return
    const plugin = pluginWithPlainErrors(createPlugin(options))
    // Before it builds, Astro reads the content of a site by a server, where nothing is shown and nothing is to be said.
    updateConfig({ vite: { plugins: [command === 'build' ? { ...plugin, apply: 'build' } : plugin] } })
    const { addToMarkdown, readMarkdown } = await import('./markdown.ts')
    const use = command === 'build' ? 'build' : 'dev'
    markdown = await readMarkdown(options, { root: fileURLToPath(config.root), use })
    addToMarkdown(config.markdown, markdown, { updateConfig, warn: (line) => logger.warn(line) })
    // Its dev server makes a text again that did not change when it starts anew alone, as it does for these.
    markdown.awaited.forEach(addWatchFile)
  }
  return {
    name: NAME,
    hooks: {
      'astro:config:setup': withPlainErrors(setUp),
      // By then all content has been read, and a page whose text has a mistake would be built without it.
      async 'astro:build:start'() {
        await markdown?.settled()
        const failure = markdown?.failure()
        if (failure !== undefined) throw failure
      },
    },
  }
}
