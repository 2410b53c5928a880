import { describe, expect, it } from 'vitest'
import { BLOCKED } from '../../src/emulator/index.ts'
import { answered, body, cheap, get, post, postRequest, refusal } from './support.ts'

const KEY = 'sk-abcdefghijklmnopqrstuvwxyz0123456789'
const withKey = (key?: string) => ({ headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error

describe('OpenAI', () => {
  it('refuses in whole sentences', async () => {
    const emulator = cheap()
    const said = async (fields: object) => (await refusal(emulator, body(fields))).message
    expect({
      unknown: await said({ response_format: 'b64_json' }),
      value: await said({ quality: 'ultra' }),
      missing: await said({ prompt: undefined }),
      type: await said({ n: '2' }),
      range: await said({ n: 11 }),
      long: await said({ prompt: 'x'.repeat(32_001) }),
      empty: await said({ prompt: '' }),
      grid: await said({ size: '1792x936' }),
      ratio: await said({ size: '3072x1008' }),
      small: await said({ size: '512x512' }),
      form: await said({ size: 'wide' }),
      transparent: await said({ background: 'transparent' }),
      model: await said({ model: 'gpt-image-9' }),
    }).toMatchInlineSnapshot(`
      {
        "empty": "Invalid 'prompt': empty string. Expected a string with minimum length 1, but got an empty string instead.",
        "form": "Invalid size 'wide'. Expected WIDTHxHEIGHT, for example '1824x1024'.",
        "grid": "Invalid size '1792x936'. Width and height must both be divisible by 16.",
        "long": "Invalid 'prompt': string too long. Expected a string with maximum length 32000, but got a string with length 32001 instead.",
        "missing": "Missing required parameter: 'prompt'.",
        "model": "The model 'gpt-image-9' does not exist or you do not have access to it.",
        "range": "Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.",
        "ratio": "Invalid size '3072x1008'. The aspect ratio must be between 1:3 and 3:1.",
        "small": "Invalid size '512x512'. Requested resolution is below the current minimum pixel budget.",
        "transparent": "Transparent background is not supported for this model.",
        "type": "Invalid type for 'n': expected an integer, but got a string instead.",
        "unknown": "Unknown parameter: 'response_format'.",
        "value": "Invalid value: 'ultra'. Supported values are: 'low', 'medium', 'high', and 'auto'.",
      }
    `)
  })

  it('knows who refuses: the API, or the model', async () => {
    const emulator = cheap()
    expect(await refusal(emulator, body({ n: 11 }))).toMatchObject({ type: 'invalid_request_error' })
    expect(await refusal(emulator, body({ background: 'transparent' }))).toMatchObject({
      type: 'image_generation_user_error',
    })
    expect(await refusal(emulator, body({ size: '1200x630' }))).toMatchObject({
      type: 'image_generation_user_error',
    })
  })

  it('answers 404 for a model that there is not, and 400 for none', async () => {
    expect(await refusal(cheap(), body({ model: 'gpt-image-9' }))).toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    })
    expect(await refusal(cheap(), body({ model: undefined }))).toMatchObject({
      status: 400,
      code: 'missing_required_parameter',
      param: 'model',
    })
  })

  it.each(['', '{"model":', '[]', '"text"', 'null'])('refuses the body %j', async (text) => {
    expect(await refusal(cheap(), text)).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: null,
      code: null,
    })
  })

  it('blocks a prompt with details, and bills nothing', async () => {
    const emulator = cheap()
    const error = await refusal(emulator, body({ prompt: `A boat ${BLOCKED}` }))
    expect(error).toMatchObject({
      status: 400,
      type: 'image_generation_user_error',
      code: 'moderation_blocked',
      moderation_details: { moderation_stage: 'input', categories: ['violence'] },
    })
    expect(error.message).toContain(emulator.requests[0]!.id)
    expect(emulator.ledger).toEqual([])
    expect(await refusal(emulator, { model: 'dall-e-3', prompt: BLOCKED })).toMatchObject({
      status: 400,
      code: 'content_policy_violation',
    })
  })
})

describe('keys', () => {
  it('takes any key where none is set, and none without', async () => {
    const emulator = cheap()
    expect((await post(emulator, body(), withKey('whatever'))).status).toBe(200)
    const without = await post(emulator, body(), withKey())
    expect(without.status).toBe(401)
    expect(await errorOf(without)).toMatchObject({ code: null, type: 'invalid_request_error' })
    expect((await get(emulator, '/v1/models', {})).status).toBe(401)
  })

  it('refuses a wrong key without showing it', async () => {
    const emulator = cheap({ apiKey: KEY })
    expect((await post(emulator, body(), withKey(KEY))).status).toBe(200)
    const wrong = await post(emulator, body(), withKey(`${KEY}x`))
    expect(wrong.status).toBe(401)
    const error = await errorOf(wrong)
    expect(error).toMatchObject({ code: 'invalid_api_key' })
    expect(error.message).toMatch(/^Incorrect API key provided: sk-\*+789x\. /)
    expect((await errorOf(await post(emulator, body(), withKey('short')))).message).toContain(
      'provided: *****.',
    )
  })
})

