import { describe, expect, it } from 'vitest'
import { checkOptions } from '../../src/config/check-options.ts'
import { OPTIONS, type OptionRow } from '../../src/config/options-table.ts'
import { messagesOf } from './support.ts'

const FILE = 'generate-images.config.ts'
const check = (options: unknown) => messagesOf(checkOptions(options, FILE))

describe('options that are right', () => {
  it.each(Object.entries<OptionRow>(OPTIONS))('has an example of %s that is right', (_, { example }) => {
    const options = new Function(`return { ${example} }`)()
    expect(checkOptions(options, FILE)).toEqual([])
  })

  it('says of every option what it means and what it is unless told', () => {
    for (const row of Object.values<OptionRow>(OPTIONS)) {
      expect(row.meaning).toMatch(/\.$/)
      expect(row.default).not.toBe('')
    }
  })

  it('takes every part of every option', () => {
    const options = {
      mode: 'draft',
      provider: {
        baseURL: 'https://images.example/v1',
        apiKey: 'k',
        headers: { 'x-team': 'web' },
        timeout: { connect: 1000, headers: 600_000, body: 60_000 },
        concurrency: 64,
        imagesPerMinute: 0.5,
      },
      budget: { images: 'none', usd: Number.POSITIVE_INFINITY },
      defaults: { quality: 'high', widths: [480], encode: { avif: { quality: 50 } } },
      models: {
        a: { size: { kind: 'open' }, fields: { quality: ['low'] }, promptMax: 1, nMax: 1, stream: false },
        b: {
          size: { kind: 'list', sizes: ['512x512'], auto: true },
          fields: { output_compression: { min: 0, max: 100 } },
          ...{ promptMax: 1, nMax: 1, stream: true, responseFormat: 'url' },
        },
        c: {
          size: {
            ...{ kind: 'grid', multiple: 16, maxEdge: 3840, maxRatio: 3 },
            ...{ minPixels: 1, maxPixels: 9_000_000, auto: false },
          },
          ...{ fields: {}, promptMax: 1, nMax: 1, stream: true },
        },
      },
      prices: { a: { perImage: 0 }, b: { textIn: 5, imageIn: 8, imageOut: 30 }, c: {} },
      types: false,
      folder: 'assets/pictures',
      include: undefined,
    }
    expect(check(options)).toBe(check({}))
  })
})

