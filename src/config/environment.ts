// The only reader of the environment: variables and .env files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createError, type GenerateImagesError } from '../errors/index.ts'

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The .env files that are read, the later over the earlier; the process's own variables win over all. */
export const ENV_FILES = ['.env', '.env.local'] as const

/** The variables that are read, for the README. */
export const VARIABLES = {
  GENERATE_IMAGES_BASE_URL: 'The address before /images/generations.',
  GENERATE_IMAGES_API_KEY: 'The key for that address; for CometAPI where no address is set.',
  COMETAPI_KEY: "CometAPI's key; it is sent to https://api.cometapi.com alone.",
  OPENAI_API_KEY: "OpenAI's key; it is sent to https://api.openai.com alone.",
  CI: 'Set by CI services: the mode is `frozen` unless told otherwise.',
} as const

const KEYS = ['GENERATE_IMAGES_API_KEY', 'COMETAPI_KEY', 'OPENAI_API_KEY'] as const
const PUBLIC_PREFIX = /^(VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC)_/

/** Whether a dev server says that it is one, as they all do. */
export const isDevelopment = (own: Environment = process.env) => own.NODE_ENV === 'development'

/** The keys of an environment, whichever of them is used. */
export function keysIn(environment: Environment): string[] {
  return KEYS.map((name) => environment[name]?.trim() ?? '')
}

/** Where some variables come from. */
interface Source {
  /** The .env file; `undefined` for the process. */
  readonly file: string | undefined
  readonly variables: Environment
}

/** Reads the variables of the process and of the .env files in `root`; a mistake for each key with a public name. */
export function readEnvironment(
  root: string,
  own: Environment = process.env,
): { environment: Environment; errors: GenerateImagesError[] } {
  const errors: GenerateImagesError[] = []
  const files = ENV_FILES.map((file): Source => ({ file, variables: readEnvFile(root, file, errors) }))
  const sources: Source[] = [...files, { file: undefined, variables: own }]
  const environment: Environment = Object.assign({}, ...sources.map(({ variables }) => variables))
  return { environment, errors: [...errors, ...sources.flatMap((source) => publicKeys(source, environment))] }
}

function readEnvFile(root: string, file: string, errors: GenerateImagesError[]): Environment {
  try {
    return parseEnv(readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, '')) as Environment
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    if (code !== 'ENOENT')
      errors.push(
        createError(
          'CONFIG_UNREADABLE',
          { file, problem: `reading it ends with ${code}`, there: true },
          { cause },
        ),
      )
    return {}
  }
}

// Bundlers copy such variables into pages: neither the name of a key nor its value may stand behind a public prefix, and
// no reference to one, which Vite follows.
function publicKeys({ file, variables }: Source, environment: Environment): GenerateImagesError[] {
  return Object.entries(variables).flatMap(([variable, value]) => {
    if (!PUBLIC_PREFIX.test(variable) || value === undefined || value === '') return []
    const bare = variable.replace(PUBLIC_PREFIX, '')
    const key =
      KEYS.find((name) => name === bare) ??
      KEYS.find((name) => environment[name] === value || new RegExp(`\\$\\{?${name}\\b`).test(value))
    if (key === undefined) return []
    return [createError('PUBLIC_KEY', { variable, key }, { places: file === undefined ? [] : [{ file }] })]
  })
}
