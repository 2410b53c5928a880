// Every model with every field that it takes and refuses.
import { describe, expect, it } from 'vitest'
import { answered, cheap, refusal } from './support.ts'

const emulator = cheap()
const GPT1 = ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5']
const GPT2 = ['gpt-image-2', 'gpt-image-2-2026-04-21']
const GPT25 = [
  'gpt-image-2.5-flare',
  'gpt-image-2.5-sunburst',
  'gpt-image-2.6-flare',
  'gpt-image-2.6-sunburst',
]
const GPT = [...GPT1, ...GPT2, ...GPT25]
const ALL = [...GPT, 'dall-e-2', 'dall-e-3', 'qwen-image']

/** What a model takes and refuses; refusals by the field they name and their code. */
interface Row {
  models: readonly string[]
  takes: object[]
  refuses: [fields: object, param: string | null, code: string | null][]
}

const common: Row['refuses'] = [
  [{ surprise: 1 }, 'surprise', 'unknown_parameter'],
  [{ seed: 7 }, 'seed', 'unknown_parameter'],
  [{ constructor: 7 }, 'constructor', 'unknown_parameter'],
  [{ n: 0 }, 'n', 'integer_below_min_value'],
  [{ n: 1.5 }, 'n', 'invalid_type'],
  [{ n: '2' }, 'n', 'invalid_type'],
  [{ prompt: '' }, 'prompt', 'empty_string'],
  [{ prompt: 7 }, 'prompt', 'invalid_type'],
  [{ prompt: undefined }, 'prompt', 'missing_required_parameter'],
  [{ size: 'big' }, 'size', 'invalid_value'],
  [{ size: 1024 }, 'size', 'invalid_type'],
]
const gptRefuses: Row['refuses'] = [
  [{ response_format: 'b64_json' }, 'response_format', 'unknown_parameter'],
  [{ response_format: null }, 'response_format', 'unknown_parameter'],
  [{ style: 'vivid' }, 'style', 'unknown_parameter'],
  [{ quality: 'standard' }, 'quality', 'invalid_value'],
  [{ quality: 'ultra' }, 'quality', 'invalid_value'],
  [{ quality: 3 }, 'quality', 'invalid_type'],
  [{ background: 'green' }, 'background', 'invalid_value'],
  [{ background: 'transparent', output_format: 'jpeg' }, 'background', 'invalid_value'],
  [{ output_format: 'tiff' }, 'output_format', 'invalid_value'],
  [{ output_compression: 101, output_format: 'webp' }, 'output_compression', 'integer_above_max_value'],
  [{ output_compression: -1, output_format: 'webp' }, 'output_compression', 'integer_below_min_value'],
  [{ output_compression: 50 }, null, 'invalid_png_output_compression'],
  [{ moderation: 'none' }, 'moderation', 'invalid_value'],
  [{ stream: 'yes' }, 'stream', 'invalid_type'],
  [{ stream: true, partial_images: 4 }, 'partial_images', 'integer_above_max_value'],
  [{ n: 11 }, 'n', 'integer_above_max_value'],
  [{ prompt: 'x'.repeat(32_001) }, 'prompt', 'string_above_max_length'],
]
const gptTakes = [
  {},
  { size: 'auto', quality: 'auto', background: 'auto', moderation: 'auto' },
  { quality: 'low', background: 'opaque', moderation: 'low', user: 'someone' },
  { output_format: 'jpeg', output_compression: 40 },
  { output_format: 'webp', output_compression: 0 },
  { output_compression: 100, n: null, stream: null, background: null },
  { n: 3 },
  { prompt: '🙂'.repeat(32_000) },
]
const gridTakes = [{ size: '1536x864' }, { size: '1200x640' }, { size: '2880x960' }]
const gridRefuses: Row['refuses'] = [
  [{ size: '1200x630' }, 'size', 'invalid_value'],
  [{ size: '3856x2160' }, 'size', 'invalid_value'],
  [{ size: '512x512' }, 'size', 'invalid_value'],
  [{ size: '3840x2176' }, 'size', 'invalid_value'],
  [{ size: '3072x1008' }, 'size', 'invalid_value'],
]
const dalleRefuses: Row['refuses'] = [
  [{ response_format: 'png' }, 'response_format', 'invalid_value'],
  [{ background: 'opaque' }, 'background', 'unknown_parameter'],
  [{ output_format: 'png' }, 'output_format', 'unknown_parameter'],
  [{ output_compression: 10 }, 'output_compression', 'unknown_parameter'],
  [{ moderation: 'low' }, 'moderation', 'unknown_parameter'],
  [{ stream: true }, 'stream', 'unknown_parameter'],
  [{ partial_images: 1 }, 'partial_images', 'unknown_parameter'],
]

