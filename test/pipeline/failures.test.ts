// Every row of the API's failure table, from a manifest to the disk: what was sent, what it cost, what is left, what a
// person reads, and what the next run does.
import { rename, rm, utimes } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { BLOCKED, type Fault } from '../../src/emulator/index.ts'
import { startApi, startPaidApi, type TestApi } from '../support/api.ts'
import { outcomeOf } from '../support/outcome.ts'
import type { Ran } from '../support/run.ts'
import { createSite, manifest, type Site, type SiteOptions } from '../support/site.ts'

/** What one picture costs: 4 tokens of text at $5 a million, 1756 of picture at $30. */
const PRICE = 0.0527

interface Failed {
  readonly api: TestApi
  readonly site: Site
  readonly ran: Ran
  readonly outcome: string
}

/** One picture, asked for once against an API with faults. */
async function against(
  faults: readonly Fault[],
  options: SiteOptions = {},
  prompt = 'A paper boat.',
  start: () => Promise<TestApi> = startPaidApi,
): Promise<Failed> {
  const api = await start()
  api.emulator.faults.order(...faults)
  const site = await createSite(manifest({ boat: prompt }), api.baseURL, options)
  const ran = await site.run()
  return { api, site, ran, outcome: await outcomeOf(ran, site, api) }
}

/** Three pictures, asked for one after another. */
async function threeAgainst(faults: readonly Fault[], options: SiteOptions = {}): Promise<Failed> {
  const api = await startPaidApi()
  api.emulator.faults.order(...faults)
  const images = { first: 'A paper boat.', second: 'A paper hat.', third: 'A paper kite.' }
  const site = await createSite(manifest(images), api.baseURL, { provider: { concurrency: 1 }, ...options })
  const ran = await site.run()
  return { api, site, ran, outcome: await outcomeOf(ran, site, api) }
}

/** The next run asks, says what is known of an earlier request, and gets the picture. */
async function madeNextTime({ api, site }: Failed, earlier?: 'paid'): Promise<void> {
  const before = api.posts
  const { plan, report } = await site.run()
  expect(plan.images[0]!.before?.outcome).toBe(earlier)
  expect(report.made).toEqual(['boat'])
  expect(api.posts).toBe(before + 1)
}

/** The next plan names the request that may be billed; the next run asks once more, the one after it not at all. */
async function askedAgainOnce({ api, site }: Failed): Promise<void> {
  const [line] = await site.ledger()
  const before = api.posts
  const plan = await site.plan()
  expect(plan.images[0]).toMatchObject({ state: 'missing', how: 'ask', before: line })
  expect(line).toMatchObject({ outcome: 'unknown', usd: PRICE })
  expect(api.posts).toBe(before)
  const { report } = await site.run()
  expect(report.made).toEqual(['boat'])
  expect(api.posts).toBe(before + 1)
  expect((await site.plan()).images[0]!.before).toBeUndefined()
  await site.run()
  expect(api.posts).toBe(before + 1)
  expect((await site.ledger()).map(({ outcome }) => outcome)).toEqual(['unknown', 'paid'])
}

test('never sent: a refused port', async () => {
  const gone = await startPaidApi()
  await gone.close()
  const site = await createSite(manifest({ boat: 'A paper boat.' }), gone.baseURL)
  const ran = await site.run()
  expect(await outcomeOf(ran, site, gone)).toMatchInlineSnapshot(`
    "0 POSTs, the API billed $0.0000
    0 made, 1 failed, 5 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: http://api can't be reached: the connection was refused (tried 5 times). Nothing was sent. [API_UNREACHABLE]
      at images.prompts.json:3:5
      → Look at the network and at \`provider.baseURL\`, then run again."
  `)
  expect(site.clock.slept).toHaveLength(4)
  const api = await startPaidApi()
  const { report } = await site.run({ provider: { baseURL: api.baseURL } })
  expect([report.made, api.posts]).toEqual([['boat'], 1])
})

test('never sent: a name that nobody knows', async () => {
  const unasked = await startPaidApi()
  const site = await createSite(manifest({ boat: 'A paper boat.' }), 'https://no-such-host.invalid/v1')
  const outcome = await outcomeOf(await site.run({ client: { retries: 1 } }), site, unasked)
  // Without a resolver the lookup itself fails, in other words.
  const words = /is not known|could not be looked up/
  expect(outcome.replace(words, 'is not known')).toMatchInlineSnapshot(`
    "0 POSTs, the API billed $0.0000
    0 made, 1 failed, 2 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: https://no-such-host.invalid can't be reached: the host name is not known (tried 2 times). Nothing was sent. [API_UNREACHABLE]
      at images.prompts.json:3:5
      → Look at the network and at \`provider.baseURL\`, then run again."
  `)
})

