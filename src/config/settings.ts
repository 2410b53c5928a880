import type { PriceOverride } from '../api/prices.ts'
import type { Limits } from '../pipeline/budget.ts'
import type { FileSelection } from '../scan/find-files.ts'
import type { Fields } from '../spec/fields.ts'
import type { ModelRow } from '../spec/model-row.ts'
import type { CompleteDefaults } from '../spec/resolve.ts'
import type { Environment } from './environment.ts'
import type { Mode } from './options.ts'
import type { Provider } from './provider.ts'

/** The options with every default filled in. */
export interface Settings {
  /** Absolute. */
  readonly root: string
  /** Absolute; `undefined`: there is none. */
  readonly configFile: string | undefined
  readonly use: Surroundings['use']
  readonly mode: Mode
  /** Why the mode is what it is, as the end of "… because": for messages. */
  readonly modeReason: string
  readonly provider: Provider
  /** `Infinity` where there is no limit. */
  readonly budget: Limits
  readonly builtin: CompleteDefaults
  readonly defaults: Fields
  readonly styles: Readonly<Record<string, string>>
  readonly models: Readonly<Record<string, ModelRow>>
  readonly prices: Readonly<Record<string, PriceOverride>>
  /** From the root, forward slashes. */
  readonly folder: string
  /** Absolute. */
  readonly cacheDir: string
  readonly include: readonly string[] | undefined
  readonly exclude: readonly string[]
  readonly alias: Readonly<Record<string, string>>
  /** Absolute; `undefined`: the types are not written. */
  readonly types: string | undefined
  readonly provenance: boolean
  readonly stale: 'warn' | 'error'
  /** The site's own address, which ends with a slash; `undefined`: not known. */
  readonly site: string | undefined
}

/** What surrounds the options. */
export interface Surroundings {
  /** Absolute: the root, where no option names one, and what a named configuration file is found from. */
  readonly root: string
  /** Whether this is a dev server, a build, a person's own command or program, or Markdown that no bundler of ours compiles. */
  readonly use: 'dev' | 'build' | 'command' | 'text'
  /** What the given options come from, for messages; `plugin options` unless told. */
  readonly from?: string | undefined
  /** A configuration file by name; otherwise it is looked for in the root. */
  readonly configFile?: string | undefined
  /** The host's aliases, under those of the options. */
  readonly alias?: Readonly<Record<string, string>> | undefined
  /** The process's variables; those of .env files are read here. */
  readonly environment?: Environment | undefined
}

/** Which files of a project are scanned. */
export function selectionOf({ include, exclude, folder }: Settings): FileSelection {
  return { include, exclude: [...exclude, folder] }
}

/** What is sent and shown where nobody says otherwise. */
export const BUILTIN: CompleteDefaults = {
  model: 'gpt-image-2',
  size: '1024x1024',
  quality: 'medium',
  widths: [480, 960, 1440],
  formats: ['avif', 'webp'],
  fit: 'cover',
  position: 'attention',
  placeholder: false,
  as: 'url',
}
