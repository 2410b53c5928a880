import { describe, expect, test } from 'vitest'
import { createMemory } from '../../src/api/memory.ts'
import { readReply } from '../../src/api/read-reply.ts'
import { unpackAnswer } from '../../src/api/unpack.ts'

const bytes = (seed: number) =>
  Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * seed + (i >> 8)) & 0xff))
const first = bytes(7)
const second = bytes(11)
const raw = (data: unknown, more = {}) => Buffer.from(JSON.stringify({ created: 1, data, ...more }))
const base64 = (picture: Buffer) => picture.toString('base64')

describe('an answer', () => {
  test('is taken apart and read as if it were whole', () => {
    const whole = raw(
      [
        { b64_json: base64(first), revised_prompt: 'ü' },
        { url: 'https://x.test/a.png' },
        { b64_json: base64(second) },
      ],
      { usage: { total_tokens: 3 } },
    )
    const { body, pictures } = unpackAnswer(whole)!
    expect(Buffer.from(body).toString()).toBe(
      '{"created":1,"data":[{"b64_json":"","revised_prompt":"ü"},{"url":"https://x.test/a.png"},{"b64_json":""}],"usage":{"total_tokens":3}}',
    )
    expect([...pictures]).toEqual([
      [0, first],
      [2, second],
    ])
    expect(readReply(body, '', { beside: pictures })).toEqual(readReply(whole, ''))
  })

  test.each([
    ['without a picture', raw([])],
    ['with a short one', raw([{ b64_json: 'AAAA' }])],
    ['with one that is no base64', raw([{ b64_json: `${base64(first)}*` }])],
    ['with one of two that is none', raw([{ b64_json: base64(first) }, { b64_json: `${base64(first)}*` }])],
    ['with one in another place', raw([{ b64_json: base64(first) }], { b64_json: base64(second) })],
    [
      'with a field twice',
      Buffer.from(`{"data":[{"b64_json":"${base64(first)}","b64_json":"${base64(second)}"}]}`),
    ],
    ['that is cut off', raw([{ b64_json: base64(first) }]).subarray(0, -2)],
    ['that is no JSON', Buffer.from('<html>')],
  ])('%s stays as it came', (_, whole) => {
    expect(unpackAnswer(whole)).toBeUndefined()
  })

  test('whose pictures are gone has none', () => {
    const { body } = unpackAnswer(raw([{ b64_json: base64(first) }]))!
    expect(readReply(body, '')).toMatchObject({ ok: false, class: 'unknown' })
  })
})

describe('memory', () => {
  test('is given again when it was taken back, and whoever had it finds it empty', () => {
    const memory = createMemory()
    const one = memory.lend(1000)
    one.fill(1)
    memory.takeBack(one)
    expect(one).toHaveLength(0)
    const other = memory.lend(900)
    expect(other).toHaveLength(900)
    expect(other[0]).toBe(1)
    expect(memory.lend(1000)[0]).not.toBe(undefined)
  })

  test('is never given twice at once, and what was not lent is left alone', () => {
    const memory = createMemory()
    const pieces = Array.from({ length: 20 }, (_, index) => memory.lend(600_000).fill(index))
    expect(pieces.map((piece) => [piece[0], piece.at(-1)])).toEqual(pieces.map((_, index) => [index, index]))
    for (const piece of pieces) memory.takeBack(piece)
    for (const piece of pieces) memory.takeBack(piece)
    const again = Array.from({ length: 20 }, (_, index) => memory.lend(600_000).fill(index))
    expect(again.map((piece) => [piece[0], piece.at(-1)])).toEqual(again.map((_, index) => [index, index]))
    const own = Buffer.from('mine')
    memory.takeBack(own)
    expect(own.toString()).toBe('mine')
  })
})
