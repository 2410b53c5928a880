import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOf, fallbackOf, frameOf, layoutOf } from '../../src/render/layout.ts'
import { FITS, FORMATS, type Frame } from '../../src/spec/specs.ts'
import { lookOf } from './looks.ts'

const SQUARE = { width: 1024, height: 1024, hasAlpha: false }
const ratio = (width: number, height: number): Frame => ({ kind: 'ratio', width, height })
const pixels = (width: number, height: number): Frame => ({ kind: 'pixels', width, height })
const sizes = (laid: { width: number; height: number }[]) =>
  laid.map(({ width, height }) => `${width}x${height}`)

describe('frameOf', () => {
  test.each([
    ['whole', { kind: 'whole' } as Frame, 1024, 1024],
    ['a wide ratio', ratio(16, 9), 1024, 576],
    ['a tall ratio', ratio(2, 3), 683, 1024],
    ['a ratio with decimals', ratio(191, 100), 1024, 536],
    ['pixels that fit', pixels(600, 315), 600, 315],
    ['pixels that do not fit, in their own ratio', pixels(1200, 630), 1024, 538],
    ['a ratio so steep that less than a pixel is left', ratio(1, 9999), 1, 1024],
  ])('%s', (_, frame, width, height) => {
    expect(frameOf(frame, SQUARE)).toEqual({ width, height })
  })
})

describe('boxOf', () => {
  const original = { width: 1536, height: 1024 }
  test.each([
    ['cover', 1200, 630],
    ['contain', 1200, 630],
    ['fill', 1200, 630],
    ['inside', 945, 630],
    ['outside', 1200, 800],
  ] as const)('1200x630 with %s', (fit, width, height) => {
    expect(boxOf({ frame: pixels(1200, 630), fit }, original)).toEqual({ width, height })
  })
  test('inside a box larger than the original is the original', () => {
    expect(boxOf({ frame: pixels(4000, 2000), fit: 'inside' }, original)).toEqual(original)
    expect(boxOf({ frame: pixels(4000, 500), fit: 'inside' }, original)).toEqual({ width: 750, height: 500 })
  })
  test('outside a box larger than the original is the original', () => {
    expect(boxOf({ frame: pixels(4000, 20), fit: 'outside' }, original)).toEqual(original)
  })
})

describe('layoutOf', () => {
  test('cuts widths to the frame, once, ascending, never upscaled', () => {
    const laid = layoutOf(lookOf({ formats: ['avif'], fallback: 'avif' }), SQUARE)
    expect(sizes(laid)).toEqual(['480x480', '960x960', '1024x1024'])
  })
  test('gives the sources format by format, then the fallback', () => {
    const laid = layoutOf(lookOf({ widths: [300] }), SQUARE)
    expect(laid.map((file) => file.format)).toEqual(['avif', 'webp', 'jpeg'])
    expect(layoutOf(lookOf({ widths: [300] }), { ...SQUARE, hasAlpha: true }).at(-1)?.format).toBe('png')
  })
  test('names no format twice', () => {
    const laid = layoutOf(lookOf({ widths: [300], fallback: 'webp' }), SQUARE)
    expect(laid.map((file) => file.format)).toEqual(['avif', 'webp'])
  })
  test('gives only the formats that are asked for', () => {
    expect(layoutOf(lookOf({ widths: [9] }), SQUARE, ['png'])).toEqual([
      { format: 'png', width: 9, height: 9 },
    ])
  })
  test('takes heights in place of widths', () => {
    const look = lookOf({ frame: ratio(16, 9), widths: [], heights: [90, 300, 2000] })
    expect(sizes(layoutOf(look, SQUARE, ['webp']))).toEqual(['160x90', '533x300', '1024x576'])
  })
  test('gives the box itself where nothing is asked for', () => {
    expect(sizes(layoutOf(lookOf({ widths: [] }), SQUARE, ['webp']))).toEqual(['1024x1024'])
  })
  test('rounds from the exact ratio, not from the rounded box', () => {
    const look = lookOf({ frame: ratio(1000, 7), widths: [1000] })
    expect(sizes(layoutOf(look, SQUARE, ['webp']))).toEqual(['1000x7'])
  })
  test('one box asked for by width and height comes at exactly that size', () => {
    expect(sizes(layoutOf(lookOf({ frame: ratio(300, 200), widths: [300] }), SQUARE, ['webp']))).toEqual([
      '300x200',
    ])
  })
})

