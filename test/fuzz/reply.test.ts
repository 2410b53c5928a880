import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64 } from '../../src/api/base64.ts'
import { readReply } from '../../src/api/read-reply.ts'
import { createEventReader } from '../../src/api/stream.ts'
import { CASES, expectNoPollution, expectOwn, HARD_KEYS, hold, textsOf } from './support.ts'

const types = fc.constantFrom(
  '',
  'application/json',
  'text/html; charset=utf-8',
  'text/event-stream',
  'image/png',
)

function check(raw: Uint8Array, contentType: string): number {
  const reply = readReply(raw, contentType)
  expectNoPollution()
  if (!reply.ok) {
    expectOwn(reply.error)
    hold(reply.class === 'unknown' && reply.billed === 'maybe', 'a failure that may be asked for again')
    return 0
  }
  hold(reply.pictures.length > 0 && reply.unreadable >= 0, 'an answer without pictures')
  for (const picture of reply.pictures) {
    const held = picture.kind === 'bytes' ? picture.bytes.length : picture.url.length
    if (!(held > 0)) throw new Error(`a ${picture.kind} picture without anything in it`)
    // What goes into a record can be written and read again, and holds no bytes and no links.
    const record = JSON.stringify(picture.answer)
    hold(JSON.stringify(JSON.parse(record)) === record, 'a record that changes')
    hold(!Object.keys(picture.answer).includes('b64_json'), 'bytes in a record')
  }
  return reply.pictures.length
}

const texts = fc.oneof(
  fc.constantFrom(
    '',
    '=',
    '==',
    'A',
    'AA',
    'AAA',
    'AA==',
    'data:',
    'data:image/png;base64,',
    'iVBORw0KGgo=',
    '\n',
    '__-_',
  ),
  fc.base64String({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.webUrl(),
)
const json = fc.oneof(fc.jsonValue({ maxDepth: 2 }), texts)
const keys = fc.constantFrom('b64_json', 'url', 'revised_prompt', 'usage', 'data', ...HARD_KEYS)
const objects = (values: fc.Arbitrary<unknown>) =>
  fc
    .array(fc.tuple(keys, values), { maxLength: 4 })
    .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)}}`)
const answers = fc
  .record({
    data: fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .array(fc.oneof(objects(texts), objects(json)), { maxLength: 4 })
          .map((all) => `[${all}]`),
      },
      { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
    ),
    rest: fc.array(
      fc.tuple(
        fc.constantFrom('created', 'usage', 'size', 'error', 'emulator', 'output_format', ...HARD_KEYS),
        json,
      ),
      { maxLength: 4 },
    ),
  })
  .map(
    ({ data, rest }) =>
      `{"data":${data}${rest.map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`).join('')}}`,
  )

test('answers with anything in them', () => {
  let pictures = 0
  fc.assert(
    fc.property(answers, types, (text, type) => {
      pictures += check(Buffer.from(text), type)
    }),
    CASES,
  )
  expect(pictures).toBeGreaterThan(500)
})

test('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), types, (raw, type) => void check(raw, type)),
    CASES,
  )
})

test('any JSON, and answers that are cut or changed in one place', () => {
  fc.assert(
    fc.property(fc.json(), answers, fc.nat({ max: 200 }), types, (other, text, at, type) => {
      check(Buffer.from(other), type)
      check(Buffer.from(text.slice(0, at)), type)
      check(Buffer.from(`${text.slice(0, at)}\0${text.slice(at + 1)}`), type)
    }),
    CASES,
  )
})

test('base64 is read whole or not at all', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), texts, (bytes, other) => {
      const text = Buffer.from(bytes).toString('base64')
      for (const form of [
        text,
        text.replace(/=+$/, ''),
        `data:image/png;base64,${text}`,
        text.replace(/(.)/g, '$1\n'),
      ])
        expect(Buffer.from(decodeBase64(form)!).equals(bytes)).toBe(true)
      expect(decodeBase64(other)?.length ?? 1).toBeGreaterThan(0)
    }),
    CASES,
  )
})

test('an event stream in any pieces', () => {
  const lines = textsOf(
    [
      'data: ',
      'event: ',
      'image_generation.completed',
      '{"type":"image_generation.completed","b64_json":"AAAA"}',
      '\n',
      '\r\n',
      '\n\n',
      ':',
      '[DONE]',
      '{}',
    ],
    20,
  )
  fc.assert(
    fc.property(lines, fc.nat({ max: 30 }), (text, at) => {
      const events = createEventReader(() => {})
      const bytes = Buffer.from(text)
      events.push(bytes.subarray(0, at))
      events.push(bytes.subarray(at))
      const answer = events.answer()
      if (answer !== undefined) check(answer, 'application/json')
    }),
    CASES,
  )
})

test('answers that are made to be slow or deep', () => {
  const half = 50_000
  for (const piece of ['[', '{"data":', '{"data":[', '"', ' ', '<', '=', '[{},', '{"a":['])
    for (const start of ['', '{"data":[{"b64_json":"', '{"data":[', '{"error":{"message":"'])
      for (const end of ['', '"}]}', '"}}'])
        check(Buffer.from(start + piece.repeat(half / piece.length) + end), '')
})
