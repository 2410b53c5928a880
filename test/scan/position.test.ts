import { expect, test } from 'vitest'
import { createPositions } from '../../src/scan/position.ts'

const at = (text: string, part: string) => {
  const { line, column } = createPositions(text, 'a.ts')(text.indexOf(part))
  return `${line}:${column}`
}

test('lines and columns count from 1', () => {
  expect(at('x', 'x')).toBe('1:1')
  expect(at('ab\ncd x', 'x')).toBe('2:4')
})

test('the offset of a line end belongs to its line', () => {
  const placeAt = createPositions('ab\ncd', 'a.ts')
  expect([placeAt(2), placeAt(3)]).toEqual([
    { file: 'a.ts', line: 1, column: 3 },
    { file: 'a.ts', line: 2, column: 1 },
  ])
})

test('CRLF is one line end, CR alone is one too', () => {
  expect(at('a\r\nb\r\n  x', 'x')).toBe('3:3')
  expect(at('a\rb\r  x', 'x')).toBe('3:3')
  expect(at('\r\n\r\nx', 'x')).toBe('3:1')
})

test('columns are UTF-16 units, as editors count them', () => {
  expect(at('ä😀x', 'x')).toBe('1:4')
})

test('a byte order mark has no column', () => {
  expect(at('\uFEFFx', 'x')).toBe('1:1')
  expect(at('\uFEFFx', '\uFEFF')).toBe('1:1')
  expect(at('\uFEFFab\nx', 'x')).toBe('2:1')
})

test('the end of the text is a place', () => {
  expect(createPositions('ab\n', 'a.ts')(3)).toEqual({ file: 'a.ts', line: 2, column: 1 })
  expect(createPositions('', 'a.ts')(0)).toEqual({ file: 'a.ts', line: 1, column: 1 })
})
