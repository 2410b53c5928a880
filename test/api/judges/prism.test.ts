// Our bodies against a validating mock of OpenAI's published contract. With OPENAI_OPENAPI=/path/to/openapi.json it is
// also held against OpenAI's own document, which can't be kept here.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readReply } from '../../../src/api/index.ts'
import type { RequestBody } from '../../../src/spec/specs.ts'
import { quickClient } from '../support/client.ts'
import { documentFromFile, documentFromTypes } from './document.ts'
import { type Prism, startPrism } from './prism.ts'

const prompt = 'A paper boat.'
const own = process.env.OPENAI_OPENAPI
const documents: [string, () => object][] = [["the types of OpenAI's package", documentFromTypes]]
if (own !== undefined) documents.push(["OpenAI's own document", () => documentFromFile(own)])

const passing: [RequestBody, number?][] = [
  [{ model: 'gpt-image-2', prompt }],
  [{ model: 'gpt-image-2', prompt, size: '1200x640', quality: 'medium', moderation: 'low' }, 10],
  [{ model: 'gpt-image-2', prompt, background: 'opaque', output_format: 'jpeg', output_compression: 100 }],
  [{ model: 'gpt-image-2.5-sunburst', prompt, background: 'transparent', quality: 'high' }],
  [{ model: 'gpt-image-2.6-flare', prompt, size: 'auto', quality: 'auto' }],
  [{ model: 'gpt-image-1.5', prompt, size: '1536x1024', output_format: 'webp', output_compression: 0 }],
  [{ model: 'gpt-image-1-mini', prompt, quality: 'low' }],
  [{ model: 'gpt-image-1', prompt, size: '1024x1536' }],
  [{ model: 'dall-e-3', prompt, size: '1792x1024', quality: 'hd', style: 'vivid' }],
  [{ model: 'dall-e-2', prompt, size: '256x256', quality: 'standard' }, 2],
  [{ model: 'qwen-image', prompt, size: '1328x1328' }],
]

// Sent under a name that no row knows, so that nothing of ours stands before the judge.
const stranger = { model: 'stranger', prompt }
const refused: [string, RequestBody, number?][] = [
  ['response_format of another value', { ...stranger, response_format: 'png' }],
  ['an unknown field', { ...stranger, seed: 7 }],
  ['n: 11', stranger, 11],
  ['quality: ultra', { ...stranger, quality: 'ultra' }],
  ['a number as prompt', { ...stranger, prompt: 7 as never }],
  ['moderation: high', { ...stranger, moderation: 'high' }],
  ['output_format: avif', { ...stranger, output_format: 'avif' }],
]

describe.each(documents)('%s', (_, document) => {
  let prism: Prism
  beforeAll(async () => {
    prism = await startPrism(document())
  })
  afterAll(() => prism?.stop())

  test.each(passing)('passes %j', async (request, n = 1) => {
    const reply = await quickClient(prism.origin).ask(request, { id: 'id', n })
    if (!reply.ok) throw reply.error
    expect(readReply(reply.raw, reply.contentType)).toMatchObject({ ok: true })
  })

  test('passes a stream', async () => {
    const stream = { partialImages: 3, onPartial: () => {} } as const
    const request = { model: 'gpt-image-2', prompt }
    expect(await quickClient(prism.origin).ask(request, { id: 'id', stream })).toMatchObject({ ok: true })
  })

  test.each(refused)('refuses %s', async (_, request, n = 1) => {
    const reply = await quickClient(prism.origin).ask(request, { id: 'id', n })
    expect(reply).toMatchObject({ ok: false, class: 'our-mistake', billed: 'no', attempts: 1 })
  })
})