const ROWS: Row[] = [
  { models: ALL, takes: [], refuses: common },
  { models: GPT, takes: gptTakes, refuses: gptRefuses },
  {
    models: GPT1,
    takes: [
      { size: '1536x1024' },
      { size: '1024x1536' },
      { background: 'transparent', output_format: 'webp' },
    ],
    refuses: [
      [{ size: '1200x640' }, 'size', 'invalid_value'],
      [{ quality: 'max' }, 'quality', 'invalid_value'],
    ],
  },
  {
    models: GPT2,
    takes: gridTakes,
    refuses: [
      ...gridRefuses,
      [{ background: 'transparent' }, 'background', 'invalid_value'],
      [{ quality: 'xhigh' }, 'quality', 'invalid_value'],
    ],
  },
  {
    models: GPT25,
    takes: [...gridTakes, { quality: 'xhigh' }, { quality: 'max' }, { background: 'transparent' }],
    refuses: gridRefuses,
  },
  {
    models: GPT25.slice(0, 2),
    takes: [],
    refuses: [
      [{ output_format: 'gif' }, 'output_format', 'invalid_value'],
      [{ complexity: 'low' }, 'complexity', 'unknown_parameter'],
    ],
  },
  {
    models: GPT25.slice(2),
    takes: [{ output_format: 'gif' }, { output_format: 'svg' }, { complexity: 'low' }],
    refuses: [],
  },
  {
    models: ['dall-e-2'],
    takes: [
      {},
      { size: '256x256', quality: 'standard', n: 10 },
      { size: '512x512', response_format: 'b64_json' },
    ],
    refuses: [
      ...dalleRefuses,
      [{ size: '1792x1024' }, 'size', 'invalid_value'],
      [{ size: 'auto' }, 'size', 'invalid_value'],
      [{ quality: 'hd' }, 'quality', 'invalid_value'],
      [{ style: 'vivid' }, 'style', 'unknown_parameter'],
      [{ n: 11 }, 'n', 'integer_above_max_value'],
      [{ prompt: 'x'.repeat(1001) }, 'prompt', 'string_above_max_length'],
    ],
  },
  {
    models: ['dall-e-3'],
    takes: [
      {},
      { size: '1792x1024', quality: 'hd', style: 'natural' },
      { size: '1024x1792', response_format: 'url' },
    ],
    refuses: [
      ...dalleRefuses,
      [{ size: '512x512' }, 'size', 'invalid_value'],
      [{ quality: 'high' }, 'quality', 'invalid_value'],
      [{ style: 'cubist' }, 'style', 'invalid_value'],
      [{ n: 2 }, 'n', 'integer_above_max_value'],
      [{ prompt: 'x'.repeat(4001) }, 'prompt', 'string_above_max_length'],
    ],
  },
  {
    models: ['qwen-image'],
    takes: [{}, { size: '1328x1328' }, { size: '1664x928', response_format: 'b64_json' }],
    refuses: [
      ...dalleRefuses,
      [{ size: '4000x100' }, 'size', 'invalid_value'],
      [{ quality: 'high' }, 'quality', 'unknown_parameter'],
      [{ n: 2 }, 'n', 'integer_above_max_value'],
      [{ prompt: 'x'.repeat(801) }, 'prompt', 'string_above_max_length'],
    ],
  },
]

const cases = ROWS.flatMap(({ models, takes, refuses }) => models.map((model) => ({ model, takes, refuses })))
const plain = (model: string, fields: object) => ({ model, prompt: 'A paper boat.', ...fields })

describe.each(cases)('$model', ({ model, takes, refuses }) => {
  it.each(takes)('takes %j', async (fields: object) => {
    const { n } = fields as { n?: number }
    expect((await answered(emulator, plain(model, fields))).data).toHaveLength(n ?? 1)
  })

  it.each(refuses)('refuses %j', async (fields, param, code) => {
    const billed = emulator.ledger.length
    expect(await refusal(emulator, plain(model, fields))).toMatchObject({ status: 400, param, code })
    expect(emulator.ledger).toHaveLength(billed)
  })
})
