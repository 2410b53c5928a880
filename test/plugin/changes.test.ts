import { expect, test } from 'vitest'
import { compareParts } from '../../src/plugin/changes.ts'
import type { ShownPart } from '../../src/plugin/module.ts'

const part = (value: unknown, over: Partial<ShownPart> = {}): ShownPart => ({
  ...{ name: '', spot: 'a', picture: 'boat', as: 'img', value },
  ...over,
})
const img = (over: object = {}) => ({
  ...{ src: 's?v=1', srcset: 's?v=1 1w', width: 1, height: 2, alt: 'x' },
  ...over,
})

test('the same is no change', () => {
  expect(compareParts([part(img())], [part(img())])).toEqual({
    ...{ spots: [], texts: [], attributes: [], swappable: true },
  })
})

test('addresses, sizes and texts are swapped; a placeholder is nothing that is shown still', () => {
  const after = img({ src: 's?v=2', width: 3, alt: 'y', placeholder: 'b' })
  expect(compareParts([part(img({ placeholder: 'a' }))], [part(after)])).toEqual({
    spots: ['a'],
    texts: [['s?v=1', 's?v=2']],
    attributes: [
      { spot: 'a', name: 'width', before: '1', after: '3' },
      { spot: 'a', name: 'alt', before: 'x', after: 'y' },
    ],
    swappable: true,
  })
})

test.each([
  ['another shape', [part('s', { as: 'url' })], [part(img())]],
  ['another format', [part({ avif: 's' })], [part({ webp: 's' })]],
  ['one more in a manifest', [part('s')], [part('s'), part('t', { name: 'hat' })]],
  ['facts', [part({ width: 1 }, { as: 'metadata' })], [part({ width: 2 }, { as: 'metadata' })]],
  ['an original', [part('a.svg', { as: 'original' })], [part('a.png', { as: 'original' })]],
])('%s can not be', (_, before, after) => {
  expect(compareParts(before, after).swappable).toBe(false)
})
