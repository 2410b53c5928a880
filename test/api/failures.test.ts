// Each row of the API's failure table: how often the request was sent, what it means for the money, what a person reads.
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readReply } from '../../src/api/index.ts'
import type { RequestBody } from '../../src/spec/specs.ts'
import { askBoat, boat, KEY, quickClient, shown } from './support/client.ts'
import {
  cutBody,
  hang,
  hangUp,
  json,
  page,
  reset,
  type Scripted,
  type Step,
  serve,
  text,
} from './support/server.ts'

let server: Scripted
afterEach(() => server?.close())

/** Asks once against a script and shows the failure, the POSTs that came, and the waits. */
async function against(
  steps: readonly Step[],
  options: Parameters<typeof quickClient>[1] = {},
  body: RequestBody = boat,
) {
  server = await serve(...steps)
  const client = quickClient(`${server.origin}/v1`, options)
  const reply = await client.ask(body, { id: 'boat' })
  const failure = reply.ok
    ? readReply(reply.raw, reply.contentType, { requestId: reply.requestId, scrub: client.scrub })
    : reply
  return { ...shown(failure, server.origin), posts: server.seen.length, slept: client.slept }
}

const fiveTries = [500, 1000, 2000, 4000]

test('never sent: refused connections are tried again, and nothing is billed', async () => {
  const gone = await serve()
  await gone.close()
  const client = quickClient(`${gone.origin}/v1`)
  expect(shown(await askBoat(client), gone.origin)).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "never-sent",
      "message": "http://api can't be reached: the connection was refused (tried 5 times). Nothing was sent. [API_UNREACHABLE]
      → Look at the network and at \`provider.baseURL\`, then run again.",
      "stopsRun": false,
    }
  `)
  expect(client.slept).toEqual(fiveTries)
})

test('never sent: a name that nobody knows', async () => {
  const client = quickClient('https://no-such-host.invalid/v1', { retries: 1 })
  const shownFailure = shown(await askBoat(client), 'http://unused') as {
    message: string
    class: string
    billed: string
  }
  expect(shownFailure).toMatchObject({ class: 'never-sent', billed: 'no' })
  expect(shownFailure.message).toMatch(
    /^https:\/\/no-such-host\.invalid can't be reached: the host name .* \(tried 2 times\)\. Nothing was sent\./,
  )
})

test('never sent: a TLS handshake that fails', async () => {
  let connections = 0
  const plain = createServer((socket) => {
    connections++
    socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  })
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const { port } = plain.address() as { port: number }
  try {
    const reply = await askBoat(quickClient(`https://127.0.0.1:${port}/v1`, { retries: 2 }))
    expect(reply).toMatchObject({ ok: false, class: 'never-sent', billed: 'no', attempts: 3 })
    expect(connections).toBe(3)
  } finally {
    plain.close()
  }
})

test('never sent, then a picture', async () => {
  const gone = await serve()
  await gone.close()
  const port = Number(new URL(gone.origin).port)
  const client = quickClient(`${gone.origin}/v1`, {
    sleep: async () => {
      const { createServer: http } = await import('node:http')
      const late = http((request, response) =>
        request.resume().on('end', () => json(200, 'gpt-image-2.json')(request, response)),
      )
      await new Promise<void>((resolve) => late.listen(port, '127.0.0.1', resolve))
      server = { origin: gone.origin, seen: [], close: async () => void late.close() }
    },
  })
  expect(await askBoat(client)).toMatchObject({ ok: true, attempts: 2 })
})

test.each([
  ['429 rate_limit_exceeded, with the wait in the message', json(429, 'error-rate-limit.json'), 12_000],
  ['429 with Retry-After in seconds', json(429, 'error-rate-limit.json', { 'retry-after': '7' }), 7000],
  [
    '429 with Retry-After as a date',
    json(429, 'error-rate-limit.json', { 'retry-after': 'Sun, 22 Nov 2026 09:30:20 GMT' }),
    20_000,
  ],
  [
    '429 with retry-after-ms',
    json(429, 'error-rate-limit.json', { 'retry-after-ms': '850', 'retry-after': '1' }),
    850,
  ],
  ['503 with Retry-After', text(503, 'busy', { 'retry-after': '3', 'content-type': 'text/plain' }), 3000],
])('rate limited: %s is waited for, then sent again', async (_, step, wait) => {
  server = await serve(step, json(200, 'gpt-image-2.json'))
  const client = quickClient(`${server.origin}/v1`)
  const retried: object[] = []
  const reply = await askBoat(client, {
    onRetry: ({ class: name, attempt, waitMs }) => retried.push({ name, attempt, waitMs }),
  })
  expect(reply).toMatchObject({ ok: true, attempts: 2 })
  expect(server.seen).toHaveLength(2)
  expect(client.slept).toEqual([wait + 500])
  expect(retried).toEqual([{ name: 'rate-limited', attempt: 1, waitMs: wait + 500 }])
})

