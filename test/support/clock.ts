/** A clock that only waiting moves: no test waits for real. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Every wait, in milliseconds. */
  readonly slept: number[]
}

/** Starts at the real time, because the emulator's dates are real. */
export function createClock(): Clock {
  const slept: number[] = []
  let ahead = 0
  return {
    slept,
    now: () => Date.now() + ahead,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      slept.push(ms)
      ahead += ms
    },
  }
}