test('never sent: a connection that does not come about in time', async () => {
  const unasked = await startPaidApi()
  let handshakes = 0
  const silent = createServer((socket) => {
    handshakes++
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
  })
  onTestFinished(() => void silent.close())
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const site = await createSite(manifest({ boat: 'A paper boat.' }), `https://127.0.0.1:${port}/v1`)
  const ran = await site.run({ provider: { timeout: { connect: 50 } }, client: { retries: 1 } })
  expect(handshakes).toBe(2)
  expect(await outcomeOf(ran, site, unasked)).toMatchInlineSnapshot(`
    "0 POSTs, the API billed $0.0000
    0 made, 1 failed, 2 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: http://api can't be reached: no connection within \`provider.timeout.connect\` (tried 2 times). Nothing was sent. [API_UNREACHABLE]
      at images.prompts.json:3:5
      → Look at the network and at \`provider.baseURL\`, then run again."
  `)
})

test.each([
  [429, 'seconds'],
  [429, 'milliseconds'],
  [429, 'date'],
  [429, 'message'],
  [503, 'seconds'],
  [503, 'date'],
] as const)('rate limited: %i with Retry-After as %s is waited for', async (status, retryAfterIn) => {
  const events: string[] = []
  const api = await startPaidApi()
  api.emulator.faults.order({ fault: 'status', status, retryAfter: 60, retryAfterIn })
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  const ran = await site.run({ onEvent: ({ type }) => void events.push(type) })
  expect(events).toEqual(['start', 'waiting', 'made'])
  expect(Math.max(...site.clock.slept)).toBeGreaterThan(50_000)
  expect(await outcomeOf(ran, site, api)).toMatchInlineSnapshot(`
    "2 POSTs, the API billed $0.0527
    1 made, 0 failed, 2 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, boat.json, boat.png"
  `)
})

test('rate limited: again and again', async () => {
  const failed = await against([{ fault: 'status', status: 429, retryAfter: 1, times: 5 }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "5 POSTs, the API billed $0.0000
    0 made, 1 failed, 5 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: http://api still asks to slow down (tried 5 times): Rate limit reached on images per min. [RATE_LIMITED]
      at images.prompts.json:3:5
      → Run again later, or lower \`provider.concurrency\` or \`provider.imagesPerMinute\`."
  `)
  await madeNextTime(failed)
})

test('rate limited: for longer than a run waits', async () => {
  const failed = await against([{ fault: 'status', status: 429, retryAfter: 3600 }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: http://api asks to wait 60 min, and a run waits 120 s at most. [RETRY_AFTER_TOO_LONG]
      at images.prompts.json:3:5
      → Run again in 60 min; nothing was billed for this picture."
  `)
  expect(failed.site.clock.slept).toEqual([])
  await madeNextTime(failed)
})

test('out of money: the whole run stops', async () => {
  const { outcome } = await threeAgainst([{ fault: 'insufficient-quota' }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 3 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    first: The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [OUT_OF_MONEY]
      at images.prompts.json:3:5
      → Top up or raise the limit in the provider's console, then run again; what was made is kept.
    second: Not asked for: The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture.
    third: Not asked for: The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
})

test('out of money: what is under way is kept, what waits for a second try is not sent', async () => {
  const { outcome, site, api } = await threeAgainst(
    [
      { fault: 'latency', match: 'boat', latencyMs: 800 },
      { fault: 'status', status: 429, match: 'kite', retryAfter: 1 },
      { fault: 'insufficient-quota', match: 'hat', latencyMs: 400 },
    ],
    { provider: { concurrency: 3 }, client: { sleep: untilAborted } },
  )
  expect(outcome).toMatchInlineSnapshot(`
    "3 POSTs, the API billed $0.0527
    1 made, 2 failed, 3 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for first (req_1)
    .ledger.jsonl, first.json, first.png
    second: The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [OUT_OF_MONEY]
      at images.prompts.json:4:5
      → Top up or raise the limit in the provider's console, then run again; what was made is kept.
    third: Not asked for: The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
  const { report } = await site.run()
  expect([report.made.toSorted(), api.posts]).toEqual([['second', 'third'], 5])
})

/** A wait that only the end of the run ends. */
function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    if (signal?.aborted) reject(signal.reason)
  })
}

