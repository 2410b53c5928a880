// The search that every row relies on finds what it looks for.
import { expect, test } from 'vitest'
import { formsOf, holdsKey, newCanary } from './canary.ts'

const key = newCanary()
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', `Authorization: Bearer ${key}\r\n`],
  ['between other bytes', `\0\xff${key}\xfe`],
  ['in a URL', `https://a.test/?key=${encodeURIComponent(key)}&b`],
  ['in JSON that escapes slashes', `{"key":"${key.replaceAll('/', '\\/')}"}`],
  ['in base64', base64(key)],
  ['in base64, one byte in', base64(`:${key}:`)],
  ['in base64, two bytes in', base64(`u:${key} and more`)],
  ['in base64 of a URL', base64(`Bearer ${key}`).replaceAll('+', '-').replaceAll('/', '_')],
  ['in hexadecimal', Buffer.from(key).toString('hex')],
])('the key %s', (_, text) => {
  expect(holdsKey(Buffer.from(text, 'latin1'), formsOf(key))).toBe(true)
  expect(holdsKey(Buffer.from(text, 'latin1'), formsOf(newCanary()))).toBe(false)
})
