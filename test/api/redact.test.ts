import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor, createScrubber } from '../../src/api/index.ts'
import { keysOf, secretsOf } from '../../src/api/secrets.ts'

const key = fc.stringMatching(/^[!-~]{12,60}$/).filter((text) => !'[key]'.includes(text))
const base64 = (text: string) => Buffer.from(text).toString('base64')
const base64url = (text: string) => Buffer.from(text).toString('base64url')
const around = (change: (text: string) => string) =>
  fc.property(
    key,
    fc.string({ unit: 'grapheme-ascii' }),
    fc.string({ unit: 'grapheme-ascii' }),
    (secret, before, after) => {
      const text = change(before + secret + after)
      const redact = createRedactor([secret])
      // What is left of it can't be turned back into the key.
      const left = [
        redact.text(text),
        createScrubber([secret])(text),
        String(redact.bytes(Buffer.from(text))),
      ]
      for (const one of left) {
        expect(one).not.toContain(secret)
        expect(Buffer.from(one, 'base64').includes(secret)).toBe(false)
      }
    },
  )

test.each([
  ['as it is', (text: string) => text],
  ['in JSON', (text: string) => JSON.stringify(text)],
  ['in a link', encodeURIComponent],
  ['in a link, in small letters', (text: string) => encodeURIComponent(text).toLowerCase()],
  ['in base64', base64],
  ['in base64 for links', base64url],
  ['in base64 within a link', (text: string) => encodeURIComponent(base64(text))],
])('takes a key out %s, wherever it stands', (name, change) => {
  if (name.endsWith('small letters'))
    expect(createRedactor(['my+SECRET/key=1']).text('x=my%2bSECRET%2fkey%3d1')).toBe('x=[key]')
  else fc.assert(around(change))
})

test('leaves bytes as they are where they hold no key, and all but the key where they do', () => {
  const redact = createRedactor(['canary-canary-1'])
  const bytes = randomBytes(100_000)
  expect(redact.bytes(bytes)).toBe(bytes)
  const clean = redact.bytes(Buffer.concat([bytes, Buffer.from('canary-canary-1'), bytes]))
  expect(Buffer.concat([bytes, Buffer.from('[key]'), bytes]).equals(clean)).toBe(true)
})

test('keeps the form of JSON, and takes a key out of names too', () => {
  const redact = createRedactor(['canary"canary\\1'])
  expect(redact.json({ 'a canary"canary\\1': [1, null, { b: 'canary"canary\\1' }] })).toEqual({
    'a [key]': [1, null, { b: '[key]' }],
  })
})

test('takes nothing out for a key that is a word, as an emulator may be given', () => {
  const answer = Buffer.from('{"emulator":"unplugin-generate-images","data":[]}')
  expect(createRedactor(['emulator', '', 'any-key']).bytes(answer)).toBe(answer)
})

test('tells the secrets among the headers of a user by their names', () => {
  const headers = {
    Authorization: 'Bearer abc',
    'X-Api-Key': 'def',
    'X-Title': 'My site',
    Accept: 'application/json',
  }
  expect(keysOf({ apiKey: 'k', headers })).toEqual(['k', 'Bearer abc', 'Bearer', 'abc', 'def', 'def'])
  expect(secretsOf({ apiKey: 'k', headers })).toEqual(expect.arrayContaining(['k', 'abc', 'def', 'My site']))
  expect(keysOf({})).toEqual([''])
})
