import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAfterMs } from '../../src/api/retry-after.ts'
import { CASES, textsOf } from './support.ts'

const now = Date.UTC(2026, 10, 22, 9, 30)
const NUMBERS = ['0', '7', '1.5', '-1', '1e9', 'NaN', 'Infinity', '0x10', '9'.repeat(400), '.', '1_000', '٣']
const values = textsOf(
  [...NUMBERS, ' ', '\t', 'Sun, 22 Nov 2026 09:31:00 GMT', 'Jan', '275760', 'GMT', ',', ':', '-'],
  5,
)
const messages = textsOf([
  'Please try again in ',
  'again in ',
  ...NUMBERS,
  'ms',
  's',
  'm',
  'h',
  ' seconds',
  'minutes',
  'hrs',
  'mi',
  ' ',
  '.',
])

const check = (headers: Record<string, string>, message?: string) => {
  const ms = retryAfterMs(headers, message, now)
  if (ms !== undefined && !(Number.isSafeInteger(ms) && ms >= 0)) throw new Error(`a wait of ${ms}`)
  return ms !== undefined
}

test('a wait is a whole number of milliseconds that a timer can be set to, or not said', () => {
  let said = 0
  fc.assert(
    fc.property(values, values, messages, fc.nat({ max: 7 }), (after, afterMs, message, which) => {
      const headers = {
        ...(which & 1 ? { 'retry-after': after } : {}),
        ...(which & 2 ? { 'retry-after-ms': afterMs } : {}),
      }
      if (check(headers, which & 4 ? message : undefined)) said++
    }),
    CASES,
  )
  expect(said).toBeGreaterThan(500)
})

test('any texts', () => {
  const any = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(any, any, (header, message) => {
      check({ 'retry-after': header }, message)
      check({ 'retry-after': String(new Date(now + header.length)), 'retry-after-ms': header }, message)
    }),
    CASES,
  )
})

test('texts that are made to be slow', () => {
  for (const piece of ['1', '1s', '1s ', 'again in ', 'again in 1', ' ', '1.', '1 m', 'again in 1s'])
    for (const end of ['', 'x', '!']) {
      const text = piece.repeat(100_000 / piece.length) + end
      check({ 'retry-after': text, 'retry-after-ms': text }, text)
      check({}, `again in ${text}`)
    }
})
