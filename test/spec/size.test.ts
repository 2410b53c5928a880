import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SizeRule } from '../../src/spec/model-row.ts'
import { isLegalOnGrid, parseRatio, parseSize, resolveSize } from '../../src/spec/size.ts'

const grid = {
  kind: 'grid',
  multiple: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  auto: true,
} as const satisfies SizeRule
const list = {
  kind: 'list',
  sizes: ['1024x1024', '1536x1024', '1024x1536'],
  auto: true,
} as const satisfies SizeRule
const box = (text: string) => text.split('x').map(Number) as [number, number]

describe('parseSize', () => {
  it.each([
    ['1200x630', { kind: 'pixels', width: 1200, height: 630 }],
    ['16:9', { kind: 'ratio', width: 16, height: 9 }],
    ['32:18', { kind: 'ratio', width: 16, height: 9 }],
    ['1.91:1', { kind: 'ratio', width: 191, height: 100 }],
    ['auto', { kind: 'auto' }],
  ])('reads %s', (text, size) => expect(parseSize(text)).toEqual(size))

  it.each([
    '',
    '0x100',
    '100x0',
    '9000x100',
    '1200X630',
    '1200×630',
    '16/9',
    '0:1',
    '101:1',
    '1:101',
    '1e3x5',
    '-1x5',
    'big',
  ])('refuses %j', (text) => expect(parseSize(text)).toBeUndefined())
})

describe('resolveSize on the grid', () => {
  it.each([
    // The smallest that covers; 1200x630 is the case that the API's own rule can't make.
    ['1200x630', '1200x640'],
    ['1080x1920', '1088x1920'],
    ['64x64', '816x816'],
    ['1600x400', '1600x544'],
    ['3840x2160', '3840x2160'],
    // Standard sizes where the ratio is theirs.
    ['1:1', '1024x1024'],
    ['3:2', '1536x1024'],
    ['2:3', '1024x1536'],
    // Exact on the grid, near the usual long edge.
    ['16:9', '1536x864'],
    ['9:16', '864x1536'],
    ['21:9', '1568x672'],
    // Steeper than the model makes: the steepest, and the crop does the rest.
    ['10:1', '1536x512'],
  ])('asks for %s as %s', (wanted, sent) =>
    expect(resolveSize(grid, parseSize(wanted)!)).toMatchObject({ ok: true, send: sent }),
  )

  it('asks for legal sizes that cover what is wanted, whatever is wanted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4200 }), fc.integer({ min: 1, max: 4200 }), (width, height) => {
        const resolved = resolveSize(grid, { kind: 'pixels', width, height })
        if (!resolved.ok) {
          // Refused only where no legal box covers it.
          const up = (edge: number) => Math.ceil(edge / 16) * 16
          const [w, h] = [up(Math.max(width, height / 3)), up(Math.max(height, width / 3))]
          expect(w > 3840 || h > 3840 || w * h > 8_294_400 || Math.max(w / h, h / w) > 3).toBe(true)
          return
        }
        const [w, h] = box(resolved.send!)
        expect(isLegalOnGrid(grid, { width: w, height: h })).toBe(true)
        expect(w).toBeGreaterThanOrEqual(width)
        expect(h).toBeGreaterThanOrEqual(height)
      }),
      { numRuns: 300 },
    )
  })

  it('loses at most 6 % of the picture to the crop for ratios that the model can make', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
        fc.pre(Math.max(a / b, b / a) <= 3)
        const resolved = resolveSize(grid, parseRatio(`${a}:${b}`)!)
        const [w, h] = box(resolved.ok ? resolved.send! : '0x0')
        expect(isLegalOnGrid(grid, { width: w, height: h })).toBe(true)
        expect(Math.min((w * b) / (h * a), (h * a) / (w * b))).toBeGreaterThan(0.94)
      }),
      { numRuns: 300 },
    )
  })

  it('says the largest of the shape where nothing covers the pixels', () => {
    expect(resolveSize(grid, parseSize('4000x4000')!)).toEqual({ ok: false, largest: '2880x2880' })
    expect(resolveSize(list, parseSize('1920x1080')!)).toEqual({ ok: false, largest: '1536x864' })
  })
})

describe('resolveSize elsewhere', () => {
  it('chooses from a list the size that loses least', () => {
    expect(resolveSize(list, parseSize('1200x630')!)).toMatchObject({ send: '1536x1024' })
    expect(resolveSize(list, parseSize('16:9')!)).toMatchObject({
      send: '1536x1024',
      frame: { kind: 'ratio' },
    })
    expect(resolveSize(list, parseSize('500x500')!)).toMatchObject({ send: '1024x1024' })
    const small = { kind: 'list', sizes: ['256x256', '512x512', '1024x1024'], auto: false } as const
    expect(resolveSize(small, parseSize('300x200')!)).toMatchObject({ send: '512x512' })
    expect(resolveSize(small, parseSize('1:1')!)).toMatchObject({ send: '1024x1024' })
  })

  it('passes pixels through where nothing is documented, and crops ratios alone', () => {
    expect(resolveSize({ kind: 'open' }, parseSize('1000x700')!)).toMatchObject({ send: '1000x700' })
    expect(resolveSize({ kind: 'open' }, parseSize('16:9')!)).toEqual({
      ok: true,
      send: undefined,
      frame: { kind: 'ratio', width: 16, height: 9 },
    })
  })
})
