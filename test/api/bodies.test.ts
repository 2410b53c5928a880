import { expect, test } from 'vitest'
import { bodyOf } from '../../src/api/body.ts'
import { findModel } from '../../src/api/models.ts'
import type { RequestBody } from '../../src/spec/specs.ts'

const rows = findModel()
const sent = (request: RequestBody, n = 1, partialImages?: number) =>
  JSON.stringify(bodyOf(request, { n, row: rows(request.model), partialImages }))

const prompt = 'A paper boat.'

test.each<[RequestBody, string]>([
  [
    { model: 'gpt-image-2', prompt, size: '1200x640', quality: 'medium' },
    '{"model":"gpt-image-2","prompt":"A paper boat.","size":"1200x640","quality":"medium"}',
  ],
  [
    {
      model: 'gpt-image-2.5-sunburst',
      prompt,
      quality: 'max',
      background: 'transparent',
      output_format: 'webp',
      output_compression: 80,
    },
    '{"model":"gpt-image-2.5-sunburst","prompt":"A paper boat.","quality":"max","background":"transparent","output_format":"webp","output_compression":80}',
  ],
  [{ model: 'gpt-image-2.6-flare', prompt }, '{"model":"gpt-image-2.6-flare","prompt":"A paper boat."}'],
  [
    { model: 'gpt-image-1-mini', prompt, moderation: 'low' },
    '{"model":"gpt-image-1-mini","prompt":"A paper boat.","moderation":"low"}',
  ],
  [
    { model: 'dall-e-3', prompt, quality: 'hd', style: 'vivid' },
    '{"model":"dall-e-3","prompt":"A paper boat.","quality":"hd","style":"vivid","response_format":"b64_json"}',
  ],
  [
    { model: 'dall-e-2', prompt, size: '512x512' },
    '{"model":"dall-e-2","prompt":"A paper boat.","size":"512x512","response_format":"b64_json"}',
  ],
  [
    { model: 'qwen-image', prompt, size: '1328x1328' },
    '{"model":"qwen-image","prompt":"A paper boat.","size":"1328x1328"}',
  ],
  [
    { model: 'someone-elses-model', prompt, seed: 7 },
    '{"model":"someone-elses-model","prompt":"A paper boat.","seed":7}',
  ],
])('the exact body for $model', (request, body) => {
  expect(sent(request)).toBe(body)
})

test('n is sent above 1 only', () => {
  expect(sent({ model: 'gpt-image-2', prompt }, 4)).toBe(
    '{"model":"gpt-image-2","prompt":"A paper boat.","n":4}',
  )
  expect(sent({ model: 'someone-elses-model', prompt }, 4)).toContain('"n":4')
})

test.each(['dall-e-3', 'qwen-image'])('%s makes one picture a request', (model) => {
  expect(() => sent({ model, prompt }, 2)).toThrow(RangeError)
})

test('more than ten at once', () => {
  expect(() => sent({ model: 'gpt-image-2', prompt }, 11)).toThrow(RangeError)
})

test('a stream is asked for where the model streams, for one picture', () => {
  const streamed = ',"stream":true,"partial_images":2}'
  expect(sent({ model: 'gpt-image-2', prompt }, 1, 2)).toContain(streamed)
  expect(sent({ model: 'gpt-image-2', prompt }, 2, 2)).not.toContain('stream')
  expect(sent({ model: 'dall-e-3', prompt }, 1, 2)).not.toContain('stream')
  expect(sent({ model: 'someone-elses-model', prompt }, 1, 2)).not.toContain('stream')
})

test('fields without a value are not sent', () => {
  const request = { model: 'gpt-image-2', prompt, size: undefined } as unknown as RequestBody
  expect(Object.keys(bodyOf(request, { n: 1, row: undefined }))).toEqual(['model', 'prompt'])
})
