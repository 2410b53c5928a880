// What is sent and when it counts as sent: bodies, headers, timeouts, interruptions.
import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient, readReply } from '../../src/api/index.ts'
import { askBoat, boat, KEY, quickClient, shown } from './support/client.ts'
import { hang, json, type Scripted, type Step, serve, wire } from './support/server.ts'

const endless = Number.POSITIVE_INFINITY

let server: Scripted
afterEach(() => server?.close())

test('a POST carries the key, one id for all its tries, and JSON', async () => {
  server = await serve(json(429, 'error-rate-limit.json'), json(200, 'gpt-image-2.json'))
  const client = quickClient(`${server.origin}/v1/`, { headers: { 'X-Team': 'paper-boats' } })
  await client.ask(boat, { id: 'id-1' })
  expect(server.seen).toHaveLength(2)
  for (const { method, path, headers, body } of server.seen) {
    expect([method, path]).toEqual(['POST', '/v1/images/generations'])
    expect(headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': 'id-1',
      'x-client-request-id': 'id-1',
      'x-team': 'paper-boats',
      connection: 'close',
    })
    expect(body).toBe(JSON.stringify(boat))
  }
})

test('the raw answer is the body as it came, with the headers worth keeping', async () => {
  const headers = {
    'x-request-id': 'req_1',
    'openai-processing-ms': '9',
    'x-ratelimit-remaining-images': '4',
    'set-cookie': 'a=b',
  }
  server = await serve(json(200, 'gpt-image-2.json', headers))
  const reply = await askBoat(quickClient(`${server.origin}/v1`))
  if (!reply.ok) throw reply.error
  expect(Buffer.from(reply.raw).toString()).toBe(wire('gpt-image-2.json'))
  const { 'set-cookie': _, ...kept } = headers
  expect(reply).toMatchObject({
    requestId: 'req_1',
    contentType: 'application/json',
    attempts: 1,
    headers: kept,
  })
  expect(reply.headers).not.toHaveProperty('set-cookie')
})

test('the query of the base address is kept', async () => {
  server = await serve(json(200, 'gpt-image-2.json'))
  await askBoat(quickClient(`${server.origin}/openai/v1?api-version=1`))
  expect(server.seen[0]?.path).toBe('/openai/v1/images/generations?api-version=1')
})

test.each([
  // The third is for the whole of a body.
  [{ connect: 30_000, headers: 900_000, body: 400_000 }, [30_000, 900_000, 4_900_000, 400_000]],
  [{ connect: endless, headers: endless, body: endless }, []],
  // Node takes a longer time for none at all.
  [{ connect: 1e11, headers: 1e11, body: 1e11 }, Array(4).fill(2 ** 31 - 1)],
])('an answer may take as long as %o says, and nobody gives up before', async (timeout, waits) => {
  server = await serve(json(200, 'gpt-image-2.json'))
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const reply = await askBoat(quickClient(`${server.origin}/v1`, { timeout }))
  const set = timers.mock.calls.map(([, ms = 0]) => ms)
  timers.mockRestore()
  expect(reply.ok).toBe(true)
  expect(set).toEqual(waits)
})

test('a TLS handshake that never ends was never sent', async () => {
  const sockets: { destroy(): void }[] = []
  const silent = createServer((socket) => void sockets.push(socket.on('error', () => {})))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  try {
    const client = quickClient(`https://127.0.0.1:${port}/v1`, { retries: 0, timeout: { connect: 50 } })
    const { message, ...rest } = shown(await askBoat(client), `https://127.0.0.1:${port}`) as {
      message: string
    }
    expect(rest).toEqual({ class: 'never-sent', billed: 'no', stopsRun: false })
    expect(message).toContain('no connection within `provider.timeout.connect` (tried once)')
  } finally {
    for (const socket of sockets) socket.destroy()
    silent.close()
  }
})

test('onSend is awaited before each POST, and what it throws keeps the POST back', async () => {
  server = await serve(json(429, 'error-rate-limit.json'), json(200, 'gpt-image-2.json'))
  const seenAtSend: number[] = []
  const client = quickClient(`${server.origin}/v1`)
  await askBoat(client, {
    onSend: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      seenAtSend.push(server.seen.length)
    },
  })
  expect(seenAtSend).toEqual([0, 1])
  const broken = askBoat(client, {
    onSend: () => {
      throw new Error('the ledger is full')
    },
  })
  await expect(broken).rejects.toThrow('the ledger is full')
  expect(server.seen).toHaveLength(2)
})

test('interrupted before sending: nothing goes out', async () => {
  server = await serve(json(200, 'gpt-image-2.json'))
  const client = quickClient(`${server.origin}/v1`)
  const reply = await askBoat(client, { signal: AbortSignal.abort() })
  expect(shown(reply, server.origin)).toMatchInlineSnapshot(`
    {
      "billed": "no",
      "class": "never-sent",
      "message": "Not asked for: the run was interrupted. [STOPPED]
      → Mend that first, then run again; nothing was spent on this picture.",
      "stopsRun": false,
    }
  `)
  expect(server.seen).toHaveLength(0)
})

test('interrupted in the last moment before sending: nothing goes out, and nothing is billed', async () => {
  server = await serve(json(200, 'gpt-image-2.json'))
  const client = quickClient(`${server.origin}/v1`)
  const stop = new AbortController()
  const reply = await askBoat(client, { signal: stop.signal, onSend: () => stop.abort() })
  expect(reply).toMatchObject({ ok: false, class: 'never-sent', billed: 'no' })
  expect(server.seen).toHaveLength(0)
})