test('the fallback is what was said, else by alpha', () => {
  expect(fallbackOf({ fallback: 'webp' }, { hasAlpha: true })).toBe('webp')
  expect(fallbackOf({ fallback: 'auto' }, { hasAlpha: true })).toBe('png')
  expect(fallbackOf({ fallback: 'auto' }, {})).toBe('jpeg')
})

describe('for every look and original', () => {
  const edge = fc.integer({ min: 1, max: 8192 })
  const box = { width: edge, height: edge }
  const frame: fc.Arbitrary<Frame> = fc.oneof(
    fc.constant<Frame>({ kind: 'whole' }),
    fc.record({
      kind: fc.constant('ratio' as const),
      width: fc.integer({ min: 1, max: 100 }),
      height: fc.integer({ min: 1, max: 100 }),
    }),
    fc.record({ kind: fc.constant('pixels' as const), ...box }),
  )
  const edges = fc.array(edge, { maxLength: 8 })
  const look = fc
    .record({
      frame,
      fit: fc.constantFrom(...FITS),
      widths: edges,
      heights: fc.oneof(fc.constant([]), edges),
      formats: fc.subarray([...FORMATS]),
      fallback: fc.constantFrom(...FORMATS, 'auto' as const),
    })
    .map(lookOf)
  const original = fc.record({ ...box, hasAlpha: fc.boolean() })
  const holds = (check: (l: ReturnType<typeof lookOf>, o: typeof SQUARE) => void) =>
    fc.assert(fc.property(look, original, check), { numRuns: 1000 })

  test('no file is larger than the box, and no box larger than the original', () => {
    holds((l, o) => {
      const most = boxOf(l, o)
      expect(most.width).toBeLessThanOrEqual(o.width)
      expect(most.height).toBeLessThanOrEqual(o.height)
      for (const { width, height } of layoutOf(l, o)) {
        expect(width).toBeLessThanOrEqual(most.width)
        expect(height).toBeLessThanOrEqual(most.height)
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
        expect(Number.isInteger(width) && Number.isInteger(height)).toBe(true)
      }
    })
  })
  test('each format has the same widths, ascending, none twice, at least one', () => {
    holds((l, o) => {
      const laid = layoutOf(l, o)
      const formats = [...new Set(laid.map((file) => file.format))]
      expect(formats).toEqual([...new Set([...l.formats, fallbackOf(l, o)])])
      const perFormat = formats.map((format) => laid.filter((f) => f.format === format).map((f) => f.width))
      for (const widths of perFormat) {
        expect(widths).toEqual([...new Set(widths)].sort((a, b) => a - b))
        expect(widths).toEqual(perFormat[0])
        expect(widths.length).toBeGreaterThan(0)
      }
    })
  })
  test('every width is there, cut to the box; the box has exactly its height', () => {
    holds((l, o) => {
      if (l.heights.length > 0 || l.widths.length === 0) return
      const most = boxOf(l, o)
      const laid = layoutOf(l, o, ['webp'])
      const cut = l.widths.map((width) => Math.min(width, most.width))
      expect(laid.map((file) => file.width)).toEqual([...new Set(cut)].sort((a, b) => a - b))
      for (const file of laid) if (file.width === most.width) expect(file.height).toBe(most.height)
    })
  })
  test('heights grow with widths and keep the ratio to the pixel', () => {
    holds((l, o) => {
      const whole = l.fit === 'inside' || l.fit === 'outside' || l.frame.kind === 'whole'
      const shape = whole ? o : (l.frame as { width: number; height: number })
      const most = boxOf(l, o)
      let last = 0
      for (const { width, height } of layoutOf({ ...l, heights: [] }, o, ['webp'])) {
        expect(height).toBeGreaterThanOrEqual(last)
        last = height
        const exact = (width * shape.height) / shape.width
        if (height > 1 && height < most.height)
          expect(Math.abs(height - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
      }
    })
  })
})
