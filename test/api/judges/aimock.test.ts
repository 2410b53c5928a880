// Scripts of a mock server that nobody here wrote: @copilotkit/aimock, which checks the key and answers in its own words.
import { type Fixture, LLMock } from '@copilotkit/aimock'
import { afterEach, expect, test } from 'vitest'
import { readReply } from '../../../src/api/index.ts'
import { askBoat, KEY, quickClient, shown } from '../support/client.ts'
import { wire } from '../support/server.ts'

const b64Json: string = JSON.parse(wire('gpt-image-2.json')).data[0].b64_json

let mock: LLMock
afterEach(() => mock?.stop())

/** Starts the judge with one answer after the other for the boat; it takes our key alone. */
async function judge(responses: readonly Fixture['response'][], options: object = {}): Promise<string> {
  mock = new LLMock({ host: '127.0.0.1', port: 0, auth: { apiKeys: [KEY] }, ...options })
  const match = { userMessage: 'A paper boat.', model: 'gpt-image-2', endpoint: 'image' } as const
  mock.addFixtures(
    responses.map((response, sequenceIndex) => ({ match: { ...match, sequenceIndex }, response })),
  )
  return `${await mock.start()}/v1`
}

const limited = {
  status: 429,
  retryAfter: 2,
  error: { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' },
}
const badGateway = { status: 502, error: { message: 'Bad gateway.', type: 'server_error' } }
const boatPicture = { image: { b64Json, revisedPrompt: 'A small paper boat.' } }

test('a picture, with the key accepted', async () => {
  const reply = await askBoat(quickClient(await judge([boatPicture])))
  if (!reply.ok) throw reply.error
  expect(readReply(reply.raw, reply.contentType)).toMatchObject({
    ok: true,
    pictures: [{ kind: 'bytes', revisedPrompt: 'A small paper boat.' }],
  })
})

test('two pictures, and one behind a link', async () => {
  const url = 'https://files.example.test/boat.png'
  const client = quickClient(await judge([{ images: [{ b64Json }, { url }] }]))
  const reply = await askBoat(client, { n: 2 })
  if (!reply.ok) throw reply.error
  expect(readReply(reply.raw, reply.contentType)).toMatchObject({
    ok: true,
    pictures: [{ kind: 'bytes' }, { kind: 'url', url }],
  })
})

test('another key is refused, and the run stops', async () => {
  const reply = await askBoat(quickClient(await judge([boatPicture]), { apiKey: 'sk-another-0123456789' }))
  expect(reply).toMatchObject({
    ok: false,
    class: 'our-mistake',
    stopsRun: true,
    attempts: 1,
    error: { code: 'KEY_REFUSED' },
  })
})

test('429, then a picture: two requests', async () => {
  const client = quickClient(await judge([limited, boatPicture]))
  expect(await askBoat(client)).toMatchObject({ ok: true, attempts: 2 })
  expect(mock.getRequests()).toHaveLength(2)
  expect(client.slept).toEqual([2500])
})

test('429, then 502, then a picture: two requests, because the 502 may have been billed', async () => {
  const client = quickClient(await judge([limited, badGateway, boatPicture]))
  expect(await askBoat(client)).toMatchObject({ ok: false, class: 'unknown', billed: 'maybe', attempts: 2 })
  expect(mock.getRequests()).toHaveLength(2)
})

test('502: one request, reported as maybe billed', async () => {
  const baseURL = await judge([badGateway, boatPicture])
  const reply = await askBoat(quickClient(baseURL))
  const { message, ...rest } = shown(reply, new URL(baseURL).origin) as { message: string }
  expect(rest).toEqual({ class: 'unknown', billed: 'maybe', stopsRun: false })
  // The judge makes up a request id.
  expect(message.replace(/req-[\w-]+/, 'req-…')).toMatchInlineSnapshot(`
    "http://api answered 502: Bad gateway. The request was sent and may have been billed (request id req-…). [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again."
  `)
  expect(mock.getRequests()).toHaveLength(1)
})

test('broken JSON: one request, maybe billed', async () => {
  const reply = await askBoat(quickClient(await judge([boatPicture], { chaos: { malformedRate: 1 } })))
  if (!reply.ok) throw reply.error
  expect(readReply(reply.raw, reply.contentType)).toMatchObject({
    ok: false,
    class: 'unknown',
    billed: 'maybe',
  })
  expect(mock.getRequests()).toHaveLength(1)
})

test('a disconnect: one request, maybe billed', async () => {
  const reply = await askBoat(quickClient(await judge([boatPicture], { chaos: { disconnectRate: 1 } })))
  expect(reply).toMatchObject({ ok: false, class: 'unknown', billed: 'maybe', attempts: 1 })
  expect(mock.getRequests()).toHaveLength(1)
})

test('a dropped request: one request, maybe billed', async () => {
  const reply = await askBoat(quickClient(await judge([boatPicture], { chaos: { dropRate: 1 } })))
  expect(reply).toMatchObject({ ok: false, class: 'unknown', billed: 'maybe', attempts: 1 })
  expect(mock.getRequests()).toHaveLength(1)
})
