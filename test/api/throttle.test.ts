import { expect, test } from 'vitest'
import { createThrottle } from '../../src/api/throttle.ts'

/** A throttle on a clock that only `sleep` moves. */
function clocked(options: { concurrency?: number; imagesPerMinute?: number } = {}) {
  let time = 1_000_000
  const throttle = createThrottle({
    concurrency: 10,
    imagesPerMinute: Number.POSITIVE_INFINITY,
    ...options,
    now: () => time,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      time += ms
    },
  })
  const begun: number[] = []
  const run = (images = 1, priority = 0) =>
    throttle.run(async () => void begun.push(time - 1_000_000), { images, priority })
  return { throttle, run, begun }
}

/** Tasks that end when told, and how many were ever under way at once. */
function gated() {
  const open: (() => void)[] = []
  let running = 0
  let most = 0
  const task = async () => {
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => open.push(resolve))
    running--
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { task, open, settle, most: () => most }
}

test('no more at once than the limit', async () => {
  const { throttle } = clocked({ concurrency: 3 })
  const { task, open, settle, most } = gated()
  const all = Array.from({ length: 8 }, () => throttle.run(task, { images: 1, priority: 0 }))
  for (let ended = 0; ended < 8; ended++) {
    await settle()
    expect(open.length).toBe(Math.min(8, ended + 3))
    open[ended]?.()
  }
  await Promise.all(all)
  expect(most()).toBe(3)
})

test('no more pictures in any minute than the limit, several of a request counted', async () => {
  const { run, begun } = clocked({ imagesPerMinute: 5, concurrency: 1 })
  await Promise.all([run(2), run(2), run(2), run(1), run(5)])
  expect(begun).toEqual([0, 0, 60_000, 60_000, 120_000])
})

test('a request for more pictures than a minute allows waits for an empty minute', async () => {
  const { run, begun } = clocked({ imagesPerMinute: 2, concurrency: 1 })
  await Promise.all([run(1), run(4), run(1)])
  expect(begun).toEqual([0, 60_000, 120_000])
})

test('after a rate limit the whole run waits, and goes on with half as many', async () => {
  const { throttle, run, begun } = clocked({ concurrency: 5 })
  throttle.slowDown(7000)
  expect(throttle.concurrency).toBe(2)
  await Promise.all([run(), run(), run()])
  expect(begun).toEqual([7000, 7000, 7000])
})

test('rate limits that arrive together count as one, and the longest wait holds', async () => {
  const { throttle, run, begun } = clocked({ concurrency: 8 })
  for (const ms of [3000, 9000, 1000]) throttle.slowDown(ms)
  expect(throttle.concurrency).toBe(4)
  await run()
  expect(begun).toEqual([9000])
  throttle.slowDown(1)
  expect(throttle.concurrency).toBe(2)
})

test('one at a time is the slowest', () => {
  const { throttle } = clocked({ concurrency: 1 })
  throttle.slowDown(1)
  expect(throttle.concurrency).toBe(1)
})

test('what was tried before goes before what is new', async () => {
  const { throttle } = clocked({ concurrency: 1 })
  const { task, open, settle } = gated()
  const order: string[] = []
  const named = (name: string) => async () => void order.push(name)
  const all = [
    throttle.run(task, { images: 1, priority: 0 }),
    throttle.run(named('new'), { images: 1, priority: 1 }),
    throttle.run(named('again'), { images: 1, priority: 2 }),
  ]
  await settle()
  open[0]?.()
  await Promise.all(all)
  expect(order).toEqual(['again', 'new'])
})

test('an interruption reaches what waits, and not what is under way', async () => {
  const { throttle } = clocked({ concurrency: 1 })
  const { task, open, settle } = gated()
  const stop = new AbortController()
  const kept = async () => {
    await task()
    return 'kept'
  }
  const under = throttle.run(kept, { images: 1, priority: 0, signal: stop.signal })
  const waiting = throttle.run(task, { images: 1, priority: 0, signal: stop.signal })
  await settle()
  stop.abort()
  await settle()
  open[0]?.()
  expect(await under).toBe('kept')
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})
