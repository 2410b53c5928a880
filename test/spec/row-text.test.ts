import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameProblem } from '../../src/spec/names.ts'
import { fillRow, hasHole, nameWord } from '../../src/spec/row-text.ts'

const row = { name: 'Lamp', price: 12.5, sold: false, size: { w: 3 }, none: null, blank: ' ', tags: ['a'] }

describe('a text with fields of a row', () => {
  it.each([
    ['A {name}.', 'A Lamp.'],
    ['{ name } for {price}, {sold}', 'Lamp for 12.5, false'],
    ['{size.w} wide', '3 wide'],
    ['{{name}} and {{{name}}}', '{name} and {Lamp}'],
    ['no field', 'no field'],
    ['a { alone', 'a { alone'],
  ])('%s', (text, filled) => {
    expect(fillRow(text, row)).toEqual({ text: filled, problems: [] })
  })

  it.each([
    ['nothing', 'not there'],
    ['size.h', 'not there'],
    ['none', 'empty'],
    ['blank', 'empty'],
    ['tags', 'a list'],
    ['size', 'an object'],
    ['constructor', 'not there'],
    ['name.length', 'not there'],
    ['', 'not there'],
  ])('says that {%s} is %s', (field, found) => {
    expect(fillRow(`{${field}}`, row).problems).toEqual([{ field, found }])
  })

  it('says all that is wrong', () => {
    expect(fillRow('{a} {b} {name}', row).problems.map(({ field }) => field)).toEqual(['a', 'b'])
  })

  it('leaves any text alone that is escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replaceAll('{', '{{').replaceAll('}', '}}')
        expect(fillRow(escaped, row)).toEqual({ text, problems: [] })
        expect(hasHole(escaped)).toBe(false)
      }),
    )
  })

  it('fills in no field that a value names', () => {
    expect(fillRow('{a}', { a: '{b}', b: 'no' }).text).toBe('{b}')
  })
})

describe('a value in a name', () => {
  it.each([
    ['Red shoe', 'Red-shoe'],
    ['Café / Crème', 'Café-Crème'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.hidden.', 'hidden'],
    ['a  b', 'a-b'],
  ])('%s is %s', (value, word) => {
    expect(nameWord(value)).toBe(word)
  })

  it('never leaves its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const word = nameWord(value)
        expect(word).not.toMatch(/[/\\]/)
        expect(nameProblem(`rows/x${word}`) ?? '').not.toMatch(/absolute|part "\.\."/)
      }),
    )
  })
})
