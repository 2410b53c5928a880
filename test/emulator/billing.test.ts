import { describe, expect, it } from 'vitest'
import { totalsOf } from '../../src/emulator/index.ts'
import { answered, body, cheap, get, post, refusal } from './support.ts'

describe('tokens', () => {
  // The published values.
  it.each([
    ['gpt-image-2', '1024x1024', 'low', 196],
    ['gpt-image-2', '1024x1024', 'medium', 1756],
    ['gpt-image-2', '1024x1024', 'high', 7024],
    ['gpt-image-2', '1536x1024', 'low', 158],
    ['gpt-image-2', '1536x1024', 'medium', 1372],
    ['gpt-image-2', '1536x1024', 'high', 5488],
    ['gpt-image-2', '1024x1536', 'high', 5488],
    ['gpt-image-1', '1024x1024', 'low', 272],
    ['gpt-image-1', '1024x1536', 'medium', 1584],
    ['gpt-image-1.5', '1536x1024', 'high', 6208],
  ])('%s %s %s: %i', async (model, size, quality, tokens) => {
    expect((await answered(cheap(), body({ model, size, quality }))).usage!.output_tokens).toBe(tokens)
  })

  // By the formula, worked out by hand: base² · (2e6 + 1024²) / 4e6.
  it.each([
    ['low', 196],
    ['medium', 439],
    ['high', 1756],
    ['xhigh', 3122],
    ['max', 7024],
  ])('gpt-image-2.5 1024² %s: %i', async (quality, tokens) => {
    expect(
      (await answered(cheap(), body({ model: 'gpt-image-2.5-flare', quality }))).usage!.output_tokens,
    ).toBe(tokens)
  })

  it('grows with quality and area at 2.6', async () => {
    const model = 'gpt-image-2.6-sunburst'
    const tokens = async (quality: string, size = '1024x1024') =>
      (await answered(cheap(), body({ model, quality, size }))).usage!.output_tokens
    const row = await Promise.all(['low', 'medium', 'high', 'xhigh', 'max'].map((quality) => tokens(quality)))
    expect(row).toEqual(row.toSorted((a, b) => a - b))
    expect(await tokens('low', '1536x1024')).toBeGreaterThan(row[0]!)
  })

  it('counts n pictures and the prompt once', async () => {
    const { usage } = await answered(cheap(), body({ n: 3, prompt: 'x'.repeat(401) }))
    expect(usage).toEqual({
      input_tokens: 101,
      input_tokens_details: { text_tokens: 101, image_tokens: 0 },
      output_tokens: 588,
      total_tokens: 689,
    })
  })
})

describe('dollars', () => {
  const usd = async (fields: object) => {
    const emulator = cheap()
    await answered(emulator, fields)
    return emulator.ledger[0]!.usd
  }
  it.each([
    [body(), 0.0059],
    [body({ quality: 'medium' }), 0.0527],
    [body({ quality: 'high' }), 0.2107],
    [body({ model: 'gpt-image-1', quality: 'high' }), 0.1664],
    [body({ model: 'gpt-image-1.5', quality: 'medium' }), 0.0338],
    [body({ model: 'gpt-image-1-mini', quality: 'medium' }), 0.011],
    [{ model: 'dall-e-3', prompt: 'x' }, 0.04],
    [{ model: 'dall-e-3', prompt: 'x', quality: 'hd', size: '1792x1024' }, 0.12],
    [{ model: 'dall-e-2', prompt: 'x', size: '256x256', n: 2 }, 0.032],
    [{ model: 'qwen-image', prompt: 'x' }, 0.04],
  ])('%j: about $%d', async (fields, expected) => {
    expect(await usd(fields)).toBeCloseTo(expected, 4)
  })
})

