import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { cleanError, createError, GenerateImagesError, joinErrors } from '../../src/errors/index.ts'

const SECRET = 'my-secret-key'
const clean = (text: string) => text.replaceAll(SECRET, '[key]')
const printed = (value: unknown) => inspect(value, { depth: 20, showHidden: true })

test('leaves what shows no secret as it is', () => {
  const error = createError('UNEXPECTED', { problem: 'x' }, { cause: { any: 'thing' } })
  const before = printed(error)
  expect(cleanError(error, clean)).toBe(error)
  expect(printed(error)).toBe(before)
  for (const thrown of [undefined, null, 7, 'text', Symbol.iterator])
    expect(cleanError(thrown, clean)).toBe(thrown)
})

test('takes a secret out of texts, stacks, causes and the errors that one stands for', () => {
  const cause = new TypeError(`header ${SECRET}`, { cause: [SECRET, new Error(SECRET)] })
  const one = createError('UNEXPECTED', { problem: `it said ${SECRET}` }, { cause, picture: 'boat' })
  const all = joinErrors([one, createError('STOPPED', { why: SECRET })])
  expect(cleanError(all, clean)).toBe(all)
  expect(printed(all)).not.toContain(SECRET)
  expect(one).toBeInstanceOf(GenerateImagesError)
  expect(one.sentence).toBe('Something unexpected failed: it said [key].')
  expect(one).toMatchObject({ code: 'UNEXPECTED', picture: 'boat', cause: { message: 'header [key]' } })
  expect(one.stack).toContain('it said [key]')
  expect(JSON.stringify(all)).toContain('it said [key]')
})

test('leaves what an error refers to whole, and shows it no more', () => {
  const settings = { provider: { apiKey: SECRET } }
  const error = Object.assign(new Error('failed'), { settings, map: new Map([[SECRET, 1]]), code: 'E' })
  cleanError(error, clean)
  expect(printed(error)).not.toContain(SECRET)
  expect(error).toMatchObject({ code: 'E', message: 'failed', settings: '[left out: it held a key]' })
  expect(settings).toEqual({ provider: { apiKey: SECRET } })
})

test('ends where errors refer to each other, and where they can not be changed', () => {
  const first: Error & { other?: Error } = new Error(SECRET)
  first.other = new Error(SECRET, { cause: first })
  cleanError(first, clean)
  expect(printed(first)).not.toContain(SECRET)
  const frozen = cleanError(Object.freeze(new Error(SECRET)), clean)
  expect(printed(frozen)).not.toContain(SECRET)
  expect(cleanError(`thrown ${SECRET}`, clean)).toBe('thrown [key]')
  expect(cleanError({ message: SECRET }, clean)).toBe('[left out: it held a key]')
})
