import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Place } from '../../src/errors/index.ts'
import { parseManifestFile } from '../../src/scan/manifest-file.ts'
import { FIELD_NAMES } from '../../src/spec/fields.ts'
import { readManifest } from '../../src/spec/manifest.ts'
import { nameProblem } from '../../src/spec/names.ts'
import { CASES, expectNoPollution, expectOwn, HARD_KEYS, hold, textsOf } from './support.ts'

const FILE = 'src/images.prompts.json'

function check(text: string): number {
  const { manifest, names, errors, locate } = parseManifestFile(text, FILE)
  const lines = text.split(/\r\n|[\n\r]/)
  const inside = ({ file, line, column }: Place) => {
    const fits =
      file === FILE &&
      (line === undefined || (line >= 1 && line <= lines.length)) &&
      (column === undefined || (column >= 1 && column <= lines[line! - 1]!.length + 1))
    if (!fits) throw new Error(`a place outside the file: ${file}:${line}:${column}`)
  }
  for (const error of errors) {
    expectOwn(error)
    hold(error.places.length > 0, 'an error without a place')
    error.places.forEach(inside)
  }
  inside(locate(['images', 'a', 'prompt']))
  for (const name of manifest.images.keys())
    if (nameProblem(name) !== undefined) throw new Error(`the manifest has the name ${name}`)
  for (const name of names.values())
    if (/^(\.\.)?\//.test(name) || name === '..') throw new Error(`a name leads to ${name}`)
  expectNoPollution()
  return manifest.images.size
}

const keys = fc.constantFrom(
  ...FIELD_NAMES,
  ...HARD_KEYS,
  '$schema',
  'defaults',
  'styles',
  'images',
  'a',
  '../a',
  'a/b',
)
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        0,
        -1,
        1e308,
        0.5,
        '',
        ' ',
        'A boat.',
        '16:9',
        '1200x630',
        'auto',
        'avif',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 5 }).map((pairs) => new Pairs(pairs)),
  ),
})).value

/** An object as it is written: keys may come twice, and `__proto__` is a key. */
class Pairs {
  readonly pairs: readonly (readonly [string, unknown])[]
  constructor(pairs: readonly (readonly [string, unknown])[]) {
    this.pairs = pairs
  }
}
function write(value: unknown): string {
  if (value instanceof Pairs)
    return `{${value.pairs.map(([key, one]) => `${JSON.stringify(key)}: ${write(one)}`).join(',\n')}}`
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  return JSON.stringify(value)
}
const written = values.map(write)
const fields = fc
  .array(fc.tuple(keys, values), { maxLength: 4 })
  .map((pairs) => new Pairs([['prompt', 'A boat.'], ...pairs]))
const shaped = fc
  .record({
    top: fc.array(fc.tuple(keys, values), { maxLength: 2 }),
    images: fc.array(fc.tuple(fc.oneof(keys, fc.string({ maxLength: 8 })), fc.oneof(values, fields)), {
      maxLength: 5,
    }),
  })
  .map(({ top, images }) => write(new Pairs([...top, ['images', new Pairs(images)]])))

test('manifests with anything in them', () => {
  let entries = 0
  fc.assert(
    fc.property(shaped, (text) => {
      entries += check(text)
    }),
    CASES,
  )
  expect(entries).toBeGreaterThan(50)
})

test('any JSON', () => {
  fc.assert(
    fc.property(written, (text) => void check(text)),
    CASES,
  )
})

test('pieces of JSON in any order', () => {
  const pieces =
    '{ } [ ] : , " \\ \\u \\ud800 // /* */ - . e 1 true null "images" "a" "prompt" "styles" \n \r\n \t \uFEFF \u2028 😀'
  fc.assert(
    fc.property(
      textsOf([...pieces.split(' '), ' ', '"__proto__": {"x": 1}', '{"images":{"a":'], 30),
      (text) => {
        check(text)
      },
    ),
    CASES,
  )
})

test('manifests that are cut, doubled or changed in one place', () => {
  const change = fc.record({
    text: shaped,
    at: fc.nat({ max: 400 }),
    put: fc.string({ unit: 'binary', maxLength: 3 }),
  })
  fc.assert(
    fc.property(change, ({ text, at, put }) => {
      check(text.slice(0, at))
      check(text.slice(0, at) + put + text.slice(at + 1))
    }),
    CASES,
  )
})

test('values that no JSON gives', () => {
  const place = { file: FILE, line: 1, column: 1 }
  const anything = fc.oneof(
    fc.anything({ withNullPrototype: true, maxDepth: 2, maxKeys: 3 }),
    fc.record({
      images: fc.anything({ withNullPrototype: true, maxDepth: 2, maxKeys: 3 }),
      defaults: fc.anything({ maxDepth: 2 }),
    }),
  )
  fc.assert(
    fc.property(anything, (value) => {
      readManifest(value, () => place).errors.forEach(expectOwn)
      expectNoPollution()
    }),
    CASES,
  )
})

test('texts that are made to be slow or deep', () => {
  const half = 50_000
  for (const piece of [
    '[',
    '{"a":',
    '{"images":',
    '"',
    '\\',
    '/*',
    '//',
    '-',
    '1',
    '\n',
    '{',
    ',',
    '[[],',
    '"a":1,',
    ' ',
  ])
    for (const start of [
      '',
      '{"images":{',
      '{"images":{"a":"',
      '{"styles":',
      '{"images":{"a":{"prompt":"b","extra":{"c":',
    ])
      check(start + piece.repeat(half / piece.length))
})