test('interrupted while the answer is awaited: unknown, and those in the queue were never sent', async () => {
  const stop = new AbortController()
  const stopThenHang: Step = () => stop.abort()
  server = await serve(stopThenHang)
  const client = quickClient(`${server.origin}/v1`, { concurrency: 1 })
  const [first, second] = await Promise.all([
    askBoat(client, { signal: stop.signal }),
    askBoat(client, { signal: stop.signal }),
  ])
  expect(shown(first, server.origin)).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: the run was interrupted. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "stopsRun": false,
    }
  `)
  expect(second).toMatchObject({ ok: false, class: 'never-sent', billed: 'no' })
  expect(server.seen).toHaveLength(1)
})

test('interrupted while a 200 is coming in: the picture is paid for, and arrives', async () => {
  const stop = new AbortController()
  const body = wire('gpt-image-2.json')
  const slowly: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(body.slice(0, 50))
    setTimeout(() => {
      stop.abort()
      setTimeout(() => response.end(body.slice(50)), 20)
    }, 50)
  }
  server = await serve(slowly)
  const reply = await askBoat(quickClient(`${server.origin}/v1`), { signal: stop.signal })
  if (!reply.ok) throw reply.error
  expect(readReply(reply.raw, reply.contentType)).toMatchObject({ ok: true })
})

test('interrupted while a 200 never ends: given up after the grace', async () => {
  const stop = new AbortController()
  const forever: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{')
    setTimeout(() => stop.abort(), 50)
  }
  server = await serve(forever)
  const reply = await askBoat(quickClient(`${server.origin}/v1`, { graceMs: 10 }), { signal: stop.signal })
  expect(reply).toMatchObject({ ok: false, class: 'unknown', billed: 'maybe' })
})

test('interrupted while waiting out a rate limit: never sent again', async () => {
  const stop = new AbortController()
  server = await serve(json(429, 'error-rate-limit.json'), json(200, 'gpt-image-2.json'))
  const reply = await askBoat(quickClient(`${server.origin}/v1`), {
    signal: stop.signal,
    onRetry: () => stop.abort(),
  })
  expect(reply).toMatchObject({ ok: false, class: 'never-sent', billed: 'no', attempts: 1 })
  expect(server.seen).toHaveLength(1)
})

test('a closed client gives up what is under way and sends nothing more', async () => {
  server = await serve(hang)
  const client = quickClient(`${server.origin}/v1`)
  const asked = askBoat(client, { onSend: () => void setTimeout(client.close, 50) })
  expect(await asked).toMatchObject({ ok: false })
  const sent = server.seen.length
  expect(await askBoat(client)).toMatchObject({ ok: false, class: 'never-sent' })
  expect(server.seen).toHaveLength(sent)
})

test.each([
  ['http://api.example.test/v1', 'INSECURE_URL'],
  ['http://127.0.0.1.example.test/v1', 'INSECURE_URL'],
  ['http://10.0.0.1/v1', 'INSECURE_URL'],
  ['ftp://localhost/v1', 'INSECURE_URL'],
  ['api.cometapi.com/v1', 'BAD_OPTION'],
])('the key is not sent to %s', (baseURL, code) => {
  expect(() => createClient({ baseURL, apiKey: KEY })).toThrow(expect.objectContaining({ code }))
})

test.each([
  'http://localhost:1/v1',
  'http://127.0.0.1:1/v1',
  'http://[::1]:1/v1',
  'https://api.example.test/v1',
])('%s is fine', (baseURL) => {
  expect(createClient({ baseURL, apiKey: KEY }).host).toBe(new URL(baseURL).origin)
})

test('a key that HTTP can not carry is named, not shown', () => {
  const make = () => createClient({ baseURL: 'https://api.example.test/v1', apiKey: `${KEY}\n` })
  expect(make).toThrowErrorMatchingInlineSnapshot(`
    [GenerateImagesError: "provider.apiKey" is a text with spaces at its ends, line ends or letters that HTTP has not. [BAD_OPTION]
      → Allowed: printable ASCII, without spaces at its ends.]
  `)
  expect(make).not.toThrow(/canary/)
})

test('an address on another machine over http', () => {
  expect(() =>
    createClient({ baseURL: 'http://user:secret@api.example.test/v1?sig=secret', apiKey: KEY }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [GenerateImagesError: "provider.baseURL" is http://api.example.test, and the key would travel in the clear. [INSECURE_URL]
      → Use https; http is for this machine only (localhost, 127.0.0.1).]
  `)
})

test('an answer that drips in for ever is given up, and what came of it is kept', async () => {
  const drip: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  }
  server = await serve(drip)
  const client = quickClient(`${server.origin}/v1`, { timeout: { headers: 100, body: 50 } })
  const reply = await askBoat(client)
  expect(shown(reply, server.origin)).toMatchInlineSnapshot(`
    {
      "billed": "maybe",
      "class": "unknown",
      "message": "No whole answer came from http://api: the answer came in too slowly. The request was sent and may have been billed. [OUTCOME_UNKNOWN]
      → It is not sent again in this run; the next run says so before it asks again.",
      "stopsRun": false,
    }
  `)
  expect(reply).toMatchObject({ ok: false, raw: expect.any(Uint8Array) })
  expect(server.seen).toHaveLength(1)
})

test('an answer that was cut off after its last byte is whole', async () => {
  const unended: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(wire('gpt-image-2.json'), () => response.destroy())
  }
  server = await serve(unended)
  const reply = await askBoat(quickClient(`${server.origin}/v1`))
  expect(reply).toMatchObject({ ok: true, contentType: 'application/json' })
  expect(reply.ok && String(reply.raw)).toBe(wire('gpt-image-2.json'))
})
