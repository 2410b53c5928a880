// From options, configuration file and environment to settings: every default filled in, once, at the edge.
import { statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { createRedactor } from '../api/redact.ts'
import { cleanError, createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Limits } from '../pipeline/budget.ts'
import { chooseMode } from './choose-mode.ts'
import { findConfigFile, loadConfigFile } from './config-file.ts'
import { keysIn, readEnvironment } from './environment.ts'
import { mergeOptions } from './merge-options.ts'
import type { BudgetOptions, Options } from './options.ts'
import { chooseProvider } from './provider.ts'
import { BUILTIN, type Settings, type Surroundings } from './settings.ts'
import { tidyPath } from './tidy-path.ts'

/**
 * Resolves options; those given win over those of the configuration file. Throws every mistake at once, and no key with
 * them, should a configuration file that fails have one in its words.
 */
export async function resolveOptions(given: Options, around: Surroundings): Promise<Settings> {
  return resolveAll(given, around).catch((error: unknown) => {
    const { environment } = readEnvironment(around.root, around.environment)
    // Nobody has checked it yet.
    const own: unknown = Object(given?.provider).apiKey
    const keys = [...keysIn(environment), ...(typeof own === 'string' ? [own] : [])]
    throw cleanError(error, createRedactor(keys).text)
  })
}

async function resolveAll(given: Options, around: Surroundings): Promise<Settings> {
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
    budget: resolveBudget(options.budget),
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
    site: options.site === undefined ? undefined : options.site.replace(/\/*$/, '/'),
  }
}

/** The options of the file and those given, checked and merged, and the root that they come to. */
async function readOptions(
  given: Options,
  around: Surroundings,
): Promise<{ options: Options; root: string; file: string | undefined }> {
  const givenErrors = await mistakesIn(given, around.from ?? 'plugin options')
  const start = resolve(around.root, typeof given?.root === 'string' ? given.root : '.')
  const file =
    around.configFile === undefined ? findConfigFile(start) : resolve(around.root, around.configFile)
  const shown = file === undefined ? '' : relative(start, file).replaceAll('\\', '/')
  const fromFile = file === undefined ? {} : await loadConfigFile(file, shown)
  throwAll([...(file === undefined ? [] : await mistakesIn(fromFile, shown)), ...givenErrors])

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

// Most builds give none, and the table of options takes longer to load than they take to plan.
async function mistakesIn(options: unknown, from: string): Promise<GenerateImagesError[]> {
  if (options?.constructor === Object && Object.keys(options).length === 0) return []
  const { checkOptions } = await import('./check-options.ts')
  return checkOptions(options, from)
}

// A day's limits follow those of a run, so that whoever raises these for a big run need not think of the others.
const RUNS_A_DAY = 4

function resolveBudget({ images = 50, usd = 5, perDay = {} }: BudgetOptions = {}): Limits {
  const run = { images: limit(images), usd: limit(usd) }
  const day = {
    images: limit(perDay.images ?? RUNS_A_DAY * run.images),
    usd: limit(perDay.usd ?? RUNS_A_DAY * run.usd),
  }
  return { ...run, perDay: day }
}

function limit(value: number | 'none'): number {
  return value === 'none' ? Number.POSITIVE_INFINITY : value
}