test('rate limited again and again', async () => {
  expect(await against([json(429, 'error-rate-limit.json', { 'retry-after': '1' })])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "rate-limited",
      "message": "http://api still asks to slow down (tried 5 times): Rate limit reached for gpt-image-2 in organization org-1 on images per min: Limit 5, Used 5, Requested 1. Please try again in 12s. [RATE_LIMITED]
      → Run again later, or lower \`provider.concurrency\` or \`provider.imagesPerMinute\`.",
      "posts": 5,
      "slept": [
        1500,
        2000,
        3000,
        5000,
      ],
      "stopsRun": false,
    }
  `)
})

test('rate limited for longer than a run waits', async () => {
  expect(
    await against([json(429, 'error-rate-limit.json', { 'retry-after': '3600' })]),
  ).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "rate-limited",
      "message": "http://api asks to wait 60 min, and a run waits 120 s at most. [RETRY_AFTER_TOO_LONG]
      → Run again in 60 min; nothing was billed for this picture.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('the longest wait is an option', async () => {
  const step = json(429, 'error-rate-limit.json', { 'retry-after': '3600' })
  const result = await against([step], { retryAfterCapMs: 3_600_000, retries: 1 })
  expect(result).toMatchObject({ posts: 2, slept: [3_600_500] })
})

test('out of money: the whole run stops', async () => {
  expect(await against([json(429, 'error-insufficient-quota.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "out-of-money",
      "message": "The account at http://api has nothing left to spend: You exceeded your current quota, please check your plan and billing details. [OUT_OF_MONEY]
      → Top up or raise the limit in the provider's console, then run again; what was made is kept.",
      "posts": 1,
      "slept": [],
      "stopsRun": true,
    }
  `)
})

test.each([
  [429, 'credit_balance_exhausted'],
  [429, 'monthly_spend_limit_exceeded'],
  [402, 'whatever'],
  [403, 'insufficient_user_quota'],
])('out of money: %i %s', async (status, code) => {
  const result = await against([text(status, JSON.stringify({ error: { message: 'No.', code } }))])
  expect(result).toMatchObject({ class: 'out-of-money', billed: 'no', stopsRun: true, posts: 1 })
})

test('refused by the content rules', async () => {
  expect(await against([json(400, 'error-moderation.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "refused",
      "message": "The API refuses this prompt: Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_0a1b. Details: {"moderation_stage":"input","categories":["violence"]} [REFUSED]
      → Write the prompt differently; the same one is refused again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('refused with 422', async () => {
  const body = JSON.stringify({ error: { message: 'No.', code: 'content_policy_violation' } })
  expect(await against([text(422, body)])).toMatchObject({
    class: 'refused',
    billed: 'no',
    stopsRun: false,
    posts: 1,
  })
})

test('our mistake: a field that the model refuses', async () => {
  expect(await against([json(400, 'error-unknown-parameter.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "The API rejects "response_format" with 400 unknown_parameter: Unknown parameter: 'response_format'. [REQUEST_REJECTED]
      → Change "response_format" or leave it out; \`models\` overrides what a model takes.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test("our mistake: CometAPI's 500 invalid_request", async () => {
  expect(await against([json(500, 'error-comet-invalid-request.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "The API rejects the request with 500 invalid_request: size 100x100 is not supported (request id: 20261122093000123456789). [REQUEST_REJECTED]
      → Compare the entry's fields with what the model takes; \`models\` overrides the table of models.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('our mistake: the key', async () => {
  expect(await against([json(401, 'error-invalid-key.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "http://api refuses the API key with 401: Incorrect API key provided: [key]. You can find your API key at https://platform.openai.com. [KEY_REFUSED]
      → Check that the key belongs to this address, is still valid and may make images.",
      "posts": 1,
      "slept": [],
      "stopsRun": true,
    }
  `)
})

test('our mistake: not allowed', async () => {
  const body = JSON.stringify({
    error: { message: `Key ${encodeURIComponent(KEY)} may not make images.`, code: null },
  })
  expect(await against([text(403, body)])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "http://api refuses the API key with 403: Key [key] may not make images. [KEY_REFUSED]
      → Check that the key belongs to this address, is still valid and may make images.",
      "posts": 1,
      "slept": [],
      "stopsRun": true,
    }
  `)
})

test('our mistake: the model', async () => {
  expect(
    await against([json(404, 'error-model-not-found.json')], {}, { ...boat, model: 'gpt-image-9' }),
  ).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "http://api does not serve the model gpt-image-9: The model 'gpt-image-9' does not exist or you do not have access to it. [MODEL_NOT_FOUND]
      → Choose a model that http://api lists, or another \`provider.baseURL\`.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('our mistake: the address, seen as a redirect that is not followed', async () => {
  const moved = text(301, '', { location: '/v1/images/generations/' })
  expect(await against([moved, json(200, 'gpt-image-2.json')])).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "our-mistake",
      "message": "http://api answered 301, so the image API is not at this address. [WRONG_ADDRESS]
      → Set \`provider.baseURL\` to the whole base, such as https://api.cometapi.com/v1.",
      "posts": 1,
      "slept": [],
      "stopsRun": true,
    }
  `)
})

test('our mistake: the address, seen as a page with 404', async () => {
  const result = await against([text(404, '<html>Not Found</html>', { 'content-type': 'text/html' })])
  expect(result).toMatchObject({ class: 'our-mistake', billed: 'no', stopsRun: true, posts: 1 })
})

test('unknown: a reset after sending', async () => {
  expect(await against([reset])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: the connection was reset. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: a closed connection', async () => {
  expect(await against([hangUp])).toMatchObject({
    class: 'unknown',
    billed: 'maybe',
    stopsRun: false,
    posts: 1,
  })
})

test.each([
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: boats\r\nconnection: upgrade\r\n\r\n'],
  ['something else than HTTP', '220 boats.example SMTP\r\n'],
  ['a word of more to come, and no more', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'],
  ['a piece that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nboats\r\n'],
  ['endless headers', `HTTP/1.1 200 OK\r\nx-boats: ${'a'.repeat(100_000)}\r\n\r\n{}`],
])('unknown: %s', async (_, answer) => {
  const raw: Step = (request) => request.socket.end(answer)
  expect(await against([raw])).toMatchObject({ class: 'unknown', billed: 'maybe', posts: 1, slept: [] })
})

test('unknown: no answer in time', async () => {
  expect(await against([hang], { timeout: { headers: 50 } })).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: no answer within \`provider.timeout.headers\`. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: a body that stops coming', async () => {
  const stall: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"created":')
  }
  expect(await against([stall], { timeout: { body: 50 } })).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: nothing more of the answer within \`provider.timeout.body\`. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: a cut body, with the request id and what came of it', async () => {
  expect(await against([cutBody])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: the answer was cut off. The request was sent and may have been billed (request id req_cut). [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
  server = await serve(cutBody)
  const reply = await askBoat(quickClient(`${server.origin}/v1`))
  expect(reply).toMatchObject({ requestId: 'req_cut', raw: expect.any(Uint8Array) })
})

test.each([408, 409, 500, 502, 503, 504, 520, 524])('unknown: %i', async (status) => {
  const result = await against([text(status, '<html>Bad gateway</html>', { 'content-type': 'text/html' })])
  expect(result).toMatchObject({ class: 'unknown', billed: 'maybe', stopsRun: false, posts: 1 })
})

test('unknown: the request id stands in the message', async () => {
  expect(await against([json(500, 'error-comet-upstream.json')])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "http://api answered 500: upstream error. The request was sent and may have been billed (request id 20261122093000987654321). [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: 200 with a page', async () => {
  expect(await against([page])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "The API answered 200 with a page instead of a picture, as at a wrong \`provider.baseURL\`. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": true,
    }
  `)
})

test('unknown: 200 with broken JSON', async () => {
  expect(
    await against([text(200, '{"created": 1, "data": [{"b64', { 'x-request-id': 'req_7' })]),
  ).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "The API answered 200 with broken JSON. The request was sent and may have been billed (request id req_7). [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: 200 without a picture', async () => {
  expect(await against([json(200, 'empty-data.json')])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "The API answered 200 without a single picture. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: 200 with an error in it, scrubbed', async () => {
  expect(await against([json(200, 'error-invalid-key.json')])).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "The API answered 200 with an error: Incorrect API key provided: [key]. You can find your API key at https://platform.openai.com. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})

test('unknown: an answer that is too large', async () => {
  expect(await against([json(200, 'gpt-image-2.json')], { maxBytes: 100 })).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: the answer was larger than any picture. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "posts": 1,
      "slept": [],
      "stopsRun": false,
    }
  `)
})
