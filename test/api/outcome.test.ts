import { expect, test } from 'vitest'
import { OUTCOMES } from '../../src/api/index.ts'
import { classify, type OutcomeClass } from '../../src/api/outcome.ts'

const answered = (status: number, codes: string[] = [], retryAfter = false) =>
  classify({ at: 'answer', status, codes, retryAfter }).class

test.each<[number, string[], boolean, OutcomeClass]>([
  [429, ['rate_limit_exceeded'], false, 'rate-limited'],
  [429, ['slow_down'], false, 'rate-limited'],
  [429, [], false, 'rate-limited'],
  [429, ['insufficient_quota'], true, 'out-of-money'],
  [429, ['daily_limit_exceeded'], false, 'out-of-money'],
  [400, ['billing_hard_limit_reached', 'image_generation_user_error'], false, 'out-of-money'],
  [402, [], false, 'out-of-money'],
  [403, ['pre_consume_token_quota_failed'], false, 'out-of-money'],
  [503, [], true, 'rate-limited'],
  [503, [], false, 'unknown'],
  [503, ['model_not_found'], false, 'our-mistake'],
  [500, ['invalid_request'], false, 'our-mistake'],
  [500, ['invalid_request_error'], false, 'unknown'],
  [500, [], true, 'unknown'],
  [502, ['moderation_blocked'], false, 'unknown'],
  [400, ['moderation_blocked'], false, 'refused'],
  [422, ['content_policy_violation'], false, 'refused'],
  [400, ['invalid_request_error'], false, 'our-mistake'],
  [401, [], false, 'our-mistake'],
  [404, [], false, 'our-mistake'],
  [413, [], false, 'our-mistake'],
  [301, [], false, 'our-mistake'],
  [408, [], false, 'unknown'],
  [409, [], false, 'unknown'],
  [202, [], false, 'unknown'],
  [204, [], false, 'unknown'],
  [524, [], false, 'unknown'],
])('%i %j, Retry-After %s: %s', (status, codes, retryAfter, expected) => {
  expect(answered(status, codes, retryAfter)).toBe(expected)
})

test('only what was surely not billed is sent again', () => {
  for (const outcome of Object.values(OUTCOMES)) {
    if (outcome.retry) expect(outcome.billed).toBe('no')
  }
  const again = Object.values(OUTCOMES).filter(({ retry }) => retry)
  expect(again.map((outcome) => outcome.class)).toEqual(['never-sent', 'rate-limited'])
})

test('where it happened decides what has no status', () => {
  expect(classify({ at: 'before', aborted: false })).toEqual({
    class: 'never-sent',
    billed: 'no',
    retry: true,
  })
  expect(classify({ at: 'before', aborted: true })).toEqual({
    class: 'never-sent',
    billed: 'no',
    retry: false,
  })
  expect(classify({ at: 'after' })).toEqual(OUTCOMES.unknown)
  expect(classify({ at: 'reply' })).toEqual(OUTCOMES.unknown)
  expect(classify({ at: 'download' })).toEqual(OUTCOMES['paid-not-fetched'])
})

test('no status between 100 and 599 that may have been billed is sent again', () => {
  for (let status = 100; status < 600; status++) {
    const outcome = classify({ at: 'answer', status, codes: [], retryAfter: false })
    if (status >= 500 || status < 300 || status === 408) expect(outcome).toEqual(OUTCOMES.unknown)
    if (outcome.retry) expect(status).toBe(429)
  }
})
