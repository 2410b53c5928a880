// How a run is ended. What is under way is paid for; what is queued is not.
import { beforeEach, expect, test, vi } from 'vitest'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { outcomeOf } from '../support/outcome.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

let api: TestApi
let site: Site
beforeEach(async () => {
  api = await startPaidApi()
  const images = { a: 'One boat.', b: 'Two boats.', c: 'Three boats.', d: 'Four boats.', e: 'Five boats.' }
  site = await createSite(manifest(images), api.baseURL, { provider: { concurrency: 2 } })
})

/** Begins a run of which two requests are under way. */
async function twoUnderWay(latencyMs: number) {
  api.emulator.faults.order({ fault: 'latency', latencyMs, times: 2 })
  const soon = new AbortController()
  const now = new AbortController()
  const ran = site.run({ soon: soon.signal, now: now.signal })
  await vi.waitFor(() => expect(api.posts).toBe(2), 10_000)
  return { ran, soon, now }
}

test('soon: what is under way is kept, nothing more is sent', async () => {
  const { ran, soon } = await twoUnderWay(600)
  soon.abort()
  expect(await outcomeOf(await ran, site, api)).toMatchInlineSnapshot(`
    "2 POSTs, the API billed $0.1054
    2 made, 3 failed, 2 requests, spent $0.1054, maybe $0.0000
    paid $0.0527 by usage for a (req_1)
    paid $0.0527 by usage for b (req_1)
    .ledger.jsonl, a.json, a.png, b.json, b.png
    c: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture.
    d: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:6:5
      → Mend that first, then run again; nothing was spent on this picture.
    e: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:7:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)

  const { report } = await site.run()
  expect(report).toMatchObject({ kept: 2, requests: 3, failed: [] })
  expect(api.posts).toBe(5)
})

test('now: what is under way may be billed', async () => {
  const { ran, soon, now } = await twoUnderWay(60_000)
  soon.abort()
  now.abort()
  expect(await outcomeOf(await ran, site, api)).toMatchInlineSnapshot(`
    "2 POSTs, the API billed $0.1054
    0 made, 5 failed, 2 requests, spent $0.1054, maybe $0.1054
    unknown $0.0527 by estimate for a
    unknown $0.0527 by estimate for b
    .ledger.jsonl
    a: No whole answer came from http://api: the run was interrupted. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again.
    b: No whole answer came from http://api: the run was interrupted. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      at images.prompts.json:4:5
      → It is not sent again in this run; the next run says so before it asks again.
    c: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture.
    d: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:6:5
      → Mend that first, then run again; nothing was spent on this picture.
    e: Not asked for: the run was interrupted. [STOPPED]
      at images.prompts.json:7:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)

  const plan = await site.plan()
  expect(plan.images.map(({ name, before }) => [name, before?.outcome])).toEqual([
    ['a', 'unknown'],
    ['b', 'unknown'],
    ['c', undefined],
    ['d', undefined],
    ['e', undefined],
  ])
  const { report } = await site.run()
  expect(report.made).toHaveLength(5)
  expect(api.posts).toBe(7)
})

test('now: a link that is being fetched is left for the next run', async () => {
  api.emulator.faults.order({ fault: 'url-fails', match: 'One', downloads: 3 })
  const now = new AbortController()
  // Stopped in the pause after the first try to fetch it.
  const sleep = async () => now.abort()
  const { report } = await site.run({ now: now.signal, client: { sleep }, filter: (name) => name === 'a' })
  expect(report).toMatchObject({ made: [], maybeUsd: 0 })
  expect(report.failed.map(({ error }) => error.code)).toEqual(['DOWNLOAD_FAILED'])
  const next = await site.run({ filter: (name) => name === 'a' })
  expect([next.recovered.names, api.posts]).toEqual([['a'], 1])
})

test('before the first request: nothing is sent, nothing is left', async () => {
  const ran = await site.run({ soon: AbortSignal.abort() })
  expect(ran.report).toMatchObject({ made: [], requests: 0, spentUsd: 0 })
  expect(ran.report.failed.map(({ error }) => error.code)).toEqual(Array(5).fill('STOPPED'))
  expect([api.posts, await site.tree()]).toEqual([0, ['.gitignore']])
})

test('while a request waits for its second try', async () => {
  api.emulator.faults.order({ fault: 'status', status: 429, retryAfter: 30, times: 2 })
  const soon = new AbortController()
  const onEvent = ({ type }: { type: string }) => void (type === 'waiting' && soon.abort())
  const ran = await site.run({ soon: soon.signal, onEvent })
  expect(ran.report.failed.map(({ error }) => error.code)).toEqual(Array(5).fill('STOPPED'))
  // Both were told to wait, if both had gone out before the first was.
  expect(api.posts).toBe(ran.report.requests)
  expect(api.posts).toBeLessThanOrEqual(2)
  expect([ran.report.spentUsd, await site.ledger()]).toEqual([0, []])
})

test('a picture that waits for another of the same prompt is not made by itself', async () => {
  await site.write(manifest({ a: 'One boat.', twin: 'One boat.' }))
  api.emulator.faults.order({ fault: 'reset' })
  const ran = await site.run()
  expect(await outcomeOf(ran, site, api)).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 2 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for a
    .ledger.jsonl
    a: No whole answer came from http://api: the connection was reset. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again.
    twin: Not asked for: the picture with the same request, which it is a copy of, was not made. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
})

test('who waits for one picture hears of its failure when the run is done', async () => {
  api.emulator.faults.order(
    { fault: 'gateway-timeout', match: 'One' },
    { fault: 'latency', match: 'Five', latencyMs: 300 },
  )
  const project = await site.open()
  const never = new AbortController().signal
  const collection = await project.collect()
  await project.recover(collection, never)
  const run = await project.generate(await project.plan(collection), {
    soon: never,
    now: never,
    onEvent() {},
  })
  let done = false
  run.done.then(() => {
    done = true
  })
  await run.of('b')
  await expect(run.of('a')).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', picture: 'a' })
  expect(done).toBe(true)
  await run.of('nobody')
  await project.close()
})
