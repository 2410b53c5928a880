// Rollup and Rolldown: no root but the working folder, no assets but those that plugins emit, a logger in each hook.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import { createBuildHooks, type WatchingContext } from './build-hooks.ts'
import { resolveIdOf } from './factory.ts'
import type { Host } from './host.ts'
import { OUR_IDS } from './ids.ts'
import { mayBePublished } from './may-be-published.ts'
import { type Bundle, createStandIns, type Output } from './stand-ins.ts'
import { type TakeFile, takeFile } from './take-file.ts'

interface BuildContext extends WatchingContext {
  info(message: string): void
  warn(message: string): void
  emitFile(file: {
    type: 'asset'
    name: string
    originalFileName: string
    source: string | Uint8Array
  }): string
}

/** Their own hooks for a host. */
export const rollupHooks = (host: Host): Partial<UnpluginOptions> => hooksOf(host, 'rollup')
export const rolldownHooks = (host: Host): Partial<UnpluginOptions> => hooksOf(host, 'rolldown')

function hooksOf(host: Host, key: 'rollup' | 'rolldown'): Partial<UnpluginOptions> {
  const { begin, follow } = createBuildHooks(host)
  // What they build is often a package, and npm leaves out the second name of a file that two outputs share.
  const standIns = createStandIns((folder) => (mayBePublished(folder) ? 'copy' : 'link'))
  const takeIn =
    (context: BuildContext): TakeFile =>
    async ({ file, sha256, bytes }) => {
      if (sha256 !== undefined && bytes !== undefined)
        return takeFile.rollup(standIns.emit(context, { file, sha256, bytes }))
      const source = await readFile(file)
      return takeFile.rollup(
        context.emitFile({ type: 'asset', name: basename(file), originalFileName: file, source }),
      )
    }
  return {
    resolveId: resolveIdOf(host),
    load: {
      filter: { id: OUR_IDS },
      handler(id) {
        const context = this as unknown as BuildContext
        return host.load(id, takeIn(context), (file) => follow(context, file))
      },
    },
    [key]: {
      async buildStart(this: BuildContext, { cwd = process.cwd() }: { cwd?: string }) {
        host.configure({
          root: cwd,
          use: 'build',
          logger: { info: (line) => this.info(line), warn: (line) => this.warn(line), named: true },
          placer: async (project) => {
            const { createBuildPlacer } = await import('./begin.ts')
            return createBuildPlacer(project)
          },
        })
        await begin(this)
      },
      generateBundle: {
        order: 'pre',
        handler: (output: Output, bundle: Bundle, isWrite: boolean) =>
          standIns.generateBundle(output, bundle, isWrite),
      },
      writeBundle: {
        order: 'pre',
        sequential: true,
        handler: (output: Output) => standIns.writeBundle(output),
      },
    },
  }
}
