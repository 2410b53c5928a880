import { isSecure } from '../api/address.ts'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import type { Environment } from './environment.ts'
import type { Options, ProviderOptions } from './options.ts'

/** The address of CometAPI. */
export const COMETAPI = 'https://api.cometapi.com/v1'
/** The address of OpenAI. */
export const OPENAI = 'https://api.openai.com/v1'

/** The API that a run would ask. */
export interface Provider extends Omit<ProviderOptions, 'baseURL' | 'apiKey'> {
  /** `emulator`: the one inside this process, started when it is first asked. */
  readonly kind: 'api' | 'emulator'
  readonly baseURL: string
  /** Undefined: nothing can be asked for. */
  readonly apiKey: string | undefined
}

/**
 * Chooses address and key. A key goes only to the address it belongs to: COMETAPI_KEY to CometAPI, OPENAI_API_KEY to
 * OpenAI, GENERATE_IMAGES_API_KEY or an `apiKey` option to whatever address is set.
 */
export function chooseProvider(
  option: Options['provider'],
  environment: Environment,
): { provider: Provider; errors: GenerateImagesError[] } {
  if (option === 'emulator') {
    return { provider: { kind: 'emulator', baseURL: 'http://127.0.0.1', apiKey: 'emulator' }, errors: [] }
  }
  const { baseURL: optionURL, apiKey: optionKey, ...rest } = option ?? {}
  const set = (name: string) => environment[name]?.trim() || undefined
  const own: Key =
    optionKey === undefined
      ? { name: 'GENERATE_IMAGES_API_KEY', value: set('GENERATE_IMAGES_API_KEY') }
      : { name: 'provider.apiKey', value: optionKey }
  const comet: Key = { name: 'COMETAPI_KEY', value: set('COMETAPI_KEY') }
  const openai: Key = { name: 'OPENAI_API_KEY', value: set('OPENAI_API_KEY') }

  const address = optionURL ?? set('GENERATE_IMAGES_BASE_URL')
  const openaiAlone = own.value === undefined && comet.value === undefined && openai.value !== undefined
  const baseURL = (address ?? (openaiAlone ? OPENAI : COMETAPI)).replace(/\/+$/, '')
  const from = optionURL === undefined ? 'GENERATE_IMAGES_BASE_URL' : 'provider.baseURL'
  const errors = addressErrors(baseURL, from)
  if (errors.length > 0) return { provider: { kind: 'api', ...rest, baseURL, apiKey: undefined }, errors }

  const { origin } = new URL(baseURL)
  const ofHost = origin === new URL(COMETAPI).origin ? comet : origin === new URL(OPENAI).origin ? openai : {}
  const key: Partial<Key> = own.value === undefined ? ofHost : own
  return { provider: { kind: 'api', ...rest, baseURL, apiKey: key.value }, errors: keyErrors(key) }
}

interface Key {
  /** The option or the variable. */
  readonly name: string
  readonly value: string | undefined
}

function addressErrors(baseURL: string, option: string): GenerateImagesError[] {
  const allowed = 'an https address such as https://api.cometapi.com/v1; http for this machine only'
  const bad = (found: string) => [createError('BAD_OPTION', { option, found, allowed })]
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined
  if (url === undefined) return bad('not an address')
  if (url.username !== '' || url.password !== '') return bad('an address with a password in it')
  if (isSecure(url)) return []
  return url.protocol === 'http:'
    ? [createError('INSECURE_URL', { option, origin: url.origin })]
    : bad(`an address that begins with ${url.protocol}`)
}

// What a header can't carry would fail later, in words that show the key.
function keyErrors({ name, value }: Partial<Key>): GenerateImagesError[] {
  if (name === undefined || value === undefined || /^[\x21-\x7e]+$/.test(value)) return []
  const found = 'a text with spaces, line breaks or letters that no key has'
  return [
    createError('BAD_OPTION', { option: name, found, allowed: 'the key alone, as the provider shows it' }),
  ]
}
