// What the plugins for all bundlers share. Each entry hands over the hooks of its own bundler, and loads no others.
import type { UnpluginFactory, UnpluginOptions } from 'unplugin'
import type { Options } from '../config/options.ts'
import { createHost, type Host } from './host.ts'
import { OURS } from './specifiers.ts'

type Hooks = Partial<UnpluginOptions>

/** The hooks of one bundler for a person's options. */
export type HooksOf = (options: Options) => Hooks

export const NAME = 'unplugin-generate-images'

/** The plugin of a bundler. */
export function pluginOf(hooksOf: HooksOf): UnpluginFactory<Options | undefined, false> {
  return (options = {}) => ({ name: NAME, enforce: 'pre', ...hooksOf(options) })
}

/**
 * The plugin of a bundler whose own hooks these are, and which keeps to filters by itself: what unplugin would make of
 * them, without the loading of it.
 */
export function pluginFor<P>(
  key: 'vite' | 'rollup' | 'rolldown' | 'esbuild' | 'farm',
  hooksOf: HooksOf,
): (options?: Options) => P {
  return (options = {}) => {
    const { [key]: own, ...shared } = hooksOf(options)
    // esbuild refuses words that it does not know.
    return { name: NAME, ...(key === 'esbuild' ? {} : { enforce: 'pre' }), ...shared, ...own } as P
  }
}

/** Hooks of a bundler with one host for all its builds. */
export function hosted(hooks: (host: Host, options: Options) => Hooks): HooksOf {
  return (options) => {
    const host = createHost(options)
    return { buildEnd: () => host.end(), ...hooks(host, options) }
  }
}

/** How those bundlers map a specifier whose plugins do it as Rollup's do. */
export function resolveIdOf(host: Host): NonNullable<UnpluginOptions['resolveId']> {
  return {
    filter: { id: OURS },
    handler(id, importer, options: { isEntry: boolean; scan?: boolean }) {
      // Vite's search for dependencies reads the file behind a path by itself; an id that is no path it leaves alone.
      return options.scan === true ? `\0${id}` : host.resolve(id, importer)
    },
  }
}
