// Rollup and Rolldown: no root but the working folder, no assets but those that plugins emit, a logger in each hook.
import type { UnpluginOptions } from 'unplugin'
import { createBuildHooks, type WatchingContext } from './build-hooks.ts'
import type { Host } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { type Emitter, takeFile } from './take-file.ts'

interface BuildContext extends WatchingContext, Emitter {
  info(message: string): void
  warn(message: string): void
}

/** Their own hooks for a host. */
export function rollupHooks(host: Host, key: 'rollup' | 'rolldown'): Partial<UnpluginOptions> {
  const { begin, follow } = createBuildHooks(host)
  return {
    load: {
      filter: { id: OUR_IDS },
      handler(id) {
        return host.load(id, (file) => follow(this as unknown as BuildContext, file))
      },
    },
    [key]: {
      async buildStart(this: BuildContext, { cwd = process.cwd() }: { cwd?: string }) {
        host.configure({
          root: cwd,
          use: 'build',
          logger: { info: (line) => this.info(line), warn: (line) => this.warn(line), named: true },
          placer: async (project) => {
            const { createBuildPlacer } = await import('./place-in-build.ts')
            return createBuildPlacer(project, takeFile.rollup(this))
          },
        })
        await begin(this)
      },
    },
  }
}