test('refused by the content rules', async () => {
  const failed = await against([], {}, `A ${BLOCKED} boat.`)
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: The API refuses this prompt: Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_1. safety_violations=[violence]. Details: {"moderation_stage":"input","categories":["violence"]} [REFUSED]
      at images.prompts.json:3:5
      → Write the prompt differently; the same one is refused again."
  `)
})

test('our mistake: 400', async () => {
  const failed = await against([{ fault: 'status', status: 400 }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: The API rejects the request with 400 invalid_value: The request was refused. [REQUEST_REJECTED]
      at images.prompts.json:3:5
      → Compare the entry's fields with what the model takes; \`models\` overrides the table of models."
  `)
  await madeNextTime(failed)
})

test('our mistake: a field that the model does not take', async () => {
  const api = await startPaidApi()
  const boat = { prompt: 'A paper boat.', extra: { seed: 7 } }
  const site = await createSite(manifest({ boat }), api.baseURL)
  expect(await outcomeOf(await site.run(), site, api)).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: The API rejects "seed" with 400 unknown_parameter: Unknown parameter: 'seed'. [REQUEST_REJECTED]
      at images.prompts.json:3:5
      → Change "seed" or leave it out; \`models\` overrides what a model takes."
  `)
})

test('our mistake: 401 stops the run', async () => {
  const { outcome } = await threeAgainst([{ fault: 'status', status: 401 }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 3 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    first: http://api refuses the API key with 401: Incorrect API key provided. [KEY_REFUSED]
      at images.prompts.json:3:5
      → Check that the key belongs to this address, is still valid and may make images.
    second: Not asked for: http://api refuses the API key with 401: Incorrect API key provided. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture.
    third: Not asked for: http://api refuses the API key with 401: Incorrect API key provided. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
})

test('our mistake: 403 stops the run', async () => {
  const { outcome } = await threeAgainst([{ fault: 'status', status: 403 }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 3 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    first: http://api refuses the API key with 403: Country, region, or territory not supported. [KEY_REFUSED]
      at images.prompts.json:3:5
      → Check that the key belongs to this address, is still valid and may make images.
    second: Not asked for: http://api refuses the API key with 403: Country, region, or territory not supported. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture.
    third: Not asked for: http://api refuses the API key with 403: Country, region, or territory not supported. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
})

test('our mistake: 404 for the model', async () => {
  const failed = await against([{ fault: 'status', status: 404 }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: http://api does not serve the model gpt-image-2: The model does not exist or you do not have access to it. [MODEL_NOT_FOUND]
      at images.prompts.json:3:5
      → Choose a model that http://api lists, or another \`provider.baseURL\`."
  `)
  await madeNextTime(failed)
})

test('our mistake: a redirect is not followed, and stops the run', async () => {
  const { outcome } = await threeAgainst([{ fault: 'status', status: 301 }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 3 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    first: http://api answered 301 (The request was refused), so the image API is not at this address. [WRONG_ADDRESS]
      at images.prompts.json:3:5
      → Set \`provider.baseURL\` to the whole base, such as https://api.cometapi.com/v1.
    second: Not asked for: http://api answered 301 (The request was refused), so the image API is not at this address. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture.
    third: Not asked for: http://api answered 301 (The request was refused), so the image API is not at this address. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
})

test("our mistake: CometAPI's 500 invalid_request", async () => {
  const api = await startPaidApi({ flavor: 'cometapi' })
  const boat = { prompt: 'A paper boat.', model: 'gpt-image-9' }
  const site = await createSite(manifest({ boat }), api.baseURL, {
    prices: { 'gpt-image-9': { perImage: 1 } },
  })
  expect(await outcomeOf(await site.run(), site, api)).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0000
    0 made, 1 failed, 1 requests, spent $0.0000, maybe $0.0000
    (no files)
    boat: The API rejects "model" with 500 invalid_request: The model 'gpt-image-9' does not exist or you do not have access to it. (request id: req_1). [REQUEST_REJECTED]
      at images.prompts.json:3:5
      → Change "model" or leave it out; \`models\` overrides what a model takes."
  `)
})

test('unknown: a reset after sending', async () => {
  const failed = await against([{ fault: 'reset' }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat
    .ledger.jsonl
    boat: No whole answer came from http://api: the connection was reset. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: no answer in time', async () => {
  const timeout = { provider: { timeout: { headers: 50 } } }
  const failed = await against([{ fault: 'hang-before-headers' }], timeout)
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat
    .ledger.jsonl
    boat: No whole answer came from http://api: no answer within \`provider.timeout.headers\`. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: an answer that stops after its headers', async () => {
  // At the emulator itself: a relay would wait for the rest.
  const failed = await against(
    [{ fault: 'hang-after-headers' }],
    { provider: { timeout: { body: 50 } } },
    'A paper boat.',
    startApi,
  )
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl
    boat: No whole answer came from http://api: nothing more of the answer within \`provider.timeout.body\`. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test.each([408, 500, 502, 504])('unknown: %i', async (status) => {
  const failed = await against([{ fault: 'status', status, message: 'Upstream failed.' }])
  expect(
    failed.outcome.replace(`answered ${status}`, 'answered STATUS').replace(/billed \$.*/, 'billed ?'),
  ).toMatchInlineSnapshot(`
    "1 POSTs, the API billed ?
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: http://api answered STATUS: Upstream failed. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: 524', async () => {
  const failed = await against([{ fault: 'gateway-timeout' }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: http://api answered 524. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: a cut body', async () => {
  const failed = await against([{ fault: 'cut-body' }], {}, 'A paper boat.', startApi)
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: No whole answer came from http://api: the answer was cut off. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: broken JSON', async () => {
  const failed = await against([{ fault: 'broken-json' }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: The API answered 200 with broken JSON. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: 200 with a page stops the run', async () => {
  const { outcome } = await threeAgainst([{ fault: 'html' }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 3 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for first (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    first: The API answered 200 with a page instead of a picture, as at a wrong \`provider.baseURL\`. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again.
    second: Not asked for: The API answered 200 with a page instead of a picture, as at a wrong \`provider.baseURL\`. [STOPPED]
      at images.prompts.json:4:5
      → Mend that first, then run again; nothing was spent on this picture.
    third: Not asked for: The API answered 200 with a page instead of a picture, as at a wrong \`provider.baseURL\`. [STOPPED]
      at images.prompts.json:5:5
      → Mend that first, then run again; nothing was spent on this picture."
  `)
  await askedAgainOnce(await against([{ fault: 'html' }]))
})

test('unknown: 200 without a picture', async () => {
  const failed = await against([{ fault: 'empty-data' }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0527
    unknown $0.0527 by estimate for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: The API answered 200 without a single picture. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:3:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  await askedAgainOnce(failed)
})

test('unknown: the other pictures of the run are made', async () => {
  const { outcome } = await threeAgainst([{ fault: 'gateway-timeout', match: 'hat' }])
  expect(outcome).toMatchInlineSnapshot(`
    "3 POSTs, the API billed $0.1581
    2 made, 1 failed, 3 requests, spent $0.1581, maybe $0.0527
    paid $0.0527 by usage for first (req_1)
    unknown $0.0527 by estimate for second (req_1)
    paid $0.0527 by usage for third (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json, first.json, first.png, third.json, third.png
    second: http://api answered 524. The request was sent and may have been billed (request id req_1). [OUTCOME_UNKNOWN]
      at images.prompts.json:4:5
      → It is not sent again in this run; the next run says so before it asks again."
  `)
})

test('paid, not fetched: the link is fetched again by later runs, and nothing is asked for', async () => {
  // Five tries of a run, five of the next, and then it is there.
  const failed = await against([{ fault: 'url-fails', downloads: 10 }])
  const { api, site } = failed
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, .takes/.spool/ID.body, .takes/.spool/ID.json
    boat: The picture is paid for, and its link at http://api can't be fetched: it answered 503 (tried 5 times). [DOWNLOAD_FAILED]
      at images.prompts.json:3:5
      → Run again soon: only the link is fetched again, and links are good for an hour to a day."
  `)
  expect((await site.plan()).images[0]).toMatchObject({ state: 'missing', how: 'finish', estimateUsd: 0 })
  const second = await site.run()
  expect(second.recovered.failed.map(({ error }) => error.code)).toEqual(['DOWNLOAD_FAILED'])
  expect([api.posts, second.report.requests, second.report.failed]).toEqual([1, 0, []])
  const third = await site.run()
  expect(third.recovered.names).toEqual(['boat'])
  expect(await outcomeOf(third, site, api)).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 0 failed, 0 requests, spent $0.0000, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, boat.json, boat.png"
  `)
  expect(api.emulator.authorizationsAtFiles).toBe(0)
})

test('paid, not fetched: after a day the link is lost, and the picture is asked for anew', async () => {
  const { api, site } = await against([{ fault: 'url-fails', downloads: 100 }])
  const [journal] = (await site.tree()).filter((file) => /\.spool\/.*json/.test(file))
  const entry = JSON.parse(String(await site.read(`generated-images/${journal}`)))
  const then = new Date(Date.now() - 25 * 3600 * 1000)
  await site.write({ [`generated-images/${journal}`]: { ...entry, at: then.toISOString() } })
  // The clock of who asked may have been wrong: as long as the file itself is young, nothing is lost.
  expect((await site.run()).report.requests).toBe(0)
  await utimes(join(site.root, 'generated-images', journal!), then, then)
  const ran = await site.run()
  expect(await outcomeOf(ran, site, api)).toMatchInlineSnapshot(`
    "2 POSTs, the API billed $0.1054
    1 made, 0 failed, 1 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json, boat.json, boat.png
    boat: The picture is paid for, and its link at http://api can't be fetched: it answered 503 (tried 5 times). [DOWNLOAD_FAILED]
      at images.prompts.json:3:5
      → Run again soon: only the link is fetched again, and links are good for an hour to a day."
  `)
})

test('paid, and no picture: kept aside before it can become a record', async () => {
  const failed = await against([{ fault: 'not-a-picture' }])
  expect(failed.outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    0 made, 1 failed, 1 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, .takes/.rejected/ID.body, .takes/.rejected/ID.json
    boat: This is no PNG, JPEG or WebP picture: it is an SVG drawing. It is paid for, and its answer is kept in generated-images/.takes/.rejected/ID.body. [NOT_A_PICTURE]
      at images.prompts.json:3:5
      → Convert it to one of the three, or set "output_format" to png, jpeg or webp."
  `)
  await madeNextTime(failed, 'paid')
})

test('paid, and the answer can not be written in its place: rescued, and nothing more is sent', async () => {
  const api = await startPaidApi({ latencyMs: 400 })
  const images = { first: 'A paper boat.', second: 'A paper hat.', third: 'A paper kite.' }
  const site = await createSite(manifest(images), api.baseURL, { provider: { concurrency: 1 } })
  const spool = join(site.root, 'generated-images/.takes/.spool')
  const running = site.run()
  await vi.waitFor(() => expect(api.posts).toBe(1), 20_000)
  await rename(spool, `${spool}-away`)
  await site.write({ 'generated-images/.takes/.spool': 'in the way' })
  const ran = await running
  expect(api.posts).toBe(1)
  const [first, ...others] = ran.report.failed.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  expect(
    first!.error.message
      .replace(/\S+unplugin-generate-images-\w{16}/, 'RESCUED')
      .replaceAll(site.root, 'ROOT')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'),
  ).toMatchInlineSnapshot(`
    "first: The answer is paid for and could not be kept in its place: ROOT/generated-images/.takes/.spool/ID.body can't be written (EEXIST). It lies in RESCUED/ID.body instead. [ANSWER_UNWRITTEN]
      at images.prompts.json:3:5
      → Mend that and leave the file where it is: the next run finishes the picture from there for free."
  `)
  expect(ran.report).toMatchObject({ made: [], spentUsd: PRICE, maybeUsd: 0 })
  // The next one may have found the folder as it is before it heard of the first.
  for (const { error } of others) expect(['STOPPED', 'FOLDER_UNWRITABLE']).toContain(error.code)
  expect(others).toHaveLength(2)
  await rm(spool)
  await rename(`${spool}-away`, spool)
  const { recovered, report } = await site.run()
  expect([recovered.names, report.made, api.posts]).toEqual([['first'], ['second', 'third'], 3])
})

test('a base64 answer with a data: prefix is a picture', async () => {
  const { outcome } = await against([{ fault: 'data-prefix' }])
  expect(outcome).toMatchInlineSnapshot(`
    "1 POSTs, the API billed $0.0527
    1 made, 0 failed, 1 requests, spent $0.0527, maybe $0.0000
    paid $0.0527 by usage for boat (req_1)
    .ledger.jsonl, boat.json, boat.png"
  `)
})
