import type { Refusal } from './refusals.ts'

/** Counts pictures in a sliding minute. */
export interface RateLimit {
  /** Takes room for `n` pictures, or says in how many seconds there will be some. */
  take(n: number): { ok: true } | { ok: false; seconds: number }
  /** The `x-ratelimit-*` headers as of now. */
  headers(): Record<string, string>
  clear(): void
}

const MINUTE = 60_000
// What the headers say where there is no limit: OpenAI's highest tier.
const SHOWN = 250

/** Makes the limit of `perMinute` pictures (`Infinity`: none) on the given clock, in milliseconds. */
export function createRateLimit(perMinute: number, now: () => number): RateLimit {
  let taken: number[] = []
  const fresh = () => {
    taken = taken.filter((at) => at > now() - MINUTE)
    return taken
  }
  /** Milliseconds until `n` more fit. A request for more than a whole minute's pictures never does: it waits for an empty one. */
  const wait = (n: number): number => {
    const over = fresh().length + n - perMinute
    if (over <= 0) return 0
    return (taken[Math.min(over, taken.length) - 1] ?? now()) + MINUTE - now()
  }
  return {
    take(n) {
      const milliseconds = wait(n)
      if (milliseconds > 0) return { ok: false, seconds: Math.max(1, Math.ceil(milliseconds / 1000)) }
      if (perMinute !== Infinity) taken.push(...Array.from({ length: n }, now))
      return { ok: true }
    },
    headers() {
      const limit = perMinute === Infinity ? SHOWN : perMinute
      const left = String(Math.max(0, limit - fresh().length))
      const reset = `${Math.ceil(wait(1) / 1000)}s`
      return {
        'x-ratelimit-limit-requests': String(limit),
        'x-ratelimit-remaining-requests': left,
        'x-ratelimit-reset-requests': reset,
        'x-ratelimit-limit-images': String(limit),
        'x-ratelimit-remaining-images': left,
        'x-ratelimit-reset-images': reset,
      }
    },
    clear() {
      taken = []
    },
  }
}

/** The 429 of a full minute. */
export function rateLimited(model: string, perMinute: number, n: number, seconds: number): Refusal {
  return {
    status: 429,
    message: `Rate limit reached for ${model} on images per min: Limit ${perMinute}, Requested ${n}. Please try again in ${seconds}s. Visit https://platform.openai.com/account/rate-limits to learn more.`,
    type: 'images',
    param: null,
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': String(seconds) },
  }
}
