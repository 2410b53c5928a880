import vm from 'node:vm'
import { describe, expect, it } from 'vitest'
import {
  fill,
  joinTemplates,
  quote,
  type Templated,
  template,
  toExpression,
} from '../../src/embed/template.ts'

const address = (slot: number) => `/assets/${slot}.png`
/** The value of an expression, as JavaScript reads it. */
const read = (expression: string) => JSON.parse(vm.runInNewContext(`JSON.stringify(${expression})`) as string)

const NASTY = [
  '</script><script>alert(1)</script>',
  '<!-- -->',
  'a\u2028b\u2029c',
  '"quotes" \'and\' `ticks` $(1 + 1) \\ \\n',
  'line\nbreak\r\ttab\0nul',
  'ümlaut, 漢字, 🚢',
]

describe('a text', () => {
  it.each(NASTY)('is safe in JavaScript and in a script element: %j', (text) => {
    const quoted = quote(text)
    expect(read(quoted)).toBe(text)
    expect(quoted).not.toMatch(/[<\u2028\u2029\n]/)
  })

  it('may be half of a pair', () => {
    expect(read(quote('\ud83d'))).toBe('\ud83d')
    expect(Buffer.from(quote('\ud83d')).toString()).toBe('"\\ud83d"')
  })

  it('is quoted as JSON otherwise', () => {
    expect(quote('A paper boat')).toBe('"A paper boat"')
    expect(quote('</b>')).toBe('"\\u003c/b>"')
  })
})

describe('a value with holes', () => {
  const value: Templated = {
    src: template({ slot: 1 }),
    srcset: joinTemplates([template({ slot: 0 }, ' 480w'), template({ slot: 1 }, ' 960w')], ', '),
    width: 960,
    decorative: false,
    none: null,
    list: [template('x'), 'y', 1],
    nothing: template(),
  }

  it('is filled with addresses', () => {
    expect(fill(value, address)).toEqual({
      src: '/assets/1.png',
      srcset: '/assets/0.png 480w, /assets/1.png 960w',
      width: 960,
      decorative: false,
      none: null,
      list: ['x', 'y', 1],
      nothing: '',
    })
  })

  it('is an expression of the same value', () => {
    const expression = toExpression(value, (slot) => ({ text: address(slot) }))
    expect(read(`(${expression})`)).toEqual(fill(value, address))
  })

  it('names an imported address without quotes', () => {
    expect(
      toExpression(template({ slot: 0 }, ' 480w, ', { slot: 1 }), (slot) => ({ code: `file${slot}` })),
    ).toBe('file0 + " 480w, " + file1')
    expect(toExpression(template({ slot: 0 }), () => ({ code: 'file0' }))).toBe('file0')
  })

  it.each(['__proto__', 'constructor', 'a-b', '0', '</script>', ''])('may have any name: %j', (name) => {
    const named = Object.fromEntries([[name, template({ slot: 0 })]]) as Templated
    const expression = toExpression(named, () => ({ text: 'x' }))
    expect(read(`Object.entries(${expression})`)).toEqual([[name, 'x']])
    expect(Object.entries(fill(named, () => 'x') as object)).toEqual([[name, 'x']])
    expect(expression).not.toContain('<')
  })

  it('may have a picture by the name of its own parts', () => {
    const manifest: Templated = { parts: template({ slot: 0 }), slot: template({ slot: 1 }) }
    expect(fill(manifest, address)).toEqual({ parts: '/assets/0.png', slot: '/assets/1.png' })
  })
})
