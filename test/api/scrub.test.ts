import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScrubber, originOf } from '../../src/api/index.ts'

test.each([
  ['Incorrect API key provided: my+secret/key=1.', 'Incorrect API key provided: [key].'],
  ['encoded my%2Bsecret%2Fkey%3D1 too', 'encoded [key] too'],
  ['Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer [key]'],
  ['another key: sk-proj-abc_DEF-123456', 'another key: [key]'],
  ['masked: sk-ab****7890', 'masked: [key]'],
  [
    'see https://files.example.test/a.png?Signature=abc&Expires=1 for it',
    'see https://files.example.test for it',
  ],
  ['at http://user:word@host.test:81/x', 'at http://host.test:81'],
  ['two\nlines\tand \u001b[31mcolour', 'two lines and [31mcolour'],
])('%j', (text, clean) => {
  expect(createScrubber(['my+secret/key=1'])(text)).toBe(clean)
})

test('long texts are cut', () => {
  expect(createScrubber([])('word '.repeat(1000))).toHaveLength(601)
})

test('a secret that is too short to be one takes nothing out', () => {
  expect(createScrubber(['', 'a', 'true'])('a true word')).toBe('a true word')
})

test('no text lets a key through', () => {
  const key = fc.stringMatching(/^[!-~]{6,40}$/)
  fc.assert(
    fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
      const clean = createScrubber([secret])(`${before}${secret}${after}`)
      return secret === '[key]' || !clean.includes(secret) || '[key]'.includes(secret)
    }),
  )
})

test('the origin of a link, and of what is none', () => {
  expect(originOf('https://a.test/b?c#d')).toBe('https://a.test')
  expect(originOf('not a link')).toBe('a link')
})
