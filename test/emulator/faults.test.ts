// Faults as an HTTP client sees them, and what the ledger says of each.
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fault, type RunningEmulator, startEmulator } from '../../src/emulator/index.ts'
import { body, cheap, leaveAfter, postRequest } from './support.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startEmulator({ picture: 'flat' })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const ask = (fields: object = {}, init: RequestInit = {}) =>
  fetch(postRequest(body(fields), init, emulator.url))
const outcome = () => emulator.ledger.map(({ outcome, billed }) => [outcome, billed])

/** Orders a fault and asks. */
function meet(fault: Fault, fields: object = {}): Promise<Response> {
  emulator.faults.order(fault)
  return ask(fields)
}

/** What arrives on a bare socket, and how it ends. */
async function raw(fields: object = {}, wait?: number): Promise<{ text: string; end: string }> {
  const sent = JSON.stringify(body(fields))
  const socket = connect(emulator.port, '127.0.0.1')
  let text = ''
  let failure = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code ?? ''
  })
  socket.write(
    `POST /v1/images/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(sent)}\r\n\r\n${sent}`,
  )
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(failure || 'closed')))
  const end = await (wait === undefined
    ? closed
    : Promise.race([closed, new Promise<string>((resolve) => setTimeout(resolve, wait, 'silence'))]))
  socket.destroy()
  return { text, end }
}

describe('statuses', () => {
  it.each([
    [400, 'invalid_value', false],
    [401, 'invalid_api_key', false],
    [403, 'unsupported_country_region_territory', false],
    [404, 'model_not_found', false],
    [408, null, false],
    [422, 'invalid_value', false],
    [429, 'rate_limit_exceeded', false],
    [500, 'server_error', false],
    [502, null, true],
    [503, 'slow_down', false],
    [504, null, true],
  ])('%i', async (status, code, billed) => {
    const response = await meet({ fault: 'status', status })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error: { code, message: expect.any(String), type: expect.any(String) },
    })
    expect(outcome()).toEqual([['status', billed]])
    expect(emulator.ledger[0]!.usd > 0).toBe(billed)
  })

  it('with a body of one’s own, and with the bill of one’s own', async () => {
    const response = await meet({
      fault: 'status',
      status: 500,
      code: 'invalid_request',
      type: 'comet_api_error',
      message: 'No.',
      billed: true,
    })
    expect(await response.json()).toEqual({
      error: { code: 'invalid_request', type: 'comet_api_error', message: 'No.', param: null },
    })
    expect(outcome()).toEqual([['status', true]])
  })

  it('tells how long to wait, in each of four ways', async () => {
    const told = async (retryAfterIn: 'seconds' | 'milliseconds' | 'date' | 'message') => {
      const response = await meet({ fault: 'status', status: 429, retryAfter: 12, retryAfterIn })
      const { error } = (await response.json()) as { error: { message: string } }
      return {
        header: response.headers.get('retry-after'),
        ms: response.headers.get('retry-after-ms'),
        said: /try again in \S+/.exec(error.message)?.[0],
      }
    }
    expect(await told('seconds')).toEqual({ header: '12', ms: null, said: undefined })
    expect(await told('milliseconds')).toEqual({ header: null, ms: '12000', said: undefined })
    expect(await told('message')).toEqual({ header: null, ms: null, said: 'try again in 12s.' })
  })

  it('tells a date by its own clock', async () => {
    const now = Date.UTC(2026, 10, 22, 8, 0, 0)
    const inside = cheap({ now: () => now })
    inside.faults.order({ fault: 'status', status: 503, retryAfter: 90, retryAfterIn: 'date' })
    const response = await inside.fetch(postRequest(body()))
    expect(response.headers.get('retry-after')).toBe('Sun, 22 Nov 2026 08:01:30 GMT')
  })

  it('insufficient-quota', async () => {
    const response = await meet({ fault: 'insufficient-quota' })
    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({
      error: { code: 'insufficient_quota', type: 'insufficient_quota' },
    })
    expect(outcome()).toEqual([['insufficient-quota', false]])
  })

  it('gateway-timeout', async () => {
    const response = await meet({ fault: 'gateway-timeout' })
    expect(response.status).toBe(524)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(outcome()).toEqual([['gateway-timeout', true]])
  })
})

describe('broken connections', () => {
  it('reset: no byte of an answer, and ECONNRESET', async () => {
    emulator.faults.order({ fault: 'reset' })
    expect(await raw()).toEqual({ text: '', end: 'ECONNRESET' })
    await expect(meet({ fault: 'reset' })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(outcome()).toEqual([
      ['reset', true],
      ['reset', true],
    ])
  })

  it('cut-body: headers, fewer bytes than promised, and the end', async () => {
    emulator.faults.order({ fault: 'cut-body' })
    const { text, end } = await raw()
    const [head = '', rest = ''] = text.split('\r\n\r\n')
    expect(end).toBe('closed')
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(rest.length).toBe(Math.floor(Number(/content-length: (\d+)/i.exec(head)![1]) / 2))
    const response = await meet({ fault: 'cut-body' })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect(outcome()).toEqual([
      ['cut-body', true],
      ['cut-body', true],
    ])
  })

  it('hang-before-headers: the request is taken, and nothing comes', async () => {
    emulator.faults.order({ fault: 'hang-before-headers' })
    expect(await raw({}, 300)).toEqual({ text: '', end: 'silence' })
    expect(outcome()).toEqual([['hang-before-headers', true]])
  })

  it('hang-after-headers: a status, and then nothing', async () => {
    emulator.faults.order({ fault: 'hang-after-headers' })
    const { text, end } = await raw({}, 300)
    expect(end).toBe('silence')
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/)
    expect(outcome()).toEqual([['hang-after-headers', true]])
  })

  it('is the same without a socket', async () => {
    const inside = cheap()
    inside.faults.order(
      { fault: 'reset' },
      { fault: 'cut-body' },
      { fault: 'hang-before-headers' },
      { fault: 'hang-after-headers' },
    )
    await expect(inside.fetch(postRequest(body()))).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    await expect((await inside.fetch(postRequest(body()))).text()).rejects.toThrow('fetch failed')
    await expect(inside.fetch(postRequest(body(), { signal: leaveAfter(50) }))).rejects.toMatchObject({
      name: 'AbortError',
    })
    const leaving = new AbortController()
    const silent = await inside.fetch(postRequest(body(), { signal: leaving.signal }))
    expect(silent.status).toBe(200)
    const text = silent.text()
    leaving.abort()
    await expect(text).rejects.toMatchObject({ name: 'AbortError' })
  })
})
