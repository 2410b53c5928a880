import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defineConfig } from '../../src/config/define.ts'
import type { Options } from '../../src/config/options.ts'
import { resolveOptions } from '../../src/config/resolve-options.ts'
import type { Surroundings } from '../../src/config/settings.ts'
import type { Files } from '../support/site.ts'
import { failureOf, folderWith } from './support.ts'

type Around = Partial<Omit<Surroundings, 'root'>>

async function resolved(
  given: { [Name in keyof Options]: Options[Name] | undefined },
  files: Files = {},
  around: Around = {},
) {
  const { root } = await folderWith(files)
  const settings = await resolveOptions(given as Options, { root, use: 'build', environment: {}, ...around })
  return { root, settings }
}

const config = (options: object): Files => ({ 'generate-images.config.json': options })

describe('settings', () => {
  it('are whole without any option', async () => {
    const { root, settings } = await resolved({})
    expect(settings).toEqual({
      root,
      use: 'build',
      mode: 'frozen',
      modeReason: 'no API key is set, so nothing can be asked for (mode: frozen)',
      provider: { kind: 'api', baseURL: 'https://api.cometapi.com/v1', apiKey: undefined },
      budget: { images: 50, usd: 5, perDay: { images: 200, usd: 20 } },
      builtin: {
        model: 'gpt-image-2',
        size: '1024x1024',
        quality: 'medium',
        widths: [480, 960, 1440],
        formats: ['avif', 'webp'],
        fit: 'cover',
        position: 'attention',
        placeholder: false,
        as: 'url',
      },
      defaults: {},
      styles: {},
      models: {},
      prices: {},
      folder: 'generated-images',
      cacheDir: join(root, 'node_modules/.cache/unplugin-generate-images'),
      include: undefined,
      exclude: [],
      alias: {},
      types: join(root, 'generate-images.d.ts'),
      provenance: true,
      stale: 'warn',
    })
  })

  it('are those given over those of the file, merged one level deep', async () => {
    const { settings } = await resolved(
      { budget: { usd: 1 }, stale: 'error', exclude: ['b/**'], styles: { ink: 'Ink.' }, mode: undefined },
      config({
        budget: { images: 7, usd: 2, perDay: { usd: 3 } },
        stale: 'warn',
        exclude: ['a/**'],
        styles: { paper: 'Paper.' },
        mode: 'draft',
        provider: { apiKey: 'k', timeout: { connect: 1, body: 2 } },
      }),
    )
    expect(settings).toMatchObject({
      budget: { images: 7, usd: 1, perDay: { images: 28, usd: 3 } },
      stale: 'error',
      exclude: ['b/**'],
      styles: { paper: 'Paper.', ink: 'Ink.' },
      mode: 'draft',
      provider: { apiKey: 'k', timeout: { connect: 1, body: 2 } },
    })
  })

  it('have aliases of the host under those of the options', async () => {
    const { settings } = await resolved({ alias: { '@': 'src' } }, {}, { alias: { '@': 'lib', '~': 'app' } })
    expect(settings.alias).toEqual({ '@': 'src', '~': 'app' })
  })

  it('have no limit where the budget says so, in JSON as well', async () => {
    const { settings } = await resolved(
      { budget: { usd: Number.POSITIVE_INFINITY } },
      config({ budget: { images: 'none' } }),
    )
    const none = { images: Number.POSITIVE_INFINITY, usd: Number.POSITIVE_INFINITY }
    expect(settings.budget).toEqual({ ...none, perDay: none })
    const zero = { images: 0, usd: 0 }
    expect((await resolved({ budget: zero })).settings.budget).toEqual({ ...zero, perDay: zero })
  })

  it('have a tidy folder, and types where they are wanted', async () => {
    expect((await resolved({ folder: './assets\\made/' })).settings.folder).toBe('assets/made')
    const { root, settings } = await resolved({ types: 'src/pictures.d.ts' })
    expect(settings.types).toBe(join(root, 'src/pictures.d.ts'))
    expect((await resolved({ types: false })).settings.types).toBeUndefined()
  })

  it('stay with the emulator of the file where only its pace is given', async () => {
    const environment = { COMETAPI_KEY: 'comet' }
    const file = config({ provider: 'emulator' })
    const kindOf = async (provider: Options['provider']) =>
      (await resolved({ provider }, file, { environment })).settings.provider.kind
    expect(await kindOf({ concurrency: 2 })).toBe('emulator')
    expect(await kindOf({})).toBe('emulator')
    expect(await kindOf({ baseURL: 'https://images.example/v1' })).toBe('api')
    expect(await kindOf({ apiKey: 'k' })).toBe('api')
  })

  it('are of the emulator where it is given, whatever the file says', async () => {
    const file = config({ provider: { apiKey: 'k', baseURL: 'https://images.example/v1' } })
    const { settings } = await resolved({ provider: 'emulator' }, file)
    expect(settings.provider).toEqual({ kind: 'emulator', baseURL: 'http://127.0.0.1', apiKey: 'emulator' })
  })
})