describe('CometAPI', () => {
  it('has one type, and its request id in the message', async () => {
    const emulator = cheap({ flavor: 'cometapi' })
    const response = await post(emulator, body({ n: 11 }))
    expect(response.status).toBe(400)
    const error = await errorOf(response)
    expect(error).toMatchObject({ type: 'comet_api_error', param: 'n', code: 'integer_above_max_value' })
    expect(error.message).toMatch(new RegExp(`\\(request id: ${response.headers.get('x-request-id')}\\)$`))
  })

  it('answers 500 invalid_request where OpenAI answers 404', async () => {
    const error = await refusal(cheap({ flavor: 'cometapi' }), body({ model: 'gpt-image-9' }))
    expect(error).toMatchObject({ status: 500, type: 'comet_api_error', code: 'invalid_request' })
  })

  it('answers an ordered status as ordered', async () => {
    const emulator = cheap({ flavor: 'cometapi' })
    emulator.faults.order({ fault: 'status', status: 404 })
    expect(await refusal(emulator, body())).toMatchObject({ status: 404, type: 'comet_api_error' })
  })

  it('still says why a prompt was blocked', async () => {
    const error = await refusal(cheap({ flavor: 'cometapi' }), body({ prompt: BLOCKED }))
    expect(error).toMatchObject({
      type: 'comet_api_error',
      code: 'moderation_blocked',
      moderation_details: {},
    })
  })
})

describe('wrong paths', () => {
  const at = (path: string, flavor: 'openai' | 'cometapi' = 'openai', method = 'POST') => {
    const { headers, body: sent } = postRequest(body())
    const init =
      method === 'POST' ? { method, headers, body: sent, duplex: 'half' as const } : { method, headers }
    const emulator = cheap({ flavor })
    return get(emulator, path, init).then((response) => ({ response, emulator }))
  }

  it.each(['/images/generations', '/', '/api/v1/images/generations'])('%s gets a page', async (path) => {
    const { response, emulator } = await at(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(emulator.ledger).toEqual([])
  })

  it.each(['/v1/images/generations/', '/v1//images/generations'])(
    '%s is moved, and the POST is seen',
    async (path) => {
      const { response, emulator } = await at(path)
      expect(response.status).toBe(301)
      expect(response.headers.get('location')).toBe('/v1/images/generations')
      expect(emulator.requests).toHaveLength(1)
      expect(emulator.ledger).toEqual([])
    },
  )

  it('is a 404 or 405 below /v1 at OpenAI, and a page at CometAPI', async () => {
    expect((await at('/v1/images/drawings')).response.status).toBe(404)
    expect((await at('/v1/images/generations', 'openai', 'GET')).response.status).toBe(405)
    const { response } = await at('/v1/images/drawings', 'cometapi')
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})

it('stamps every answer', async () => {
  const emulator = cheap()
  const all = [
    await post(emulator, body()),
    await post(emulator, body({ n: 0 })),
    await get(emulator, '/v1/models'),
    await get(emulator, '/nowhere'),
    await get(emulator, '/__emulator/ledger'),
  ]
  for (const { headers } of all) {
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/)
    expect(headers.get('openai-processing-ms')).toMatch(/^\d+$/)
    expect(headers.get('x-ratelimit-limit-requests')).toBe('250')
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('250')
  }
})

describe('rate limit', () => {
  it('lets so many pictures through in a minute of the given clock', async () => {
    let clock = Date.UTC(2026, 10, 22)
    const emulator = cheap({ imagesPerMinute: 5, now: () => clock })
    await answered(emulator, body({ n: 4 }))
    clock += 20_000
    await answered(emulator, body({ n: 1 }))
    const refused = await post(emulator, body({ n: 2 }))
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('40')
    expect(refused.headers.get('x-ratelimit-remaining-images')).toBe('0')
    expect(await errorOf(refused)).toMatchObject({
      code: 'rate_limit_exceeded',
      message: expect.stringContaining('try again in 40s'),
    })
    expect(emulator.ledger).toHaveLength(2)
    clock += 40_000
    await answered(emulator, body({ n: 2 }))
  })

  it('never lets through more than a minute holds', async () => {
    const emulator = cheap({ imagesPerMinute: 2 })
    expect(await refusal(emulator, body({ n: 3 }))).toMatchObject({ status: 429 })
  })
})
