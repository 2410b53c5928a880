// The flags of the command line, as data: parsing, help and the README come from here.
import { parseArgs } from 'node:util'
import { MODES } from '../config/options.ts'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { MOST_TAKES } from '../pipeline/redo.ts'
import { nearest } from '../spec/nearest.ts'
import { anyText, numberFrom, oneOf, Refused } from './flag-values.ts'

/** One flag: a switch, or one with a value. */
export interface FlagRow {
  readonly meaning: string
  readonly short?: string
  /** The name of its value in the help; a switch has none. */
  readonly value?: string
  readonly read?: (text: string) => unknown
}

/** Every flag, in the order of the help. */
export const FLAGS = {
  config: {
    value: 'FILE',
    read: anyText,
    meaning: 'the file of options; unless told generate-images.config.ts, .js, .mjs, .json',
  },
  mode: {
    value: 'MODE',
    read: oneOf(MODES),
    meaning: 'generate, frozen or draft; the last two ask for nothing',
  },
  provider: {
    value: 'emulator',
    read: oneOf(['emulator'], 'emulator; a real API is set by `provider` or GENERATE_IMAGES_BASE_URL'),
    meaning: 'ask the emulator inside this process: free pictures to try with',
  },
  filter: {
    value: 'GLOB',
    read: anyText,
    meaning: 'only pictures whose name matches; without a slash, the last part of the name',
  },
  'budget-images': {
    value: 'N',
    read: numberFrom(0, 1e6, { none: true }),
    meaning: 'most pictures to ask for in this run; 50 unless told, none for no limit',
  },
  'budget-usd': {
    value: 'N',
    read: numberFrom(0, 1e6, { whole: false, none: true }),
    meaning: 'most dollars to spend in this run; 5 unless told, none for no limit',
  },
  concurrency: { value: 'N', read: numberFrom(1, 64), meaning: 'requests under way at once; 5 unless told' },
  count: {
    value: 'N',
    short: 'n',
    read: numberFrom(1, MOST_TAKES),
    meaning: `new takes of each picture, up to ${MOST_TAKES}; 1 unless told`,
  },
  'dry-run': { meaning: 'look, and change nothing' },
  takes: { meaning: 'delete takes as well whose prompt is nowhere any more' },
  yes: { short: 'y', meaning: 'do not ask whether to go on' },
  port: {
    value: 'N',
    read: numberFrom(0, 65_535),
    meaning: 'the port to listen on; unless told 4010 (emulator) or 4011 (gallery)',
  },
  out: {
    value: 'PATH',
    read: anyText,
    meaning: 'the folder of export, or the file of a sheet of the gallery',
  },
  base: {
    value: 'URL',
    read: anyText,
    meaning: "what addresses begin with; unless told the folder's name: /pictures/",
  },
  hashed: { meaning: 'names of files that change with their content' },
  since: { value: 'COMMIT', read: anyText, meaning: 'what the sheet compares with; HEAD unless told' },
  latency: { value: 'MS', read: numberFrom(0, 600_000), meaning: 'milliseconds that each picture takes' },
  json: { meaning: 'standard output is JSON alone' },
  help: { short: 'h', meaning: 'this help' },
  version: { short: 'v', meaning: 'the version' },
} as const satisfies Record<string, FlagRow>

export type Flag = keyof typeof FLAGS

type ValueOf<F extends Flag> = (typeof FLAGS)[F] extends { read: (text: string) => infer V }
  ? Exclude<V, Refused>
  : true

/** A command line, taken apart. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly flags: { readonly [F in Flag]?: ValueOf<F> }
}

/** The words of a command line that are neither flags nor values, of unknown flags neither. */
export function wordsOf(argv: readonly string[]): string[] {
  const tokens = tokensOf(argv)
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1]
    const mayBeValue =
      before?.kind === 'option' && !Object.hasOwn(FLAGS, before.name) && before.value === undefined
    return token.kind === 'positional' && !mayBeValue ? [token.value] : []
  })
}

/** Parses a command line; all mistakes at once. `known` are the flags of the command. */
export function parseFlags(
  argv: readonly string[],
  known: readonly Flag[],
): { args: Arguments; errors: GenerateImagesError[] } {
  const errors: GenerateImagesError[] = []
  const flags: Partial<Record<Flag, unknown>> = {}
  for (const token of tokensOf(argv)) {
    if (token.kind !== 'option') continue
    const name = token.name as Flag
    if (!known.includes(name)) {
      errors.push(unknownFlag(token.rawName, known))
      continue
    }
    const row: FlagRow = FLAGS[name]
    const bad = (found: string, allowed: string, near: readonly string[] = []) =>
      errors.push(createError('BAD_OPTION', { option: `--${name}`, found, allowed, nearest: near }))
    if (flags[name] !== undefined) bad('given twice', `--${name} once`)
    flags[name] = true
    const { value = '' } = token
    if (row.read === undefined) {
      if (value !== '') bad(`given with the value "${value}"`, `--${name} without a value`)
    } else if (value === '') bad('given without a value', `--${name} ${row.value}`)
    else {
      const read = row.read(value)
      if (read instanceof Refused) bad(JSON.stringify(value), read.allowed, read.nearest)
      else flags[name] = read
    }
  }
  return { args: { positionals: wordsOf(argv), flags: flags as Arguments['flags'] }, errors }
}

function tokensOf(argv: readonly string[]) {
  const options = Object.entries<FlagRow>(FLAGS).map(([name, { read, short }]) => {
    const type: 'boolean' | 'string' = read === undefined ? 'boolean' : 'string'
    return [name, { type, ...(short === undefined ? {} : { short }) }] as const
  })
  // `--filter --json`: a flag is no value, and would else be taken for one.
  const args = argv.map((word, at) => {
    const row: FlagRow | undefined = FLAGS[word.replace(/^--/, '') as Flag]
    return word.startsWith('--') && row?.read !== undefined && argv[at + 1]?.startsWith('--')
      ? `${word}=`
      : word
  })
  return parseArgs({
    ...{ args, options: Object.fromEntries(options) },
    ...{ strict: false, allowPositionals: true, tokens: true },
  }).tokens
}

function unknownFlag(written: string, known: readonly Flag[]): GenerateImagesError {
  const allowed = known.map((flag) => `--${flag}`)
  return createError('UNKNOWN_OPTION', { option: written, nearest: nearest(written, allowed), allowed })
}
