// Texts that are made so that a careless pattern goes back over them again and again, or gives up: each is read in one
// pass, within the bounds of what is scanned at all. A quadratic reader takes minutes for one of them.
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/spec/limits.ts'
import { isGenerateSpecifier, parseSpecifier } from '../../src/spec/query.ts'
import { found } from './support.ts'

const many = (piece: string, length: number) => piece.repeat(length / piece.length)
const flow = (items: string) => `---\na: [ ${items}\n---\n`

/** A text of about so many characters, and what is found in it. */
type Slow = readonly [name: string, file: string, text: (length: number) => string]

const TEXTS: readonly Slow[] = [
  ['commas behind a candidate', 'a.html', (n) => `<img srcset="generate${many(',', n)}x">`],
  ['candidates of commas', 'a.html', (n) => `<img srcset="${many('generate,,,, ', n)}">`],
  ['attributes', 'a.html', (n) => `<a ${many('data-a=generate ', n)}>`],
  ['opened tags', 'a.html', (n) => `generate ${many('<a ', n)}`],
  ['unclosed scripts', 'a.html', (n) => `${many('<script>', n)} generate`],
  ['half references', 'a.html', (n) => `<img src="generate${many('&#', n)}">`],
  ['escaped quotes in a flow list', 'a.md', (n) => flow(`generate "${many('\\"', n)}`)],
  ['single quotes in a flow list', 'a.md', (n) => flow(`generate ${many("'a", n)}`)],
  ['lists in lists', 'a.md', (n) => `---\n${many('- ', n)}generate\n---\n`],
  ['a long key', 'a.md', (n) => `---\n${many('a', n)} generate\n---\n`],
  ['fences of front matter', 'a.md', (n) => `---\n${many('---   x\n', n)}generate`],
  ['hashes', 'a.md', (n) => `---\na: generate${many(' #', n)}\n---\n`],
  ['opened brackets', 'a.md', (n) => `generate ${many('[a](<', n)}`],
  ['opened parentheses', 'a.md', (n) => `generate [a](${many('(', n)}`],
  ['quotations', 'a.md', (n) => `generate\n${many(' >', n)}`],
  ['runs of backticks', 'a.md', (n) => `generate ${runs(n)} ${many('\\` ', n / 2)}`],
  ['blank lines', 'a.md', (n) => `generate\n${many('\n    ', n)}`],
  ['brackets in brackets', 'a.md', (n) => `generate ${many('[', n / 2)}${many(']', n / 2)}`],
  [
    'references in references',
    'a.md',
    (n) => `${many('![a ', n / 2)}${many('][a]', n / 2)}\n\n[a]: generate`,
  ],
  ['attributes of an element alone', 'a.md', (n) => `generate\n\n<a${many(' b= c', n)}`],
  ['a paragraph of code', 'a.mdx', (n) => `import generate ${many('of a paragraph\n', n)}`],
  ['imports', 'a.mdx', (n) => `generate\n${many('import a\n\n', n)}`],
  ['opened urls', 'a.css', (n) => `generate ${many('url( ', n)}`],
  ['a url of escapes', 'a.css', (n) => `url(generate${many('\\a', n)}`],
  ['indented comments', 'a.sass', (n) => `generate ${many('\n//\n  ', n)}`],
  ['templates in templates', 'a.js', (n) => `generate ${many('`${', n)}`],
  ['opened classes of patterns', 'a.js', (n) => `generate ${many('/[', n)}`],
  ['opened comments', 'a.js', (n) => `generate ${many('/*', n)}`],
  ['escapes in names', 'a.js', (n) => `generate ${many('\\u0061', n)}`],
  ['elements in elements', 'a.jsx', (n) => `generate ${many('=<a b={', n)}`],
  ['apostrophes in braces', 'a.svelte', (n) => `<a b={${many("'", n)} generate`],
  ['opened expressions', 'a.svelte', (n) => `<p>${many('{generate `', n)}`],
  ['interpolations', 'a.vue', (n) => `<template>${many('{{ generate }}', n)}</template>`],
  ['lines of a fence', 'a.astro', (n) => `---\n${many('\n---x', n)}generate`],
  ['the word itself', 'a.ts', (n) => many('?generate', n)],
]

// All lengths from three, so that none closes another.
function runs(length: number): string {
  return Array.from({ length: Math.sqrt(length) }, (_, i) => '`'.repeat(i + 3)).join(' ')
}

describe('texts made to be slow', () => {
  test.each(TEXTS)('%s', { timeout: 20_000 }, (_, file, text) => {
    expect(found(text(300_000), file)).toEqual([])
  })

  test.each(TEXTS.filter(([name]) => ['lists in lists', 'a paragraph of code'].includes(name)))(
    '%s, as large as a file may be',
    (_, file, text) => {
      expect(found(text(LIMITS.sourceBytes - 100), file)).toEqual([])
    },
  )

  test('a file as large as it may be is scanned to its end', () => {
    for (const [file, import_] of [
      ['a.ts', "import a from './a.png?generate'"],
      ['a.md', '![a](./a.png?generate)'],
      ['a.css', 'a{background:url("./a.png?generate")}'],
    ] as const) {
      const count = 2_000
      const noise = '\n'.padEnd(LIMITS.sourceBytes / count - import_.length, 'x = 1; ')
      expect(found(`${import_}\n${noise}`.repeat(count), file).length).toBeGreaterThan(count * 0.9)
    }
  })
})

describe('specifiers made to be slow', () => {
  test.each([
    ['words', many('&a', 5_000_000)],
    ['the same word', many('&w=1', 5_000_000)],
    ['words of all names', Array.from({ length: 500_000 }, (_, i) => `&w${i}=1`).join('')],
    ['an endless word', `&${many('w', 5_000_000)}`],
    ['widths', `&w=${many('1;', 5_000_000)}`],
    ['styles', `&style=${many(';', 5_000_000)}`],
    ['a size of digits', `&size=${many('1', 5_000_000)}`],
    ['a ratio of dots', `&aspect=${many('1.', 5_000_000)}:`],
    ['a prompt', `&prompt=${many('%C3%A4', 5_000_000)}`],
    ['half escapes', `&prompt=${many('%C', 5_000_000)}`],
  ])('%s', { timeout: 20_000 }, (_, query) => {
    const written = `./a.png?generate${query}`
    expect(isGenerateSpecifier(written)).toBe(true)
    const { errors } = parseSpecifier(written, () => ({ file: 'a.ts' }))
    expect(errors.length).toBeLessThan(50)
    for (const { message } of errors) expect(message.length).toBeLessThan(5_000)
  })

  test.each([
    ['dots', many('../', 5_000_000)],
    ['extensions', many('.png', 5_000_000)],
    ['question marks', many('?', 5_000_000)],
    ['half escapes', many('%', 5_000_000)],
  ])('a path of %s', { timeout: 20_000 }, (_, path) => {
    parseSpecifier(`${path}?generate`, () => ({ file: 'a.ts' }))
  })
})