describe('the root', () => {
  it('is found from what surrounds the options', async () => {
    const { root, settings } = await resolved({ root: 'site' }, { 'site/x': '', 'site/site/x': '' })
    expect(settings.root).toBe(join(root, 'site'))
  })

  it('holds the configuration file and the .env files', async () => {
    const files: Files = {
      ...config({ stale: 'warn' }),
      'site/generate-images.config.json': { stale: 'error' },
      'site/.env': 'COMETAPI_KEY=of-the-site',
      '.env': 'COMETAPI_KEY=of-the-folder',
    }
    const { settings } = await resolved({ root: 'site' }, files)
    expect(settings).toMatchObject({ stale: 'error', provider: { apiKey: 'of-the-site' } })
  })

  it('of a file is found from the folder of that file', async () => {
    const files: Files = {
      'config/images.json': { root: '../site', mode: 'draft' },
      'site/.env': 'COMETAPI_KEY=k',
    }
    const { root, settings } = await resolved({}, files, { configFile: 'config/images.json' })
    expect(settings).toMatchObject({ root: join(root, 'site'), mode: 'draft', provider: { apiKey: 'k' } })
  })

  it('that is given wins over that of a file', async () => {
    const files: Files = { 'config/images.json': { root: '../nope' }, 'site/x': '' }
    const { root, settings } = await resolved({ root: 'site' }, files, { configFile: 'config/images.json' })
    expect(settings.root).toBe(join(root, 'site'))
  })

  it('is a folder that is there', async () => {
    expect(await failureOf(resolved({ root: 'nope' }))).toMatchInlineSnapshot(`
      "
      "root" is "nope", where there is no folder. [BAD_OPTION]
        → Allowed: the project's folder.
      "
    `)
    expect(await failureOf(resolved({}, config({ root: '../x' })))).toMatchInlineSnapshot(`
      "
      "root" is "../x", where there is no folder. [BAD_OPTION]
        at generate-images.config.json
        → Allowed: the project's folder.
      "
    `)
  })
})

describe('the mode', () => {
  const key = { COMETAPI_KEY: 'k' }
  it.each<[Around, Options, string]>([
    [{ use: 'dev', environment: key }, {}, 'draft'],
    [{ use: 'dev', environment: { ...key, CI: 'true' } }, {}, 'draft'],
    [{ use: 'dev', environment: key }, { mode: 'generate' }, 'generate'],
    [{ use: 'build', environment: key }, {}, 'generate'],
    [{ use: 'build', environment: {} }, {}, 'frozen'],
    [{ use: 'build', environment: {} }, { mode: 'generate' }, 'generate'],
    [{ use: 'build', environment: {} }, { provider: 'emulator' }, 'generate'],
    [{ use: 'build', environment: { ...key, CI: '1' } }, {}, 'frozen'],
    [{ use: 'build', environment: { ...key, CI: 'false' } }, {}, 'generate'],
    [{ use: 'build', environment: { ...key, CI: '0' } }, {}, 'generate'],
    [{ use: 'build', environment: { ...key, CI: '' } }, {}, 'generate'],
    [{ use: 'command', environment: {} }, {}, 'generate'],
    [{ use: 'command', environment: { ...key, CI: 'true' } }, {}, 'frozen'],
    [{ use: 'command', environment: { ...key, CI: 'true' } }, { mode: 'generate' }, 'generate'],
  ])('of %j with %j is %s', async (around, options, mode) => {
    const { settings } = await resolved(options, {}, around)
    expect(settings.mode).toBe(mode)
    expect(settings.modeReason).not.toBe('')
  })
})

describe('mistakes', () => {
  it('of the file and of the given options come together, each with where it stands', async () => {
    const files = config({ mode: 'froze', budgets: {} })
    expect(await failureOf(resolved({ stale: 'no' } as never, files))).toMatchInlineSnapshot(`
      "
      3 errors:

      "mode" is "froze". [BAD_OPTION]
        at generate-images.config.json
        → Allowed: generate, frozen, draft.

      "budgets" is not a known option. Did you mean "budget"? [UNKNOWN_OPTION]
        at generate-images.config.json
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "stale" is "no". [BAD_OPTION]
        at plugin options
        → Allowed: warn, error.
      "
    `)
  })

  it('of the surroundings come together', async () => {
    const environment = { VITE_COMETAPI_KEY: 'k', GENERATE_IMAGES_BASE_URL: 'http://images.example' }
    const failure = failureOf(resolved({}, { '.env/x': '' }, { environment }))
    expect(await failure).toMatchInlineSnapshot(`
      "
      3 errors:

      .env can't be loaded: reading it ends with EISDIR. [CONFIG_UNREADABLE]
        → Mend it: it must be a file of lines such as COMETAPI_KEY=…

      VITE_COMETAPI_KEY holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        → Keep the key under the name COMETAPI_KEY alone, and make a new one if such a page was ever published.

      "GENERATE_IMAGES_BASE_URL" is http://images.example, and the key would travel in the clear. [INSECURE_URL]
        → Use https; http is for this machine only (localhost, 127.0.0.1).
      "
    `)
  })

  it('of a file in another folder are named by its path', async () => {
    const files: Files = { 'config/images.mjs': 'export default []' }
    expect(await failureOf(resolved({}, files, { configFile: 'config/images.mjs' }))).toMatchInlineSnapshot(`
      "
      "options" is an empty list. [BAD_OPTION]
        at config/images.mjs
        → Allowed: an object of mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.
      "
    `)
    expect(await failureOf(resolved({}, {}, { configFile: 'nope.json' }))).toMatchInlineSnapshot(`
      "
      nope.json can't be loaded: there is no such file. [CONFIG_UNREADABLE]
        → Give --config a file that is there, or leave it out.
      "
    `)
  })

  it('are of the program that gives the options', async () => {
    const failure = failureOf(resolved({ stale: 'no' } as never, {}, { from: 'openProject()' }))
    expect(await failure).toContain('at openProject()')
  })
})

it('gives a configuration its types and nothing else', () => {
  const options: Options = { mode: 'draft' }
  expect(defineConfig(options)).toBe(options)
})
