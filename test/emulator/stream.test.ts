import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/index.ts'
import { body, cheap, hashOf, leaveAfter, post, postRequest } from './support.ts'

interface Event {
  event: string
  data: {
    type: string
    b64_json: string
    partial_image_index?: number
    usage?: { output_tokens: number }
  } & Record<string, unknown>
}

async function stream(emulator: Emulator, fields: object): Promise<Event[]> {
  const response = await post(emulator, body({ stream: true, ...fields }))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  return parse(await response.text())
}

function parse(text: string): Event[] {
  const blocks = text.split('\n\n').filter((block) => block !== '')
  return blocks.map((block) => {
    const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block)!
    return { event: event!, data: JSON.parse(data!) }
  })
}

describe('streaming', () => {
  it('sends the partial pictures, then the finished one, each sharper than the last', async () => {
    const events = await stream(cheap(), { partial_images: 3, model: 'gpt-image-1' })
    expect(events.map(({ event, data }) => [event, data.partial_image_index])).toEqual([
      ['image_generation.partial_image', 0],
      ['image_generation.partial_image', 1],
      ['image_generation.partial_image', 2],
      ['image_generation.completed', undefined],
    ])
    for (const { event, data } of events) {
      expect(data).toMatchObject({
        type: event,
        size: '1024x1024',
        quality: 'low',
        background: 'opaque',
        output_format: 'png',
      })
      expect(await sharp(Buffer.from(data.b64_json, 'base64')).metadata()).toMatchObject({
        format: 'png',
        width: 1024,
      })
    }
  })

  it('bills a hundred tokens for each partial picture', async () => {
    const emulator = cheap()
    const completed = (await stream(emulator, { partial_images: 2 })).at(-1)!
    expect(completed.data.usage).toMatchObject({ output_tokens: 396 })
    expect(completed.data.emulator).toBe('unplugin-generate-images')
    expect(emulator.ledger).toMatchObject([{ tokens: { output: 396 }, outcome: 'answered', billed: true }])
  })

  it('sends the finished picture alone unless asked for more, and one event for each of n', async () => {
    expect((await stream(cheap(), {})).map(({ event }) => event)).toEqual(['image_generation.completed'])
    const two = await stream(cheap(), { n: 2 })
    expect(new Set(two.map(({ data }) => hashOf(Buffer.from(data.b64_json, 'base64')))).size).toBe(2)
  })

  it('is abandoned where nobody reads on', async () => {
    const emulator = cheap()
    const response = await post(emulator, body({ stream: true, partial_images: 3 }))
    await response.body!.cancel()
    expect(emulator.ledger).toMatchObject([{ outcome: 'abandoned', billed: true }])
  })

  it('paints partial pictures that become the finished one', async () => {
    const events = await stream(createEmulator(), { partial_images: 2, prompt: 'A forest.' })
    const pixels = await Promise.all(
      events.map(({ data }) => sharp(Buffer.from(data.b64_json, 'base64')).greyscale().raw().toBuffer()),
    )
    const finished = pixels.at(-1)!
    const far = pixels.map((one) => one.reduce((sum, value, at) => sum + Math.abs(value - finished[at]!), 0))
    expect(far[0]).toBeGreaterThan(far[1]!)
    expect(far[1]).toBeGreaterThan(0)
  })
})

describe('faults of a stream', () => {
  const meet = async (
    fault: 'empty-data' | 'cut-body' | 'broken-json' | 'data-prefix' | 'hang-after-headers',
  ) => {
    const emulator = cheap()
    emulator.faults.order({ fault })
    return emulator.fetch(postRequest(body({ stream: true }), { signal: leaveAfter(2000) }))
  }

  it('ends without its last event', async () => {
    expect(await (await meet('empty-data')).text()).toBe('')
  })

  it('is cut in the midst of one', async () => {
    const response = await meet('cut-body')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await expect(response.text()).rejects.toThrow()
  })

  it('breaks off its JSON', async () => {
    const text = await (await meet('broken-json')).text()
    expect(text).toMatch(/^event: image_generation\.completed\ndata: \{/)
    expect(text).not.toMatch(/\n\n$/)
  })

  it('has a prefix before its base64', async () => {
    expect(parse(await (await meet('data-prefix')).text())[0]!.data.b64_json).toMatch(
      /^data:image\/png;base64,/,
    )
  })

  it('never begins', async () => {
    const response = await meet('hang-after-headers')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await response.body!.cancel()
  })
})