describe('options that are wrong', () => {
  it('are all named at once, with what is found and what is allowed', () => {
    const options = {
      mod: 'frozen',
      mode: 'froze',
      provider: { baseUrl: 'https://x', concurrency: 0, timeout: { connect: '3s', total: 1 } },
      budget: { images: -1, usd: '5', dollars: 5 },
      include: 'src/**',
      exclude: [''],
      stale: true,
      folder: '../pictures',
      types: 'types.ts',
      provenance: 'no',
      styles: { paper: 7 },
      alias: ['@'],
    }
    expect(check(options)).toMatchInlineSnapshot(`
      "
      "mod" is not a known option. Did you mean "mode"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "mode" is "froze". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: generate, frozen, draft.

      "provider.timeout.connect" is a text that is not shown, because it may be a key. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a whole number from 1 to 86400000.

      "provider.timeout.total" is not a known option. [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: connect, headers, body.

      "provider.concurrency" is 0. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a whole number from 1 to 64.

      "provider.baseUrl" is not a known option. Did you mean "provider.baseURL"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: baseURL, apiKey, headers, timeout, concurrency, imagesPerMinute, partialImages.

      "budget.images" is -1. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a number from 0, or "none" for no limit.

      "budget.usd" is "5". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a number from 0, or "none" for no limit.

      "budget.dollars" is not a known option. [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: images, usd, perDay.

      "include" is "src/**". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a list of globs.

      "exclude.0" is an empty text. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a text that is not empty.

      "stale" is true. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: warn, error.

      "folder" is "../pictures". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a folder below the root, such as generated-images, and not in node_modules.

      "types" is "types.ts". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a path below the root that ends with .d.ts.

      "provenance" is "no". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: true or false.

      "styles.paper" is 7. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a text.

      "alias" is a list. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: an object of folders by prefix.
      "
    `)
  })

  it('are told of by the form that was meant', () => {
    const options = {
      models: {
        a: { size: { kind: 'square' }, fields: { quality: 'low', sizes: [] }, nMax: 0, stream: false },
        b: { size: { kind: 'list', sizes: ['512'] }, fields: {}, promptMax: 1, nMax: 1, stream: false },
        c: 'gpt-image-2',
      },
      prices: { a: { perImage: '4 cents' }, b: { imageIn: -1 }, c: 0.04, d: { perPicture: 1 } },
    }
    expect(check(options)).toMatchInlineSnapshot(`
      "
      "models.a.size.kind" is "square". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: an object whose kind is "list", "grid" or "open".

      "models.a.fields.quality" is "low". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a list of words, or { min, max }.

      "models.a.fields.sizes" is not a known option. [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: quality, background, output_format, output_compression, moderation.

      "models.a.promptMax" is not given. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a whole number from 1.

      "models.a.nMax" is 0. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a whole number from 1.

      "models.b.size.sizes.0" is "512". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a size such as 1024x1024.

      "models.b.size.auto" is not given. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: true or false.

      "models.c" is "gpt-image-2". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: an object of size, fields, promptMax, nMax, stream, responseFormat.

      "prices.a.perImage" is "4 cents". [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a number from 0.

      "prices.b.imageIn" is -1. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: a number from 0.

      "prices.c" is 0.04. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: an object of perImage, textIn, imageIn, imageOut.

      "prices.d.perPicture" is not a known option. [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: perImage, textIn, imageIn, imageOut.
      "
    `)
  })

  it('are told of as in a manifest where they are fields', () => {
    const options = {
      defaults: { qualty: 'low', widths: [], encode: { avif: { quality: 500 } }, prompt: 'x' },
    }
    expect(check(options)).toMatchInlineSnapshot(`
      "
      "defaults.widths" is an empty list. [BAD_VALUE]
        at generate-images.config.ts
        → Allowed: a list of whole numbers from 1 to 8192.

      "defaults.encode.avif.quality" is 500. [BAD_VALUE]
        at generate-images.config.ts
        → Allowed: an object by format, each { "quality", "effort" }: quality 1 to 100, effort 0 to 9 (avif), 6 (webp), 9 (jpeg), 9 (png).

      "defaults.qualty" is not a known name here. Did you mean "quality"? [UNKNOWN_FIELD]
        at generate-images.config.ts
        → Known here: style, model, size, quality, background, output_format, output_compression, moderation, extra, widths, formats, aspect, fit, position, encode, placeholder, as.

      "defaults.prompt" is not a known name here. [UNKNOWN_FIELD]
        at generate-images.config.ts
        → Known here: style, model, size, quality, background, output_format, output_compression, moderation, extra, widths, formats, aspect, fit, position, encode, placeholder, as.
      "
    `)
    expect(check({ defaults: 7 })).toMatchInlineSnapshot(`
      "
      "defaults" is 7. [BAD_OPTION]
        at generate-images.config.ts
        → Allowed: an object of style, model, size, quality, background, output_format, output_compression, moderation, extra, widths, formats, aspect, fit, position, encode, placeholder, as.
      "
    `)
  })

  it('are told where they belong when they stand at the top', () => {
    expect(check({ apiKey: 'sk-secret', usd: 3, quality: 'low', concurrency: 2 })).toMatchInlineSnapshot(`
      "
      "apiKey" is not a known option. Did you mean "provider.apiKey"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "usd" is not a known option. Did you mean "budget.usd"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "quality" is not a known option. Did you mean "defaults.quality"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "concurrency" is not a known option. Did you mean "provider.concurrency"? [UNKNOWN_OPTION]
        at generate-images.config.ts
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.
      "
    `)
  })

  it.each([
    [undefined, 'not given'],
    [null, 'null'],
    ['frozen', '"frozen"'],
    [[{ mode: 'frozen' }], 'a list'],
    [() => ({}), 'a function'],
  ])('are no object: %s', (options, found) => {
    expect(check(options)).toContain(`"options" is ${found}.`)
    expect(check(options)).toContain('Allowed: an object of mode, provider,')
  })

  it.each([Number.NaN, 10n, Symbol('x'), new Map(), () => 1])('may be any value: %s', (mode) => {
    expect(check({ mode })).toContain('Allowed: generate, frozen, draft.')
  })

  it('are wrong with an inherited name', () => {
    expect(check(JSON.parse('{ "__proto__": 1, "constructor": 2, "toString": 3 }'))).toMatch(
      /"__proto__" is not[\s\S]*"constructor" is not[\s\S]*"toString" is not/,
    )
  })
})

describe('a key', () => {
  const KEY = 'sk-canary-0123456789'

  it.each<[string, unknown]>([
    ['in place of the provider', { provider: KEY }],
    ['in a list', { provider: [KEY] }],
    ['under a wrong name', { provider: { apikey: KEY, concurrency: 0 } }],
    ['beside a mistake', { provider: { apiKey: KEY, baseURL: 7 } }],
    ['as an object', { provider: { apiKey: { value: KEY } } }],
    ['as a list', { provider: { apiKey: [KEY] } }],
    ['as the headers', { provider: { headers: KEY } }],
    ['in headers', { provider: { headers: { authorization: [KEY] } } }],
    ['as a timeout', { provider: { timeout: KEY } }],
    ['as a number', { provider: { concurrency: KEY, imagesPerMinute: KEY } }],
    ['at the top', { apiKey: KEY }],
  ])('is in no message: %s', (_, options) => {
    const errors = checkOptions(options, FILE)
    expect(errors).not.toEqual([])
    expect(JSON.stringify(errors) + messagesOf(errors)).not.toContain('canary')
  })
})

describe('a folder', () => {
  it.each(['.', '', '/pictures', 'C:\\pictures', '..', 'a/../..', 'node_modules/x', '.git/x', 7])(
    'may not be %s',
    (folder) => {
      expect(check({ folder })).toContain('"folder" is ')
    },
  )

  it.each(['pictures', './pictures/', 'a/../pictures', 'assets\\pictures', '..pictures'])(
    'may be %s',
    (folder) => {
      expect(checkOptions({ folder }, FILE)).toEqual([])
    },
  )
})
