import { describe, expect, it } from 'vitest'
import { writeAddresses, writeOutSpecifiers } from '../../src/embed/css.ts'
import { mentionsIn } from '../../src/scan/source-file.ts'
import { findInCss } from '../../src/scan/specifiers/css.ts'
import { dialectOf } from '../../src/scan/specifiers/style-block.ts'
import { stripImageExtension } from '../../src/spec/names.ts'
import { parseSpecifier } from '../../src/spec/query.ts'
import { casesOf } from './cases.ts'

const parse = (meant: string) => parseSpecifier(meant, () => ({ file: 'a.css' })).specifier
const relative = (meant: string) => `..${meant}`

function addressOf(meant: string): string {
  const { path, format, look } = parse(meant)
  const width = look.widths === undefined ? '' : `-${look.widths[0]}`
  const ending = look.formats?.[0] ?? format
  const name = stripImageExtension(path).replace(/^.*\//, '')
  return `/${name}${width}${ending === undefined ? '' : `.${ending}`}`
}

describe('a stylesheet', () => {
  it.each(casesOf('css.txt'))('$title', ({ kind = 'css', written, out, mistake }) => {
    const dialect = dialectOf(kind)
    const errors = mentionsIn(Buffer.from(written), `a.${kind}`).flatMap((one) => one.errors)
    const problems = errors.map(({ code, message }) => (code === 'MISPLACED' ? message : ''))
    expect(problems).toEqual(mistake === undefined ? [] : [expect.stringContaining(mistake)])
    const read = writeOutSpecifiers(written, dialect, {
      formatsOf: (meant) => [
        ...(parse(meant).look.formats ?? ['avif', 'webp']),
        parse(meant).format ?? 'auto',
      ],
      relative,
    })
    const addresses = new Map(findInCss(read, dialect).map(({ meant }) => [meant, addressOf(meant)]))
    if (mistake === undefined) expect(writeAddresses(read, dialect, addresses)).toBe(out)
    else expect(read).toBe(written)
  })
})

describe('what hosts do not read alike', () => {
  const css = dialectOf('css')
  const writeOut = (text: string) => writeOutSpecifiers(text, css, { formatsOf: () => ['webp'], relative })

  it('is left as it is where there is none of it', () => {
    const text = `a { background: url( './a.png?generate' ) }`
    expect(writeOut(text)).toBe(text)
  })
  it.each([
    ['from the root', 'url(/src/a.png?generate)', 'url("../src/a.png?generate&as=url")'],
    ['quotes', `url("./a.png?generate&alt=\\"a\\"")`, 'url("./a.png?generate&alt=%22a%22&as=url")'],
    [
      'brackets and spaces',
      `url("./a b.png?generate&alt=(a)")`,
      'url("./a%20b.png?generate&alt=%28a%29&as=url")',
    ],
    ['a text', 'image-set("./a.png?generate" 1x)', 'image-set(url("./a.png?generate&as=url") 1x)'],
    [
      'a set',
      'url(./a.png?generate&as=image-set)',
      'image-set(url("./a.png?generate&as=url&format=webp") type("image/webp"))',
    ],
  ])('%s', (_, written, out) => {
    expect(writeOut(`a { background: ${written} }`)).toBe(`a { background: ${out} }`)
    // What comes out means the same, and stays.
    expect(writeOut(`a { background: ${out} }`)).toBe(`a { background: ${out} }`)
  })
})
