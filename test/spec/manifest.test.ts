import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { FIELD_NAMES, FIELDS, isTextOf } from '../../src/spec/fields.ts'
import { manifestJsonSchema } from '../../src/spec/json-schema.ts'
import { readManifest } from '../../src/spec/manifest.ts'

const read = (value: unknown) =>
  readManifest(value, (path) => ({ file: `#${(path ?? []).map(String).join('/')}` }))
const mistakes = (value: unknown) =>
  read(value).errors.map(({ code, places: [place] }) => `${code} ${place?.file}`)

describe('readManifest', () => {
  it('gives the long form of every entry', () => {
    const { manifest, errors } = read({
      defaults: { quality: 'low' },
      styles: { paper: 'Paper.' },
      images: { a: 'A.', 'b/c': { prompt: ['B.', 'C.'], style: 'paper', encode: { avif: { effort: 2 } } } },
    })
    expect(errors).toEqual([])
    expect([...manifest.images]).toEqual([
      ['a', { prompt: 'A.' }],
      ['b/c', { prompt: ['B.', 'C.'], style: 'paper', encode: { avif: { effort: 2 } } }],
    ])
    expect(manifest).toMatchObject({ defaults: { quality: 'low' }, styles: { paper: 'Paper.' } })
  })

  it('takes an object with a field "length" for what it is, wherever a text or a list belongs', () => {
    const value = JSON.parse('{"length":{}}', (_, one) =>
      one !== null && typeof one === 'object' ? Object.assign(Object.create(null), one) : one,
    )
    for (const field of FIELD_NAMES.filter((name) => name !== 'extra')) {
      const images = { a: { prompt: 'A.', [field]: value } }
      const [first, ...more] = mistakes({ images })
      expect(first).toMatch(new RegExp(`^(BAD_VALUE|UNKNOWN_FIELD) #images/a/${field}`))
      expect(more).toEqual([])
    }
  })

  it('names every mistake at its place, and keeps the entries without one', () => {
    const value = {
      picures: {},
      defaults: { prompt: 'x', widths: [0] },
      styles: { a: '' },
      images: {
        good: 'A.',
        '../bad': 'B.',
        none: {},
        '': 'C.',
        empty: '  ',
        wrong: { prompt: 'x', size: 'big', encode: { avif: { effort: 10 }, gif: {} } },
        list: [],
      },
    }
    expect(mistakes(value)).toEqual([
      'UNKNOWN_FIELD #picures',
      'BAD_VALUE #defaults/widths/0',
      'UNKNOWN_FIELD #defaults/prompt',
      'BAD_VALUE #styles/a',
      'BAD_NAME #images/../bad',
      'BAD_VALUE #images/none/prompt',
      'BAD_NAME #images/',
      'BAD_VALUE #images/empty',
      'BAD_VALUE #images/wrong/size',
      'BAD_VALUE #images/wrong/encode/avif/effort',
      'UNKNOWN_FIELD #images/wrong/encode/gif',
      'BAD_VALUE #images/list',
    ])
    expect([...read(value).manifest.images.keys()]).toEqual(['good'])
  })

  it.each([[null], [[]], ['x'], [7]])('says what a manifest is where it is %j', (value) => {
    expect(mistakes(value)).toEqual(['BAD_VALUE #'])
  })

  it('takes __proto__ for the name that it is', () => {
    const { manifest } = read(JSON.parse('{ "images": { "__proto__": "A." } }'))
    expect(manifest.images.get('__proto__')).toEqual({ prompt: 'A.' })
    expect(({} as { prompt?: string }).prompt).toBeUndefined()
  })
})

describe('names that every object has', () => {
  const hard = { constructor: 'C.', toString: 'T.', hasOwnProperty: 'H.' }

  it('are styles and fields of a request like any other', () => {
    const value = {
      styles: hard,
      images: { a: { prompt: 'A.', style: 'toString', extra: { ...hard, n: hard } } },
    }
    const { manifest, errors } = read(value)
    expect(errors).toEqual([])
    expect(manifest.styles).toEqual(hard)
    expect(manifest.images.get('a')?.extra).toEqual({ ...hard, n: hard })
  })

  it('are no mistake in silence where they can be none', () => {
    const extra = '{ "a": [{ "__proto__": { "x": 1 } }], "__proto__": 1 }'
    const value = JSON.parse(
      `{ "styles": { "__proto__": "P." }, "defaults": { "extra": ${extra} }, "images": { "a": { "prompt": "A.", "extra": ${extra} } } }`,
    )
    expect(mistakes(value)).toEqual([
      'BAD_VALUE #styles/__proto__',
      'BAD_VALUE #defaults/extra/a/0/__proto__',
      'BAD_VALUE #defaults/extra/__proto__',
      'BAD_VALUE #images/a/extra/a/0/__proto__',
      'BAD_VALUE #images/a/extra/__proto__',
    ])
    expect(read(value).errors[0]?.message).toContain(
      '"styles.__proto__" is a name that JavaScript keeps for itself. [BAD_VALUE]',
    )
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(manifestJsonSchema())

  it('has a description for every field', () => {
    const text = JSON.stringify(manifestJsonSchema())
    for (const field of FIELD_NAMES)
      expect(text).toMatch(new RegExp(`"${field}":\\{[^}]*(?:\\}[^}]*)*?"description"`))
  })

  it('takes the manifests of the playground, and refuses what the build refuses', () => {
    for (const file of ['images.prompts.json', 'stories/images.prompts.json']) {
      const text = readFileSync(new URL(`../../playground/src/${file}`, import.meta.url), 'utf8')
      const value: unknown = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1'))
      expect([file, validate(value), validate.errors]).toEqual([file, true, null])
    }
    for (const entry of [
      {},
      { prompt: '' },
      { prompt: 'x', size: 'big' },
      { prompt: 'x', widths: [] },
      { prompt: 'x', nope: 1 },
    ]) {
      expect([entry, validate({ images: { a: entry } })]).toEqual([entry, false])
    }
  })
})

it('what is taken for a text without a look at its schema is one that the schema takes as it stands', () => {
  const values = [
    'A boat.',
    ' padded ',
    '',
    ' ',
    '\n',
    '1024x1024',
    'blur',
    1,
    true,
    null,
    undefined,
    [],
    ['A'],
    {},
  ]
  const taken = FIELD_NAMES.flatMap((name) =>
    values.filter((value) => isTextOf(name, value)).map((value) => [name, value] as const),
  )
  expect(new Set(taken.map(([name]) => name)).size).toBe(7)
  for (const [name, value] of taken)
    expect([name, FIELDS[name].schema.safeParse(value)]).toEqual([name, { success: true, data: value }])
})
