// What each failure means for the money. Decided by where it happened, the status and the codes in the body; never by
// the text of a message.

/** The classes of failure. */
export type OutcomeClass =
  | 'never-sent'
  | 'rate-limited'
  | 'out-of-money'
  | 'refused'
  | 'our-mistake'
  | 'unknown'
  | 'paid-not-fetched'

/** Whether the request was paid for. */
export type Billed = 'no' | 'maybe' | 'yes'

/** What a class of failure means: for the money, and whether the same request may be sent again in this run. */
export interface Outcome {
  readonly class: OutcomeClass
  readonly billed: Billed
  readonly retry: boolean
}

/** A failure, as far as it decides the class. */
export type Failure =
  /** Nothing left this machine: no connection was made, or the run was stopped before. */
  | { readonly at: 'before'; readonly aborted: boolean }
  /** The request was sent, and no whole answer came. */
  | { readonly at: 'after' }
  /** A whole answer that is not 200. `codes` are `error.code` and `error.type`. */
  | {
      readonly at: 'answer'
      readonly status: number
      readonly codes: readonly string[]
      readonly retryAfter: boolean
    }
  /** A 200 that holds no picture. */
  | { readonly at: 'reply' }
  /** A picture that was paid for and whose link can't be fetched. */
  | { readonly at: 'download' }

/** The treatment of each class. */
export const OUTCOMES: Readonly<Record<OutcomeClass, Outcome>> = {
  'never-sent': { class: 'never-sent', billed: 'no', retry: true },
  'rate-limited': { class: 'rate-limited', billed: 'no', retry: true },
  'out-of-money': { class: 'out-of-money', billed: 'no', retry: false },
  refused: { class: 'refused', billed: 'no', retry: false },
  'our-mistake': { class: 'our-mistake', billed: 'no', retry: false },
  unknown: { class: 'unknown', billed: 'maybe', retry: false },
  'paid-not-fetched': { class: 'paid-not-fetched', billed: 'yes', retry: false },
}

/** A rule holds where the status is one of `statuses` and, if it has any, a code is one of `codes` or ends in `suffix`. */
interface Rule {
  readonly class: OutcomeClass
  readonly statuses: readonly number[]
  readonly codes?: readonly string[]
  readonly suffix?: string
  readonly retryAfter?: true
}

/** The rules for whole answers that are not 200; the first that holds decides. */
export const RULES: readonly Rule[] = [
  // Before the suffix below, which would take it for a limit on money.
  { class: 'rate-limited', statuses: [429], codes: ['rate_limit_exceeded', 'slow_down'] },
  {
    class: 'out-of-money',
    statuses: [400, 402, 403, 429],
    // The last two are what gateways built on new-api say.
    codes: [
      'insufficient_quota',
      'credit_balance_exhausted',
      'billing_hard_limit_reached',
      'insufficient_user_quota',
      'pre_consume_token_quota_failed',
    ],
    suffix: '_limit_exceeded',
  },
  { class: 'out-of-money', statuses: [402] },
  { class: 'rate-limited', statuses: [429] },
  // What gateways built on new-api say of a model that no channel of theirs serves.
  { class: 'our-mistake', statuses: [503], codes: ['model_not_found'] },
  { class: 'rate-limited', statuses: [503], retryAfter: true },
  { class: 'refused', statuses: [400, 422], codes: ['moderation_blocked', 'content_policy_violation'] },
  { class: 'our-mistake', statuses: [500], codes: ['invalid_request'] },
  // 409 and 499 say that another try of the same request, or this one, may be at work.
  { class: 'unknown', statuses: [408, 409, 499] },
]

/** The class of a failure. What no rule knows is our mistake for 3xx and 4xx, and unknown for everything else. */
export function classify(failure: Failure): Outcome {
  if (failure.at === 'before') return { ...OUTCOMES['never-sent'], retry: !failure.aborted }
  if (failure.at === 'download') return OUTCOMES['paid-not-fetched']
  if (failure.at !== 'answer') return OUTCOMES.unknown
  const rule = RULES.find((candidate) => holds(candidate, failure))
  if (rule !== undefined) return OUTCOMES[rule.class]
  return failure.status >= 300 && failure.status < 500 ? OUTCOMES['our-mistake'] : OUTCOMES.unknown
}

function holds(rule: Rule, failure: Failure & { at: 'answer' }): boolean {
  if (!rule.statuses.includes(failure.status)) return false
  if (rule.retryAfter && !failure.retryAfter) return false
  if (rule.codes === undefined) return true
  return failure.codes.some(
    (code) => rule.codes?.includes(code) || (rule.suffix !== undefined && code.endsWith(rule.suffix)),
  )
}
