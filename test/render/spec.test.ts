import { describe, expect, test } from 'vitest'
import { ENCODERS } from '../../src/render/defaults.ts'
import { type RenditionRequest, renditionSpecOf } from '../../src/render/spec.ts'
import { keyOf } from '../../src/spec/key.ts'
import { FORMATS, type Look } from '../../src/spec/specs.ts'
import { lookOf } from './looks.ts'

const original = { sha256: 'a'.repeat(64), width: 1024, height: 1024 }

function specOf(look: Partial<Look> = {}, over: Partial<RenditionRequest> = {}) {
  return renditionSpecOf({
    original,
    look: lookOf(look),
    format: 'webp',
    width: 480,
    height: 270,
    provenance: true,
    encoder: 'sharp 1.2.3, renderer 2',
    ...over,
  })
}
const wide = { kind: 'ratio', width: 16, height: 9 } as const

test('a spec is whole, frozen, and its key is that of the rest', () => {
  const spec = specOf({ frame: wide })
  const { key, ...rest } = spec
  expect(rest).toEqual({
    original: original.sha256,
    crop: { width: 1024, height: 576 },
    width: 480,
    height: 270,
    fit: 'cover',
    position: 'attention',
    format: 'webp',
    quality: 79,
    effort: 4,
    provenance: true,
    encoder: 'sharp 1.2.3, renderer 2',
  })
  expect(key).toBe(keyOf(rest))
  expect(Object.isFrozen(spec)).toBe(true)
})

test('the crop of pixels is the largest part of that shape, not those pixels', () => {
  const frame = { kind: 'pixels', width: 600, height: 315 } as const
  expect(specOf({ frame }).crop).toEqual({ width: 1024, height: 538 })
})

describe('the key changes with whatever changes the bytes', () => {
  const base = specOf({ frame: wide }).key
  test.each<[string, Partial<Look>, Partial<RenditionRequest>]>([
    ['the original', {}, { original: { ...original, sha256: 'b'.repeat(64) } }],
    ['the crop', { frame: { kind: 'ratio', width: 16, height: 10 } }, {}],
    ['the position', { position: 'entropy' }, {}],
    ['the fit', { fit: 'fill' }, {}],
    ['the padding', { fit: 'contain' }, {}],
    ['the width', {}, { width: 481 }],
    ['the height', {}, { height: 271 }],
    ['the format', {}, { format: 'avif' }],
    ['the quality', { encode: { webp: { quality: 77 } } }, {}],
    ['the effort', { encode: { webp: { effort: 5 } } }, {}],
    ['the mark of origin', {}, { provenance: false }],
    ['the encoder', {}, { encoder: 'sharp 1.2.4, renderer 2' }],
  ])('%s', (_, look, over) => {
    expect(specOf({ frame: wide, ...look }, over).key).not.toBe(base)
  })
})

describe('and with nothing else', () => {
  const square = { width: 480, height: 480 }
  const same = (a: Partial<Look>, b: Partial<Look>, over: Partial<RenditionRequest> = {}) =>
    expect(specOf(a, over)).toEqual(specOf(b, over))
  test('widths, formats, placeholders of the look', () => {
    same(
      { frame: wide },
      { frame: wide, widths: [1], formats: ['png'], fallback: 'png', placeholder: 'blur' },
    )
  })
  test("another format's settings", () => {
    same({ frame: wide }, { frame: wide, encode: { avif: { quality: 1, effort: 9 } } })
  })
  test('the defaults, written out', () => {
    same({ frame: wide }, { frame: wide, encode: { avif: { quality: 52, effort: 3 } } }, { format: 'avif' })
  })
  test('what a small file has by itself', () => {
    same({ frame: wide }, { frame: wide, encode: { webp: { quality: 79, effort: 4 } } })
    const large = { width: 960, height: 540 }
    same({ frame: wide }, { frame: wide, encode: { webp: { quality: 80, effort: 2 } } }, large)
  })
  test('pixels and a ratio that are the same shape', () => {
    same({ frame: { kind: 'pixels', width: 320, height: 180 } }, { frame: wide })
  })
  test('the fit and the position, where the whole is shown', () => {
    for (const fit of ['cover', 'contain', 'fill', 'inside', 'outside'] as const)
      same({ fit: 'fill', position: 'centre' }, { fit, position: 'left top' }, square)
  })
  test('a direction in which nothing can move', () => {
    same({ frame: wide, position: 'right top' }, { frame: wide, position: 'top' })
    same({ frame: wide, position: 'left' }, { frame: wide, position: 'centre' })
    same({ frame: wide, position: 'center' }, { frame: wide, position: 'centre' })
  })
  test('what to look for, where the picture is padded and not cropped', () => {
    same(
      { frame: wide, fit: 'contain', position: 'attention' },
      { frame: wide, fit: 'contain', position: 'centre' },
    )
  })
  test('mozjpeg has two efforts', () => {
    const jpeg = { format: 'jpeg' } as const
    same({ encode: { jpeg: { effort: 2 } } }, { encode: { jpeg: { effort: 9 } } }, jpeg)
    expect(specOf({ encode: { jpeg: { effort: 0 } } }, jpeg).key).not.toBe(specOf({}, jpeg).key)
  })
})

describe('settings that a format has not', () => {
  test.each(FORMATS)('%s: both ends of the effort are taken, the next ones not', (format) => {
    const [least, most] = ENCODERS[format].efforts
    const at = (effort: number) => specOf({ encode: { [format]: { effort } } }, { format })
    for (const effort of [least, most]) expect(at(effort).format).toBe(format)
    for (const effort of [least - 1, most + 1, 2.5])
      expect(() => at(effort)).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }))
  })
  test('the message names the field and the range', () => {
    expect(() => specOf({ encode: { webp: { effort: 9 } } })).toThrow(
      '"encode.webp.effort" is 9. [BAD_VALUE]\n  → Allowed: a whole number from 0 to 6.',
    )
    expect(() => specOf({ encode: { webp: { quality: 0 } } })).toThrow('"encode.webp.quality" is 0.')
  })
})
