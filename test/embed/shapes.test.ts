import { describe, expect, it } from 'vitest'
import { type GeneratedMetadata, type ShapeInput, shapeValue } from '../../src/embed/shapes.ts'
import { fill } from '../../src/embed/template.ts'
import type { Format } from '../../src/spec/specs.ts'

const metadata: GeneratedMetadata = {
  name: 'src/paper-boat',
  key: 'k',
  model: 'gpt-image-2',
  prompt: 'A paper boat.',
  alt: 'A boat',
  width: 960,
  height: 640,
  state: 'kept',
}
const file = (slot: number, format: Format, width: number) => ({
  slot,
  format,
  width,
  height: (width / 3) * 2,
})
const input: Omit<ShapeInput, 'as'> = {
  metadata,
  fallback: [file(4, 'jpeg', 480), file(5, 'jpeg', 960)],
  sources: [
    { format: 'avif', files: [file(0, 'avif', 480), file(1, 'avif', 960)] },
    { format: 'webp', files: [file(2, 'webp', 480), file(3, 'webp', 960)] },
  ],
  placeholder: undefined,
}
const shape = (as: ShapeInput['as'], more: Partial<ShapeInput> = {}) =>
  fill(shapeValue({ ...input, ...more, as }), (slot) => `/${slot}`)

const img = { src: '/5', srcset: '/4 480w, /5 960w', width: 960, height: 640, alt: 'A boat' }
const sources = { avif: '/0 480w, /1 960w', webp: '/2 480w, /3 960w' }

describe('a shape', () => {
  it('is the largest file as url', () => expect(shape('url')).toBe('/5'))
  it('is every file of the fallback as srcset', () => expect(shape('srcset')).toBe('/4 480w, /5 960w'))
  it('is an img', () => expect(shape('img')).toEqual(img))
  it('is a picture', () => expect(shape('picture')).toEqual({ img, sources }))
  it('is what is known as metadata', () => {
    expect(shape('metadata', { fallback: [], sources: [] })).toEqual(metadata)
  })

  it('has its sources in the order of the formats', () => {
    expect(Object.keys((shape('picture') as { sources: object }).sources)).toEqual(['avif', 'webp'])
  })

  it('has a placeholder where one was made', () => {
    expect(shape('img', { placeholder: '#a1b2c3' })).toEqual({ ...img, placeholder: '#a1b2c3' })
    expect(shape('picture', { placeholder: 'data:x' })).toEqual({ img, sources, placeholder: 'data:x' })
    expect(shape('url', { placeholder: 'data:x' })).toBe('/5')
  })

  it('of pictures without sources is the img alone', () => {
    expect(shape('picture', { sources: [] })).toEqual({ img, sources: {} })
  })

  it.each(['url', 'srcset', 'img', 'picture'] as const)('needs a file: %s', (as) => {
    expect(() => shape(as, { fallback: [] })).toThrow('src/paper-boat')
  })
})
