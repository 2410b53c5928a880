import { describe, expect, test } from 'vitest'
import { found } from '../support.ts'

const A = './a.png?generate&w=480;960'

describe('what counts', () => {
  test.each([
    `a { background: url(${A}) }`,
    `a { background: url( "${A}" ) }`,
    `a { background: URL('${A}'), red }`,
    `a { background: no-repeat url("${A}") center / cover }`,
    `a { background: image-set("${A}" 1x type("image/png?generate&x"), "./b.png" 2x) }`,
    `a { background: -webkit-image-set(url("${A}") 1x) }`,
    `a { background: image-set( url("./b.png") 1x, "${A}" 2x) }`,
    `@import "${A}";`,
    `@import url("${A}") screen;`,
    `a { content: "/*"; background: url(${A}) } /* " */`,
    `a { cursor: url(//example.com/b.png), url(${A}) }`,
  ])('%s', (text) => {
    for (const extension of ['css', 'pcss', 'scss', 'less', 'styl', 'sass']) {
      expect(found(text, `a.${extension}`)).toEqual([A])
    }
  })
})

describe('what does not count', () => {
  test.each([
    `/* a { background: url(${A}) } */`,
    `a { content: "url(${A})" }`,
    `a { content: "${A}" }`,
    `a[href="${A}"] { color: red }`,
    `a { background: image-set("./b.png" 1x) } b { content: "${A}" }`,
    `@import "./b.css"; a { content: "${A}" }`,
    `@import "./b.css"\na\n  content: "${A}"`,
    `a { background: url(https://example.com/a.png?generate) }`,
    `a { background: url(my boat.png?generate) }`,
    `a { background: url(  ) }`,
  ])('%s', (text) => {
    for (const extension of ['css', 'scss', 'less', 'styl', 'sass'])
      expect(found(text, `a.${extension}`)).toEqual([])
  })
})

test('// is a comment in the dialects alone', () => {
  const text = `// a { background: url(./a.png?generate) }\nb { background: url(./b.png?generate) }`
  for (const extension of ['scss', 'less', 'styl', 'sass']) {
    expect(found(text, `a.${extension}`)).toEqual(['./b.png?generate'])
  }
  for (const extension of ['css', 'pcss']) {
    expect(found(text, `a.${extension}`)).toEqual(['./a.png?generate', './b.png?generate'])
  }
})

test('in the indented syntax a comment holds what is indented below it', () => {
  const text = `.a
  // off:
    background: url(./no.png?generate)

    background: url(./no.png?generate)
  background: url(./b.png?generate)
/* off
  background: url(./no.png?generate)
.c // after a selector it ends with its line: url(./no.png?generate)
  background: url(./c.png?generate)`
  expect(found(text, 'a.sass')).toEqual(['./b.png?generate', './c.png?generate'])
})

test('interpolations of the dialects are no specifiers', () => {
  expect(found('a { background: url("#{$path}/a.png?generate") }', 'a.scss')).toEqual([])
  expect(found('a { background: url("@{path}/a.png?generate") }', 'a.less')).toEqual([])
  expect(found('a { background: url($path + "/a.png?generate") }', 'a.scss')).toEqual([])
})

test('escapes are decoded', () => {
  expect(found(`a { background: url(./my\\ boat\\28 1\\29.png?generate) }`, 'a.css')).toEqual([
    './my boat(1).png?generate',
  ])
  expect(found(`a { background: url("./a.png?generate&prompt=\\"Boat\\"") }`, 'a.css')).toEqual([
    './a.png?generate&prompt="Boat"',
  ])
  expect(found(`a { background: url("./a.png?gener\\\nate") }`, 'a.css')).toEqual([])
})

test('what is not closed ends with its line or the text', () => {
  expect(found(`a { content: "open\n; background: url(./a.png?generate) }`, 'a.css')).toEqual([
    './a.png?generate',
  ])
  expect(found(`a { background: url(./a.png?generate) } /* url(./no.png?generate)`, 'a.css')).toEqual([
    './a.png?generate',
  ])
  expect(found(`a { background: url("./a.png?generate`, 'a.css')).toEqual(['./a.png?generate'])
})
