import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SCANNED_EXTENSIONS } from '../../../src/scan/specifiers/extensions.ts'
import { findInJavaScript } from '../../../src/scan/specifiers/javascript.ts'
import { findSpecifiers } from '../../../src/scan/specifiers/languages.ts'

// Pieces of every language and whole constructs, so that arbitrary texts get into the corners of each.
const PIECES =
  `' " \` \\ ( ) [ ] { } < > / = , ; : ! # $ \${ &amp; &quot; /* */ // <!-- --> --- +++ import from export require
  new URL import.meta.url import( <script> <script\ttype="module"> </script> <style\tlang="sass"> </style> <img\tsrc= srcset="
  style=" url( image-set( @import ![a]( [a]: \`\`\` ~~~ - > 1. generate ? & \uFEFF é 😀 \u2028 \\u0061 \\28`.split(
    /[ \n]+/,
  )
const SPACES = ['\n', '\r\n', '\n\n', ' ', '    ', '\t', '']
const CONSTRUCTS = [
  `import a from './a.png?generate'`,
  `import("./b.png?generate&w=480;960")`,
  `<img src="./a.png?generate&amp;w=480" srcset="./b.png?generate 1x, ./c.png?generate 2x">`,
  `<script type="module">import './a.png?generate'</script>`,
  `<style>a { background: url( "./a.png?generate" ) }</style>`,
  `a { background: url(./a.png?generate), image-set("b?generate" 1x) }`,
  `![a](./a.png?generate "title")`,
  `---\nimage: ./a.png?generate # why\n---\n`,
]
const part = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 4, arbitrary: fc.constantFrom(...SPACES) },
  { weight: 2, arbitrary: fc.constantFrom(...CONSTRUCTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
)
const texts = fc.array(part, { minLength: 4, maxLength: 40, size: 'max' }).map((parts) => parts.join(''))

describe.each(SCANNED_EXTENSIONS)('%s', (extension) => {
  test('no text makes the finder throw, and every offset is that of its specifier', () => {
    let found = 0
    fc.assert(
      fc.property(texts, (text) => {
        let last = -1
        for (const { written, offset } of findSpecifiers(text, `a.${extension}`)) {
          expect(offset).toBeGreaterThanOrEqual(last)
          expect(written).toMatch(/[?&]generate(?:[&=]|$)/)
          last = offset
          found++
          // Escapes and entities make the written text another one than what stands there.
          if (!/[\\&]/.test(text.slice(offset, offset + written.length))) {
            expect(text.slice(offset, offset + written.length)).toBe(written)
          } else expect(offset).toBeLessThan(text.length)
        }
      }),
      { numRuns: 400 },
    )
    expect(found).toBeGreaterThan(20)
  })
})

describe('JavaScript', () => {
  const words = fc.stringMatching(/^[a-z]{1,8}$/)
  const paths = fc
    .tuple(words, fc.constantFrom("'", '"'))
    .map(([name, quote]) => ({ path: `./${name}.png?generate`, quote }))
  const imports = paths.map(({ path, quote }) => ({ text: `import a from ${quote}${path}${quote}\n`, path }))
  const noise = fc.oneof(
    fc.stringMatching(/^[^\n\r\u2028\u2029]*$/).map((text) => `// ${text}\n`),
    fc.string().map((text) => `/* ${text.replaceAll('*/', '')} */\n`),
    fc.string().map((text) => `const s = ${JSON.stringify(text)}\n`),
    paths.map(({ path }) => `const t = \`import a from '${path}'\`\n`),
    fc.constantFrom(
      'const r = /[\'"`]/g.test(x) / 2\n',
      'f(a < b, c > d)\n',
      'const o = { from: 1, import: 2 }\n',
    ),
  )

  test('every import is found among comments, texts and regular expressions, and nothing else', () => {
    const program = fc.array(
      fc.oneof(
        imports,
        noise.map((text) => ({ text, path: undefined })),
      ),
      { maxLength: 20, size: 'max' },
    )
    fc.assert(
      fc.property(program, (parts) => {
        const text = parts.map((part) => part.text).join('')
        const expected = parts.flatMap(({ path }) => path ?? [])
        for (const jsx of [false, true]) {
          const found = findInJavaScript(text, { jsx })
          expect(found.map(({ written }) => written)).toEqual(expected)
          for (const { written, offset } of found)
            expect(text.slice(offset, offset + written.length)).toBe(written)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('texts that are made to be slow are read in one pass', () => {
  // A finder that went back for each of them would take minutes or hours.
  const LONG = 40_000
  const times = (text: string) => text.repeat(Math.ceil(LONG / text.length))
  const HARD = [...PIECES, ...SPACES.filter((space) => space !== ''), ...CONSTRUCTS]
  const MORE = [
    '<a ',
    '<a b="',
    "{'",
    "\\'",
    "{'\\'",
    '`` ` ',
    '\\`',
    '](',
    '](<',
    '[a](<b',
    '[]:',
    'url("',
    '- - ',
    '#',
    'a=',
    'a:',
    ', ',
  ]
  test.each(['tsx', 'vue', 'svelte', 'astro', 'html', 'css', 'scss', 'sass', 'md', 'mdx'])(
    '%s',
    (extension) => {
      for (const hard of [...HARD, ...MORE]) {
        const text = `${times(hard)} generate`
        for (const whole of [text, `{ ${text}`]) {
          expect(findSpecifiers(whole, `a.${extension}`).length).toBeLessThan(LONG)
        }
      }
    },
  )
})
