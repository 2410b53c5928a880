// From options, configuration file and environment to settings: every default filled in, once, at the edge.
import { statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { createError, throwAll } from '../errors/index.ts'
import { checkOptions } from './check-options.ts'
import { chooseMode } from './choose-mode.ts'
import { findConfigFile, loadConfigFile } from './config-file.ts'
import { readEnvironment } from './environment.ts'
import { mergeOptions } from './merge-options.ts'
import { tidyPath } from './option-schemas.ts'
import type { Options } from './options.ts'
import { chooseProvider } from './provider.ts'
import { BUILTIN, type Settings, type Surroundings } from './settings.ts'

/** Resolves options; those given win over those of the configuration file. Throws every mistake at once. */
export async function resolveOptions(given: Options, around: Surroundings): Promise<Settings> {
  const { options, root, file } = await readOptions(given, around)
  const { environment, errors } = readEnvironment(root, around.environment)
  const { provider, errors: providerErrors } = chooseProvider(options.provider, environment)
  throwAll([...errors, ...providerErrors])
  const types = options.types ?? 'generate-images.d.ts'
  return {
    root,
    configFile: file,
    use: around.use,
    ...chooseMode(options.mode, provider, environment.CI, around.use),
    provider,
    budget: { images: limit(options.budget?.images ?? 50), usd: limit(options.budget?.usd ?? 5) },
    builtin: BUILTIN,
    defaults: options.defaults ?? {},
    styles: options.styles ?? {},
    models: options.models ?? {},
    prices: options.prices ?? {},
    folder: tidyPath(options.folder ?? 'generated-images'),
    cacheDir: join(root, 'node_modules', '.cache', 'unplugin-generate-images'),
    include: options.include,
    exclude: options.exclude ?? [],
    alias: { ...around.alias, ...options.alias },
    types: types === false ? undefined : join(root, types),
    provenance: options.provenance ?? true,
    stale: options.stale ?? 'warn',
  }
}

/** The options of the file and those given, checked and merged, and the root that they come to. */
async function readOptions(
  given: Options,
  around: Surroundings,
): Promise<{ options: Options; root: string; file: string | undefined }> {
  const givenErrors = checkOptions(given, around.from ?? 'plugin options')
  const start = resolve(around.root, typeof given?.root === 'string' ? given.root : '.')
  const file =
    around.configFile === undefined ? findConfigFile(start) : resolve(around.root, around.configFile)
  const shown = file === undefined ? '' : relative(start, file).replaceAll('\\', '/')
  const fromFile = file === undefined ? {} : await loadConfigFile(file, shown)
  throwAll([...(file === undefined ? [] : checkOptions(fromFile, shown)), ...givenErrors])

  const inFile = fromFile as Options
  const fromRoot = file !== undefined && given.root === undefined && inFile.root !== undefined
  const root = fromRoot ? resolve(dirname(file), inFile.root!) : start
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const found = `${JSON.stringify(given.root ?? inFile.root ?? root)}, where there is no folder`
    const places = fromRoot ? [{ file: shown }] : []
    throw createError('BAD_OPTION', { option: 'root', found, allowed: "the project's folder" }, { places })
  }
  return { options: mergeOptions(inFile, given), root, file }
}

function limit(value: number | 'none'): number {
  return value === 'none' ? Number.POSITIVE_INFINITY : value
}
