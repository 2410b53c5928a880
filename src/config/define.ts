import type { Options } from './options.ts'

export type { Options }

/** Gives the options their types in a configuration file. */
export function defineConfig(options: Options): Options {
  return options
}
