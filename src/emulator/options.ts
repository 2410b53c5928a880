import { createError, type ErrorParams, throwAll } from '../errors/index.ts'

/** Options of the emulator. */
export interface EmulatorOptions {
  /** The only key that is taken; unset, any key is. */
  readonly apiKey?: string
  /** Whose way of failing: OpenAI's (default), or CometAPI's, where `type` and some statuses differ. */
  readonly flavor?: 'openai' | 'cometapi'
  /** `scene` (default): a picture of real weight. `flat`: one colour, a few kilobytes, for tests that only count. */
  readonly picture?: 'scene' | 'flat'
  /** Milliseconds before each answer; 0 unless told. */
  readonly latencyMs?: number
  /** Pictures that are let through in a minute; above that: 429. Unset: no limit. */
  readonly imagesPerMinute?: number
  /** The clock, milliseconds since 1970; `Date.now` unless told. */
  readonly now?: () => number
}

/** Options of the emulator as a server. */
export interface ServerOptions extends EmulatorOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number
  /** A loopback address; `127.0.0.1` unless told. */
  readonly host?: string
}

/** The options with every default filled in. */
export type Settings = Required<Omit<EmulatorOptions, 'apiKey'>> & { readonly apiKey: string | undefined }

type Row = readonly [allowed: string, fits: (value: unknown) => boolean]

const oneOf = (...words: string[]): Row => [words.join(' or '), (value) => words.includes(value as string)]
const milliseconds: Row = ['milliseconds, 0 or more', (value) => Number.isFinite(value) && Number(value) >= 0]
const ROWS: Readonly<Record<keyof ServerOptions, Row>> = {
  apiKey: ['a text that is not empty', (value) => typeof value === 'string' && value !== ''],
  flavor: oneOf('openai', 'cometapi'),
  picture: oneOf('scene', 'flat'),
  latencyMs: milliseconds,
  imagesPerMinute: ['a whole number above 0', (value) => Number.isInteger(value) && Number(value) > 0],
  now: ['a function', (value) => typeof value === 'function'],
  port: [
    'a whole number from 0 to 65535',
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
  ],
  host: [
    'a loopback address: 127.0.0.1, ::1 or localhost',
    (value) => ['127.0.0.1', '::1', 'localhost'].includes(value as string),
  ],
}

/** Throws BAD_OPTION or UNKNOWN_OPTION, all mistakes at once. Never shows the value of a key. */
export function checkOptions(options: ServerOptions): void {
  const allowed = Object.keys(ROWS)
  throwAll(
    Object.entries(options).flatMap(([option, value]) => {
      const row = ROWS[option as keyof ServerOptions] as Row | undefined
      if (row === undefined) return [createError('UNKNOWN_OPTION', { option, nearest: [], allowed })]
      if (value === undefined || row[1](value)) return []
      const found = option === 'apiKey' ? 'something else' : String(JSON.stringify(value) ?? value)
      const params: ErrorParams<'BAD_OPTION'> = { option, found, allowed: row[0] }
      return [createError('BAD_OPTION', params)]
    }),
  )
}

/** Fills in the defaults. */
export function settle(options: EmulatorOptions): Settings {
  const {
    apiKey,
    flavor = 'openai',
    picture = 'scene',
    latencyMs = 0,
    imagesPerMinute = Infinity,
    now = Date.now,
  } = options
  return { apiKey, flavor, picture, latencyMs, imagesPerMinute, now }
}
