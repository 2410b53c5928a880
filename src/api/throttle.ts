import PQueue from 'p-queue'

/** Waits for some milliseconds; rejects when the signal aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** What the throttle needs to know. */
export interface ThrottleOptions {
  /** Requests under way at once. */
  readonly concurrency: number
  /** Pictures asked for in any 60 s. */
  readonly imagesPerMinute: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: Sleep
}

/** Holds a whole run to its limits. */
export interface Throttle {
  /** Runs a task that asks for `images` pictures when its turn has come; rejects with the reason of the signal where it aborts before that. Tasks of a higher `priority` go first. */
  run<T>(
    task: () => Promise<T>,
    options: { images: number; priority: number; signal?: AbortSignal | undefined },
  ): Promise<T>
  /** After a rate limit: nothing starts for `ms`, and from then on half as many at once, never below one. */
  slowDown(ms: number): void
  readonly concurrency: number
}

const minute = 60_000

/** Makes the throttle of a run. Rate limits that arrive while it already waits count as one. */
export function createThrottle({ concurrency, imagesPerMinute, now, sleep }: ThrottleOptions): Throttle {
  const queue = new PQueue({ concurrency })
  const started: { at: number; images: number }[] = []
  let pausedUntil = Number.NEGATIVE_INFINITY

  /** Milliseconds until `images` more may be asked for. */
  function waitFor(images: number): number {
    while (started[0] !== undefined && started[0].at + minute <= now()) started.shift()
    const recent = started.reduce((sum, start) => sum + start.images, 0)
    const [oldest] = started
    // More at once than the limit of a minute: they wait for an empty minute, and then go.
    const full = oldest !== undefined && recent + images > imagesPerMinute
    return Math.max(pausedUntil - now(), full ? oldest.at + minute - now() : 0)
  }

  async function admit(images: number, signal: AbortSignal | undefined): Promise<void> {
    for (let wait = waitFor(images); wait > 0; wait = waitFor(images)) await sleep(wait, signal)
    signal?.throwIfAborted()
    started.push({ at: now(), images })
  }

  return {
    run(task, { images, priority, signal }) {
      const turn = async () => {
        await admit(images, signal)
        return task()
      }
      // The queue does not get the signal: it would reject a task that is under way, and with it what is paid for.
      return queue.add(turn, { priority })
    },
    slowDown(ms) {
      if (now() >= pausedUntil) queue.concurrency = Math.max(1, Math.floor(queue.concurrency / 2))
      pausedUntil = Math.max(pausedUntil, now() + ms)
    },
    get concurrency() {
      return queue.concurrency
    },
  }
}
