import { expect, test } from 'vitest'
import { costOf, estimateUsd, findPrice, gridTokens } from '../../src/api/index.ts'
import type { RequestBody } from '../../src/spec/specs.ts'
import { wire } from './support/server.ts'

const prices = findPrice()
const prompt = 'A paper boat on calm water.'.padEnd(40, '.')
const estimate = (fields: Partial<RequestBody>, n?: number) =>
  estimateUsd(
    { body: { model: 'gpt-image-2', prompt, ...fields }, ...(n === undefined ? {} : { n }) },
    prices,
  )

test.each([
  [16, 196, 158],
  [48, 1756, 1372],
  [96, 7024, 5488],
])('the published tokens for base %i', (base, square, wide) => {
  expect(gridTokens(base, 1024, 1024)).toBe(square)
  expect(gridTokens(base, 1536, 1024)).toBe(wide)
  expect(gridTokens(base, 1024, 1536)).toBe(wide)
})

test.each([
  ['low', 196, 0.006],
  ['medium', 1756, 0.053],
  ['high', 7024, 0.211],
])('the published dollars of a 1024 square in %s', (quality, tokens, usd) => {
  const result = estimate({ quality, size: '1024x1024' })
  // 40 characters of prompt are 10 tokens at $5 a million.
  expect(result).toEqual({ usd: (10 * 5 + tokens * 30) / 1e6, basis: 'tokens', tokens })
  expect(result?.usd).toBeCloseTo(usd, 3)
})

test('several pictures cost as often', () => {
  const one = estimate({ quality: 'low', size: '1024x1024' })
  expect(estimate({ quality: 'low', size: '1024x1024' }, 4)?.usd).toBeCloseTo(4 * (one?.usd ?? 0), 9)
})

test('what the API may choose is priced at its dearest', () => {
  const dearest = estimate({ quality: 'high', size: '2880x2880' })
  expect(dearest).not.toHaveProperty('atMost')
  for (const fields of [{}, { quality: 'auto', size: 'auto' }, { quality: 'high' }, { size: '2880x2880' }]) {
    expect(estimate(fields)).toEqual({ ...dearest, atMost: true })
  }
})

test('no size on the grid has more tokens than the dearest', () => {
  const dearest = gridTokens(96, 2880, 2880)
  for (let width = 16; width <= 3840; width += 16) {
    const height = Math.min(3840, Math.floor(8_294_400 / width / 16) * 16)
    if (Math.max(width, height) / Math.min(width, height) <= 3)
      expect(gridTokens(96, width, height)).toBeLessThanOrEqual(dearest)
  }
})

test.each<[Partial<RequestBody>, object]>([
  [
    { model: 'dall-e-3', quality: 'standard', size: '1024x1024' },
    { usd: 0.04, basis: 'flat' },
  ],
  [
    { model: 'dall-e-3', quality: 'hd', size: '1024x1024' },
    { usd: 0.08, basis: 'flat' },
  ],
  [
    { model: 'dall-e-3', quality: 'standard', size: '1792x1024' },
    { usd: 0.08, basis: 'flat' },
  ],
  [
    { model: 'dall-e-3', quality: 'hd', size: '1024x1792' },
    { usd: 0.12, basis: 'flat' },
  ],
  [{ model: 'dall-e-3' }, { usd: 0.12, basis: 'flat', atMost: true }],
  [
    { model: 'dall-e-2', size: '256x256' },
    { usd: 0.016, basis: 'flat' },
  ],
  [
    { model: 'dall-e-2', size: '512x512' },
    { usd: 0.018, basis: 'flat' },
  ],
  [
    { model: 'dall-e-2', size: '1024x1024' },
    { usd: 0.02, basis: 'flat' },
  ],
  [{ model: 'qwen-image' }, { usd: 0.05, basis: 'guess' }],
])('flat prices: %j', (fields, expected) => {
  expect(estimate(fields)).toEqual(expected)
})

test('gpt-image-1 by its list, 2.6 as a guess by the formula of 2.5', () => {
  expect(estimate({ model: 'gpt-image-1', quality: 'high', size: '1024x1024' })).toMatchObject({
    basis: 'tokens',
    tokens: 4160,
  })
  expect(estimate({ model: 'gpt-image-1.5', quality: 'low' })).toMatchObject({ tokens: 408, atMost: true })
  const size = '1024x1024'
  const guess = estimate({ model: 'gpt-image-2.6-flare', quality: 'max', size })
  expect(guess).toEqual({
    ...estimate({ model: 'gpt-image-2.5-flare', quality: 'max', size }),
    basis: 'guess',
  })
  expect(guess?.tokens).toBe(7024)
})

test('an unknown model has no price unless one is given', () => {
  const body = { model: 'flux-9', prompt }
  expect(estimateUsd({ body }, prices)).toBeUndefined()
  expect(estimateUsd({ body, n: 3 }, findPrice({ 'flux-9': { perImage: 0.1 } }))?.usd).toBeCloseTo(0.3, 9)
  expect(estimateUsd({ body }, findPrice({ 'flux-9': { imageOut: 20 } }))).toBeUndefined()
})

test('overrides change the numbers they name', () => {
  const comet = findPrice({ 'gpt-image-2': { textIn: 4, imageOut: 24 } })
  const body = { model: 'gpt-image-2', prompt, quality: 'low', size: '1024x1024' }
  expect(estimateUsd({ body }, comet)).toEqual({
    usd: (10 * 4 + 196 * 24) / 1e6,
    basis: 'tokens',
    tokens: 196,
  })
  expect(comet('gpt-image-2')).toMatchObject({ imageIn: 8, source: 'the option `prices`' })
  expect(prices('gpt-image-2')).toMatchObject({ imageOut: 30 })
})

test('usage says what it cost', () => {
  const { usage } = JSON.parse(wire('gpt-image-2.json'))
  expect(costOf(usage, 'gpt-image-2', prices)).toEqual({ usd: (14 * 5 + 1756 * 30) / 1e6, basis: 'usage' })
  expect(costOf({ input_tokens: 10, output_tokens: 100 }, 'gpt-image-2', prices)?.usd).toBeCloseTo(0.00305, 9)
  const edit = {
    input_tokens: 30,
    input_tokens_details: { text_tokens: 10, image_tokens: 20 },
    output_tokens: 100,
  }
  expect(costOf(edit, 'gpt-image-2', prices)?.usd).toBeCloseTo((50 + 160 + 3000) / 1e6, 9)
})

test('usage that says nothing', () => {
  expect(costOf(undefined, 'gpt-image-2', prices)).toBeUndefined()
  expect(
    costOf({ input_tokens: 0, output_tokens: 0, total_tokens: 0 }, 'gpt-image-2', prices),
  ).toBeUndefined()
  expect(costOf({ output_tokens: 5 }, 'dall-e-3', prices)).toBeUndefined()
  expect(costOf({ output_tokens: 5 }, 'flux-9', prices)).toBeUndefined()
})
