import { describe, expect, it } from 'vitest'
import { chooseProvider } from '../../src/config/provider.ts'
import { messagesOf } from './support.ts'

const ALL = { GENERATE_IMAGES_API_KEY: 'own', COMETAPI_KEY: 'comet', OPENAI_API_KEY: 'openai' }
const BOTH = { COMETAPI_KEY: 'comet', OPENAI_API_KEY: 'openai' }

/** `key → address`, as it would be sent. */
function sent(option: Parameters<typeof chooseProvider>[0], environment: Record<string, string>): string {
  const { provider, errors } = chooseProvider(option, environment)
  expect(errors).toEqual([])
  return `${provider.apiKey} → ${provider.baseURL}`
}

describe('the provider', () => {
  it.each([
    ['nothing', {}, 'undefined → https://api.cometapi.com/v1'],
    ["CometAPI's key", { COMETAPI_KEY: 'comet' }, 'comet → https://api.cometapi.com/v1'],
    ["OpenAI's key alone", { OPENAI_API_KEY: 'openai' }, 'openai → https://api.openai.com/v1'],
    ['both keys', BOTH, 'comet → https://api.cometapi.com/v1'],
    ['a key of its own', ALL, 'own → https://api.cometapi.com/v1'],
    ['an empty key', { COMETAPI_KEY: ' ', OPENAI_API_KEY: 'openai' }, 'openai → https://api.openai.com/v1'],
    ['white space around', { COMETAPI_KEY: ' comet\n' }, 'comet → https://api.cometapi.com/v1'],
  ])('of an environment with %s', (_, environment, expected) => {
    expect(sent(undefined, environment)).toBe(expected)
  })

  it.each([
    ['https://api.openai.com/v1/', BOTH, 'openai → https://api.openai.com/v1'],
    ['https://api.cometapi.com/v1', BOTH, 'comet → https://api.cometapi.com/v1'],
    ['https://API.OpenAI.com/v1', BOTH, 'openai → https://API.OpenAI.com/v1'],
    ['https://images.example/v1', ALL, 'own → https://images.example/v1'],
    ['http://localhost:4010/v1', ALL, 'own → http://localhost:4010/v1'],
    ['http://[::1]:4010/v1', ALL, 'own → http://[::1]:4010/v1'],
  ])('at %s', (baseURL, environment, expected) => {
    expect(sent({ baseURL }, environment)).toBe(expected)
    expect(sent(undefined, { ...environment, GENERATE_IMAGES_BASE_URL: baseURL })).toBe(expected)
  })

  it.each([
    'https://images.example/v1',
    'https://api.cometapi.com.example/v1',
    'https://api.openai.com.example/v1',
    'https://cometapi.com/v1',
    'https://api.cometapi.com:8443/v1',
    'https://images.example/api.openai.com/v1',
    'http://127.0.0.1:4010/v1',
  ])("never sends CometAPI's or OpenAI's key to %s", (baseURL) => {
    expect(sent({ baseURL }, BOTH)).toBe(`undefined → ${baseURL}`)
  })

  it('has the key of the options before those of the environment', () => {
    expect(sent({ apiKey: 'mine' }, ALL)).toBe('mine → https://api.cometapi.com/v1')
    expect(sent({ apiKey: 'mine', baseURL: 'https://api.openai.com/v1' }, ALL)).toBe(
      'mine → https://api.openai.com/v1',
    )
    expect(
      sent({ baseURL: 'https://a.example/v1' }, { GENERATE_IMAGES_BASE_URL: 'https://b.example', ...ALL }),
    ).toBe('own → https://a.example/v1')
  })

  it('is the emulator for its name, whatever keys there are', () => {
    const { provider } = chooseProvider('emulator', { ...ALL, GENERATE_IMAGES_BASE_URL: 'nonsense' })
    expect(provider).toEqual({ kind: 'emulator', baseURL: 'http://127.0.0.1', apiKey: 'emulator' })
  })

  it('hands its other settings on', () => {
    const settings = {
      concurrency: 2,
      imagesPerMinute: 5,
      timeout: { headers: 1 },
      headers: { 'x-team': 'web' },
    }
    expect(chooseProvider(settings, ALL).provider).toMatchObject(settings)
  })
})

describe('an address that is refused', () => {
  it.each([
    'api.cometapi.com/v1',
    'ftp://api.cometapi.com/v1',
    'http://api.cometapi.com/v1',
    'http://127.0.0.1.example/v1',
    'http://0.0.0.0:4010/v1',
    'http://192.168.1.2:4010/v1',
    'https://user:hunter2@images.example/v1',
    'https://hunter2@images.example/v1',
    'localhost:4010',
  ])('%s', (baseURL) => {
    const { provider, errors } = chooseProvider({ baseURL }, ALL)
    expect(errors).toHaveLength(1)
    expect(errors[0]!.exitCode).toBe(2)
    expect(errors[0]!.message).not.toContain('hunter2')
    expect(provider.apiKey).toBeUndefined()
  })

  it('is named by the option or the variable', () => {
    const refused = (baseURL: string) => chooseProvider({ baseURL }, {}).errors
    const found = [
      ...refused('nonsense'),
      ...refused('http://images.example/v1?key=1'),
      ...refused('https://me:pw@images.example'),
      ...chooseProvider(undefined, { GENERATE_IMAGES_BASE_URL: 'file:///v1' }).errors,
    ]
    expect(messagesOf(found)).toMatchInlineSnapshot(`
      "
      "provider.baseURL" is not an address. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.

      "provider.baseURL" is http://images.example, and the key would travel in the clear. [INSECURE_URL]
        → Use https; http is for this machine only (localhost, 127.0.0.1).

      "provider.baseURL" is an address with a password in it. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.

      "GENERATE_IMAGES_BASE_URL" is an address that begins with file:. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.
      "
    `)
  })
})

describe('a key that no header can carry', () => {
  it.each(['two words', 'line\nbreak', 'schlüssel', '“quoted”'])('%j', (apiKey) => {
    const { errors } = chooseProvider({ apiKey }, {})
    expect(errors.map(({ code }) => code)).toEqual(['BAD_OPTION'])
    expect(errors[0]!.message).not.toContain(apiKey)
    expect(chooseProvider(undefined, { COMETAPI_KEY: apiKey }).errors[0]!.message).toContain('"COMETAPI_KEY"')
  })

  it('is no matter where it is not used', () => {
    expect(chooseProvider('emulator', { COMETAPI_KEY: 'two words' }).errors).toEqual([])
    expect(chooseProvider({ apiKey: 'mine' }, { COMETAPI_KEY: 'two words' }).errors).toEqual([])
  })
})
