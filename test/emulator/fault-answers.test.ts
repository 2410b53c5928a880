// Faults that spoil an answer, and how faults are ordered.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS, type Fault, type RunningEmulator, startEmulator } from '../../src/emulator/index.ts'
import { type Answer, body, bytesOf, get, MODEL, postRequest } from './support.ts'

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

describe('answers that are none', () => {
  const MODELS = [MODEL, 'qwen-image'] as const

  it.each(MODELS)('broken-json of %s', async (model) => {
    const response = await meet({ fault: 'broken-json' }, fields(model))
    expect(response.headers.get('content-type')).toBe('application/json')
    const text = await response.text()
    expect(Number(response.headers.get('content-length'))).toBe(text.length)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(outcome()).toEqual([['broken-json', true]])
  })

  it('html', async () => {
    const response = await meet({ fault: 'html' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(outcome()).toEqual([['html', true]])
  })

  it('empty-data', async () => {
    expect(((await (await meet({ fault: 'empty-data' })).json()) as Answer).data).toEqual([])
    expect(outcome()).toEqual([['empty-data', true]])
  })

  it.each(MODELS)('data-prefix of %s', async (model) => {
    const { data } = (await (await meet({ fault: 'data-prefix' }, fields(model))).json()) as Answer
    expect(data[0]!.b64_json).toMatch(/^data:image\/png;base64,iVBORw0KGgo/)
    expect(outcome()).toEqual([['data-prefix', true]])
  })

  it.each(MODELS)('not-a-picture of %s', async (model) => {
    const answer = (await (await meet({ fault: 'not-a-picture' }, fields(model))).json()) as Answer
    const { url } = answer.data[0]!
    const bytes = url === undefined ? bytesOf(answer) : Buffer.from(await (await fetch(url)).arrayBuffer())
    expect(bytes.toString()).toContain('no picture')
    expect(outcome()).toEqual([['not-a-picture', true]])
  })

  it.each(MODELS)('url-fails of %s: twice, and then it comes', async (model) => {
    const { data } = (await (
      await meet({ fault: 'url-fails', downloads: 2, status: 500 }, fields(model))
    ).json()) as Answer
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) statuses.push((await fetch(data[0]!.url!)).status)
    expect(statuses).toEqual([500, 500, 200])
    expect(emulator.requests).toHaveLength(1)
    expect(outcome()).toEqual([['url-fails', true]])
  })

  function fields(model: string) {
    return model === MODEL ? {} : { model, quality: undefined }
  }
})

describe('orders', () => {
  it('befall so many requests, in turn', async () => {
    emulator.faults.order({ fault: 'status', status: 429, times: 2 }, { fault: 'insufficient-quota' })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await ask()).status)
    expect(statuses).toEqual([429, 429, 429, 200])
    expect(outcome().map(([name]) => name)).toEqual(['status', 'status', 'insufficient-quota', 'answered'])
  })

  it('befall only prompts that match', async () => {
    emulator.faults.order({ fault: 'html', match: 'whale' })
    expect((await ask()).headers.get('content-type')).toBe('application/json')
    expect((await ask({ prompt: 'A blue whale.' })).headers.get('content-type')).toContain('html')
    expect(emulator.faults.pending).toEqual([])
  })

  it('do not befall what is refused anyway', async () => {
    emulator.faults.order({ fault: 'html' })
    expect((await ask({ n: 0 })).status).toBe(400)
    expect(emulator.faults.pending).toHaveLength(1)
  })

  it('answer the same, whether billed or not', async () => {
    const response = await meet({ fault: 'data-prefix', billed: false })
    expect(((await response.json()) as Answer).data).toHaveLength(1)
    expect(emulator.ledger).toMatchObject([{ outcome: 'data-prefix', billed: false, usd: 0 }])
  })

  it('keep one object that is ordered twice as two', async () => {
    const fault = { fault: 'insufficient-quota' } as const
    emulator.faults.order(fault, fault)
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([429, 429, 200])
  })

  it('let time pass', async () => {
    expect((await meet({ fault: 'latency', latencyMs: 1 })).status).toBe(200)
    emulator.faults.order({ fault: 'latency', latencyMs: 3_600_000 })
    const leaving = new AbortController()
    const waiting = ask({}, { signal: leaving.signal })
    await expect.poll(() => emulator.ledger.length).toBe(2)
    leaving.abort()
    await expect(waiting).rejects.toThrow()
    await expect.poll(outcome).toEqual([
      ['answered', true],
      ['abandoned', true],
    ])
  })

  it('come over HTTP', async () => {
    const send = (text: string) => fetch(`${emulator.url}/__emulator/faults`, { method: 'POST', body: text })
    expect(await (await send('[{"fault":"html","times":2},{"fault":"reset"}]')).json()).toEqual({
      pending: [{ fault: 'html', times: 2 }, { fault: 'reset' }],
    })
    await ask()
    expect(await (await fetch(`${emulator.url}/__emulator/faults`)).json()).toEqual({
      pending: [{ fault: 'html', times: 1 }, { fault: 'reset' }],
    })
    for (const wrong of [
      '{',
      '{"fault":"rain"}',
      '{"fault":"status"}',
      '{"fault":"latency"}',
      '{"fault":"html","often":2}',
      '{"fault":"html","times":0}',
    ]) {
      const response = await send(wrong)
      expect(response.status, wrong).toBe(400)
      expect(await response.json(), wrong).toMatchObject({
        error: { type: 'emulator_error', message: expect.any(String) },
      })
    }
    expect(emulator.faults.pending).toHaveLength(2)
    expect((await get(emulator, '/__emulator/nothing')).status).toBe(404)
  })

  it('are checked in code as well', () => {
    expect(() => emulator.faults.order({ fault: 'rain' } as never)).toThrowError(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    )
  })

  it('have a test each', async () => {
    const files = [import.meta.filename, import.meta.filename.replace('fault-answers', 'faults')]
    const here = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('')
    for (const name of Object.keys(FAULTS)) expect(here).toContain(`fault: '${name}'`)
  })
})