describe('ledger', () => {
  it('has a line for what was accepted, and none for what was refused', async () => {
    const at = Date.UTC(2026, 10, 22, 12)
    const emulator = cheap({ now: () => at })
    await answered(emulator, body({ n: 2, quality: 'medium' }))
    await refusal(emulator, body({ n: 11 }))
    expect(emulator.ledger).toEqual([
      {
        id: emulator.requests[0]!.id,
        at: '2026-11-22T12:00:00.000Z',
        model: 'gpt-image-2',
        prompt: 'A paper boat.',
        n: 2,
        size: '1024x1024',
        quality: 'medium',
        tokens: { input: 4, output: 3512 },
        usd: 0.10538,
        billed: true,
        outcome: 'answered',
      },
    ])
    expect(emulator.requests).toHaveLength(2)
  })

  it('adds up what is billed', async () => {
    const emulator = cheap()
    emulator.faults.order({ fault: 'insufficient-quota' }, { fault: 'cut-body' })
    for (let i = 0; i < 3; i++) await (await emulatorPost(emulator)).arrayBuffer().catch(() => undefined)
    expect(emulator.ledger.map(({ outcome, billed }) => [outcome, billed])).toEqual([
      ['insufficient-quota', false],
      ['cut-body', true],
      ['answered', true],
    ])
    expect(totalsOf(emulator.ledger)).toEqual({ requests: 2, images: 2, usd: 2 * emulator.ledger[2]!.usd })
    expect(await (await get(emulator, '/__emulator/ledger', {})).json()).toEqual({
      entries: emulator.ledger,
      totals: totalsOf(emulator.ledger),
    })
  })

  it('marks what nobody waited for', async () => {
    const emulator = cheap({ latencyMs: 60_000 })
    const leaving = new AbortController()
    const waiting = emulatorPost(emulator, leaving.signal)
    await expect.poll(() => emulator.ledger.length).toBe(1)
    expect(emulator.ledger[0]!.outcome).toBe('answered')
    leaving.abort()
    await expect(waiting).rejects.toThrow()
    expect(emulator.ledger[0]).toMatchObject({ outcome: 'abandoned', billed: true })
  })

  it('keeps as answered what was answered, whatever becomes of the signal', async () => {
    const emulator = cheap()
    const late = new AbortController()
    await emulatorPost(emulator, late.signal)
    late.abort()
    expect(emulator.ledger).toMatchObject([{ outcome: 'answered' }])
  })

  it('shows requests without their keys', async () => {
    const emulator = cheap()
    const headers = {
      authorization: 'Bearer secret-1',
      'x-api-key': 'secret-2',
      cookie: 'secret-3',
      'idempotency-key': 'mine',
      'content-type': 'application/json',
    }
    await post(emulator, body(), { headers })
    await post(emulator, '{broken', { headers })
    expect(emulator.requests.map((seen) => seen.body)).toEqual([body(), '{broken'])
    expect(emulator.requests[0]).toMatchObject({ path: '/v1/images/generations' })
    const shown = await (await get(emulator, '/__emulator/requests', {})).text()
    expect(shown).not.toContain('secret')
    // Not a secret of anybody: clients send it so that a request can be told from its repetition.
    expect(emulator.requests[0]!.headers['content-type']).toBe('application/json')
    expect(emulator.requests[0]!.headers['idempotency-key']).toBe('mine')
    expect(JSON.parse(shown)).toMatchObject({ count: 2, authorizationsAtFiles: 0 })
  })

  it('forgets everything on reset', async () => {
    const emulator = cheap({ imagesPerMinute: 1 })
    await answered(emulator, body())
    emulator.faults.order({ fault: 'reset' })
    expect(await (await get(emulator, '/__emulator/reset', { method: 'POST' })).json()).toEqual({
      reset: true,
    })
    expect([emulator.ledger, emulator.requests, emulator.faults.pending]).toEqual([[], [], []])
    await answered(emulator, body())
  })
})

function emulatorPost(emulator: ReturnType<typeof cheap>, signal?: AbortSignal): Promise<Response> {
  return post(emulator, body(), signal === undefined ? {} : { signal })
}
