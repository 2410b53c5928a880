import { expect, test } from 'vitest'
import { createError, joinErrors, throwAll } from '../../src/errors/index.ts'

const mistakes = (count: number) =>
  Array.from({ length: count }, (_, i) => createError('DEFINED_TWICE', { name: `p${i}` }))

test('one error for several says each; a list of them is flat', () => {
  const [a, b, c] = mistakes(3)
  expect(joinErrors([a!])).toBe(a)
  const joined = joinErrors([joinErrors([a!, b!]), c!])
  expect(joined.errors).toEqual([a, b, c])
  expect(joined.message).toBe(`3 errors:\n\n${[a, b, c].map((one) => one!.message).join('\n\n')}`)
  expect(() => throwAll([])).not.toThrow()
})

test('of very many errors the first hundred are printed, and all are there', () => {
  const all = mistakes(300_000)
  const joined = joinErrors(all)
  expect(joined.errors).toHaveLength(300_000)
  expect(joined.message.match(/DEFINED_TWICE/g)).toHaveLength(100)
  expect(joined.message.split('\n').at(-1)).toBe('and 299900 more errors.')
  expect(joined.exitCode).toBe(2)
  expect(joined.toJSON()).toMatchObject({ code: 'SEVERAL', errors: { length: 10_000 } })
})

test('what is quoted is cut where it is megabytes long, its end is kept', () => {
  const { message } = createError('BAD_NAME', { name: 'n'.repeat(5_000_000), why: 'it is an absolute path' })
  expect(message.length).toBeLessThan(2_000)
  expect(message).toMatch(/^"n{999} … n+" can't be a picture's name: it is an absolute path\. \[BAD_NAME\]/)
})

test('a list in a sentence or a hint is short', () => {
  const many = Array.from({ length: 1_000 }, (_, i) => `c${i}`)
  const { message } = createError('AMBIGUOUS_NAME', { specifier: 'a', candidates: many })
  expect(message).toContain('could be c0, c1, c2, c3, c4 or 995 more.')
  expect(createError('AMBIGUOUS_NAME', { specifier: 'a', candidates: ['b', 'c', 'd'] }).message).toContain(
    'could be b, c or d.',
  )
  expect(createError('UNKNOWN_STYLE', { style: 'a', nearest: [], known: many }).hint).toBe(
    'Defined: c0, c1, c2, c3, c4 and 995 more.',
  )
})
