import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importLook } from '../../src/spec/look.ts'
import { isGenerateSpecifier, parseSpecifier, shapeErrors } from '../../src/spec/query.ts'
import { QUERY_WORDS, SYNONYMS } from '../../src/spec/query-words.ts'
import { MAX_EDGE } from '../../src/spec/size.ts'
import { FORMATS, type Look, SHAPES } from '../../src/spec/specs.ts'
import { CASES, expectNoPollution, expectOwn, HARD_KEYS, textsOf } from './support.ts'

const place = { file: 'a.ts', line: 1, column: 1 }
const base: Look = {
  frame: { kind: 'whole' },
  widths: [480],
  heights: [],
  formats: ['avif'],
  fallback: 'auto',
  fit: 'cover',
  position: 'attention',
  encode: {},
  placeholder: false,
}
const words = [...QUERY_WORDS.map(({ word }) => word), ...SYNONYMS.keys(), 'generate', ...HARD_KEYS]
const examples = QUERY_WORDS.map(({ example }) => `&${example}`)
const VALUES = [
  '0',
  '1',
  '-1',
  '1e3',
  '9'.repeat(40),
  '16:9',
  '0:0',
  '1200x630',
  'auto',
  'true',
  'false',
  '%',
  '%ff',
]
const paths = [
  './a.png',
  '../',
  '/',
  'images.prompts.json',
  '@/a',
  'a.gif',
  '%2e%2e%2f',
  '\0',
  '\\',
  'C:\\a.png',
  '',
]
const specifiers = fc
  .tuple(
    textsOf([...paths, '.', 'é', '?']),
    textsOf(['?', '&', '=', ';', ',', '+', '%20', 'generate', ...words, ...VALUES, ...examples], 20),
  )
  .map(([path, query]) => `${path}?generate${query}`)

function check(written: string): boolean {
  const { specifier, errors } = parseSpecifier(written, () => place)
  for (const error of errors) {
    expectOwn(error)
    if (error.places[0] !== place) throw new Error('an error without its place')
  }
  for (const as of SHAPES) {
    shapeErrors(as, specifier.look, place).forEach(expectOwn)
    const look = importLook(base, specifier.look, specifier.format, as)
    const edges = [...look.widths, ...look.heights]
    if (!edges.every((edge) => Number.isInteger(edge) && edge >= 1 && edge <= MAX_EDGE))
      throw new Error(`edges of ${edges}`)
    if (!look.formats.every((format) => FORMATS.includes(format))) throw new Error(`formats ${look.formats}`)
    const { frame } = look
    if (
      frame.kind === 'ratio' &&
      !(frame.width > 0 && frame.height > 0 && frame.width / frame.height < Infinity)
    )
      throw new Error(`a frame of ${frame.width}:${frame.height}`)
    for (const { quality = 50, effort = 0 } of Object.values(look.encode))
      if (quality < 1 || quality > 100 || effort < 0 || effort > 9) throw new Error('an encoder out of range')
  }
  expectNoPollution()
  return errors.length === 0
}

test('no specifier makes the parser throw, and no look leaves its limits', () => {
  let good = 0
  fc.assert(
    fc.property(specifiers, (written) => {
      if (check(written)) good++
    }),
    CASES,
  )
  // The grammar is reached, and not its refusals alone.
  expect(good).toBeGreaterThan(50)
})

test('texts without any form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (written) => {
      isGenerateSpecifier(written)
      check(written)
    }),
    CASES,
  )
})

test('words of the grammar with their own values', () => {
  const pair = fc
    .tuple(fc.constantFrom(...words), textsOf(VALUES, 3))
    .map(([word, value]) => `&${encodeURIComponent(word)}=${encodeURIComponent(value)}`)
  fc.assert(
    fc.property(fc.array(fc.oneof(pair, fc.constantFrom(...examples)), { maxLength: 8 }), (pairs) => {
      check(`./a.png?generate${pairs.join('')}`)
    }),
    CASES,
  )
})

test('long rows of each piece are read in one pass', () => {
  for (const piece of [
    ...VALUES,
    ...paths,
    '&',
    '=',
    ';',
    ',',
    '1;',
    '1,',
    ' ',
    '%20',
    '&a',
    '&w=1',
    '?',
    '.png',
    '1x',
    '1:',
    '..',
  ])
    for (const start of [
      '',
      './a.png?generate&w=',
      './a.png?generate&size=',
      './a.png?generate&aspect=',
      './a.png?generate&',
    ])
      check(start + piece.repeat(20_000 / Math.max(1, piece.length)))
})
