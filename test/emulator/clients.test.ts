// Clients that nobody here wrote must get pictures from the emulator.
import { createOpenAI } from '@ai-sdk/openai'
import { generateImage } from 'ai'
import OpenAI from 'openai'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningEmulator, startEmulator } from '../../src/emulator/index.ts'

const KEY = 'a-key-of-nobody'
let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startEmulator({ apiKey: KEY, picture: 'flat' })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const sizeOf = async (bytes: Uint8Array) => {
  const { format, width, height } = await sharp(bytes).metadata()
  return `${format} ${width}x${height}`
}

describe('openai', () => {
  const client = (apiKey = KEY) => new OpenAI({ apiKey, baseURL: emulator.baseURL, maxRetries: 0 })

  it('gets base64', async () => {
    const { data, usage, created } = await client().images.generate({
      model: 'gpt-image-2',
      prompt: 'A boat.',
      size: '1536x864',
      quality: 'low',
      n: 2,
    })
    expect(created).toBeGreaterThan(1.7e9)
    expect(usage!.total_tokens).toBe(usage!.input_tokens + usage!.output_tokens)
    expect(await Promise.all(data!.map(({ b64_json }) => sizeOf(Buffer.from(b64_json!, 'base64'))))).toEqual([
      'png 1536x864',
      'png 1536x864',
    ])
  })

  it('gets a url', async () => {
    const { data } = await client().images.generate({
      model: 'dall-e-3',
      prompt: 'A boat.',
      size: '1792x1024',
      response_format: 'url',
    })
    const response = await fetch(data![0]!.url!)
    expect(await sizeOf(new Uint8Array(await response.arrayBuffer()))).toBe('png 1792x1024')
    expect(emulator.authorizationsAtFiles).toBe(0)
  })

  it('gets a stream', async () => {
    const stream = await client().images.generate({
      model: 'gpt-image-1',
      prompt: 'A boat.',
      stream: true,
      partial_images: 2,
      output_format: 'webp',
    })
    const seen: string[] = []
    for await (const event of stream) {
      seen.push(`${event.type} ${await sizeOf(Buffer.from(event.b64_json, 'base64'))}`)
    }
    const [partial, completed] = ['image_generation.partial_image', 'image_generation.completed'].map(
      (type) => `${type} webp 1024x1024`,
    )
    expect(seen).toEqual([partial, partial, completed])
  })

  it('understands refusals as its own errors', async () => {
    const ask = (apiKey: string, extra: object) =>
      client(apiKey).images.generate({ model: 'gpt-image-2', prompt: 'A boat.', ...extra })
    await expect(ask('wrong', {})).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    await expect(ask(KEY, { response_format: 'b64_json' })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_parameter',
      param: 'response_format',
    })
    await expect(ask(KEY, { model: 'gpt-image-9' })).rejects.toBeInstanceOf(OpenAI.NotFoundError)
    emulator.faults.order({ fault: 'status', status: 429 })
    await expect(ask(KEY, {})).rejects.toBeInstanceOf(OpenAI.RateLimitError)
    await expect(ask(KEY, {})).resolves.toMatchObject({ _request_id: expect.stringMatching(/^req_/) })
  })

  it('lists models', async () => {
    const ids: string[] = []
    for await (const { id } of client().models.list()) ids.push(id)
    expect(ids).toContain('gpt-image-2')
    expect((await client().models.retrieve('gpt-image-2')).owned_by).toBe('system')
  })
})

describe('ai', () => {
  const provider = () => createOpenAI({ apiKey: KEY, baseURL: emulator.baseURL })

  it.each(['gpt-image-1.5', 'gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst'])(
    'gets pictures of %s',
    async (model) => {
      const { images, warnings } = await generateImage({
        model: provider().image(model),
        prompt: 'A boat.',
        size: '1024x1536',
        n: 2,
        maxRetries: 0,
      })
      expect(warnings).toEqual([])
      expect(await Promise.all(images.map(({ uint8Array }) => sizeOf(uint8Array)))).toEqual([
        'png 1024x1536',
        'png 1024x1536',
      ])
      expect(emulator.ledger).toMatchObject([{ model, n: 2, size: '1024x1536' }])
    },
  )

  it('gets a cut-out with its own options', async () => {
    const { image } = await generateImage({
      model: provider().image('gpt-image-1'),
      prompt: 'A boat.',
      size: '1024x1024',
      providerOptions: { openai: { background: 'transparent', outputFormat: 'webp', quality: 'low' } },
      maxRetries: 0,
    })
    expect(image.mediaType).toBe('image/webp')
    expect((await sharp(image.uint8Array).stats()).isOpaque).toBe(false)
  })

  it('asks dall-e-3 for base64 by itself, one picture a call', async () => {
    const { images } = await generateImage({
      model: provider().image('dall-e-3'),
      prompt: 'A boat.',
      size: '1024x1024',
      n: 2,
      maxRetries: 0,
    })
    expect(images).toHaveLength(2)
    expect(emulator.requests.map(({ body }) => body)).toMatchObject([
      { n: 1, response_format: 'b64_json' },
      { n: 1, response_format: 'b64_json' },
    ])
  })
})
