import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { findModel, MODELS } from '../../src/api/models.ts'
import { findPrice, PRICES } from '../../src/api/prices.ts'

test('names, snapshots and families find their rows', () => {
  const find = findModel()
  expect(find('gpt-image-2')).toBe(MODELS['gpt-image-2'])
  expect(find('gpt-image-2-2026-04-21')).toBe(MODELS['gpt-image-2'])
  expect(find('gpt-image-1.5-2025-12-16')).toBe(MODELS['gpt-image-1.5'])
  expect(find('gpt-image-2.5-sunburst')).toBe(MODELS['gpt-image-2.5-*'])
  expect(find('gpt-image-2.5')).toBe(MODELS['gpt-image-2.5-*'])
  expect(find('gpt-image-2.6-flare-2026-11-05')).toBe(MODELS['gpt-image-2.6-*'])
})

test.each(['gpt-image-3', 'gpt-image-2-mini', 'gpt-image-2.55-x', 'constructor', '__proto__', ''])(
  '%j is not known',
  (model) => {
    expect(findModel()(model)).toBeUndefined()
    expect(findPrice()(model)).toBeUndefined()
  },
)

test('every model has a price, and the other way round', () => {
  expect(Object.keys(PRICES).sort()).toEqual(Object.keys(MODELS).sort())
  for (const price of Object.values(PRICES)) {
    expect(price.date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(price.source).not.toBe('')
  }
})

test('what the models refuse', () => {
  const find = findModel()
  expect(find('gpt-image-2')?.fields.background).toEqual(['opaque', 'auto'])
  expect(find('gpt-image-2')?.fields.quality).not.toContain('max')
  expect(find('gpt-image-2.5-sunburst')?.fields.quality).toContain('max')
  expect(find('qwen-image')).toMatchObject({ fields: {}, nMax: 1 })
  expect(find('dall-e-3')?.fields).not.toHaveProperty('background')
  for (const [model, row] of Object.entries(MODELS)) {
    if (model.startsWith('gpt-image')) expect(row).not.toHaveProperty('responseFormat')
  }
})

test('an override changes what it names, and a new model starts from nothing', () => {
  const find = findModel({
    'gpt-image-2': { nMax: 1 },
    'gpt-image-2.5-sunburst': { promptMax: 5 },
    'flux-9': { fields: { quality: ['fine'] }, nMax: 4 },
    'house-*': { nMax: 2 },
  })
  expect(find('gpt-image-2')).toEqual({ ...MODELS['gpt-image-2'], nMax: 1 })
  expect(find('gpt-image-2.5-sunburst')).toEqual({ ...MODELS['gpt-image-2.5-*'], promptMax: 5 })
  expect(find('gpt-image-2.5-other')).toBe(MODELS['gpt-image-2.5-*'])
  expect(find('flux-9')).toMatchObject({
    size: { kind: 'open' },
    fields: { quality: ['fine'] },
    nMax: 4,
    stream: false,
  })
  expect(find('house-red')).toMatchObject({ nMax: 2 })
  expect(MODELS['gpt-image-2']?.nMax).toBe(10)
})

test('the tables load neither the client nor a schema', () => {
  const room = resolve(import.meta.dirname, '../../src/api')
  const loaded = new Set<string>()
  const walk = (file: string): void => {
    if (loaded.has(file)) return
    loaded.add(file)
    const source = readFileSync(file, 'utf8')
    for (const [, type, from] of source.matchAll(/^(?:import|export)( type)? [^'"]*from '([^']+)'/gm)) {
      if (type !== undefined) continue
      if (from?.startsWith('.')) walk(resolve(dirname(file), from))
      else loaded.add(from as string)
    }
  }
  for (const file of ['models.ts', 'prices.ts', 'estimate.ts']) walk(resolve(room, file))
  expect([...loaded].map((file) => file.replace(`${room}/`, '')).sort()).toEqual([
    'estimate.ts',
    'lookup.ts',
    'models.ts',
    'prices.ts',
  ])
})
