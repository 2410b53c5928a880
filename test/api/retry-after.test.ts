import { expect, test } from 'vitest'
import { backoffMs } from '../../src/api/backoff.ts'
import { retryAfterMs } from '../../src/api/retry-after.ts'

const now = Date.UTC(2026, 10, 22, 9, 30)

test.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': ' 1.5 ' }, 1500],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Sun, 22 Nov 2026 09:31:00 GMT' }, 60_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '850' }, 850],
  [{ 'retry-after-ms': '850', 'retry-after': '60' }, 850],
  [{ 'retry-after-ms': 'soon', 'retry-after': '60' }, 60_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-5 apples' }, undefined],
  [{}, undefined],
])('headers %j', (headers, ms) => {
  expect(retryAfterMs(headers, undefined, now)).toBe(ms)
})

test.each<[string | undefined, number | undefined]>([
  ['Please try again in 12s.', 12_000],
  ['Please try again in 1m3s.', 63_000],
  ['Please try again in 850ms.', 850],
  ['Please try again in 1.2s. Visit …', 1200],
  ['Try again in 2 minutes', 120_000],
  ['try again in 1h2m3s', 3_723_000],
  ['Retry again in 20 seconds, please', 20_000],
  ['Please try again in a while', undefined],
  ['Limit 5 s. Used 5.', undefined],
  [undefined, undefined],
])('the message %j', (message, ms) => {
  expect(retryAfterMs({}, message, now)).toBe(ms)
})

test('a wait beyond all measure is a year', () => {
  const year = 365 * 24 * 3_600_000
  const long = '9'.repeat(400)
  expect(retryAfterMs({ 'retry-after': long }, undefined, now)).toBe(year)
  expect(retryAfterMs({ 'retry-after-ms': long }, undefined, now)).toBe(year)
  expect(retryAfterMs({}, `try again in ${long}h`, now)).toBe(year)
})

test('headers win over the message', () => {
  expect(retryAfterMs({ 'retry-after': '1' }, 'try again in 12s', now)).toBe(1000)
})

test('without a word the wait doubles up to 30 s, with full jitter', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => backoffMs(attempt, () => 1 - Number.EPSILON))).toEqual([
    999, 1999, 3999, 7999, 15_999, 29_999, 29_999, 29_999,
  ])
  expect(backoffMs(9, () => 0)).toBe(0)
})
