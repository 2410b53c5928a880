const first = 1000
const longest = 30_000

/** Milliseconds to wait before try `attempt + 1`, with full jitter: anything up to 1 s, 2 s, 4 s, … 30 s. `random` gives 0 ≤ x < 1. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(longest, first * 2 ** (attempt - 1)))
}
