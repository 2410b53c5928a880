import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Draft, drawDraft } from '../../src/render/draft.ts'
import { escapeXml, widthOf, wrap } from '../../src/render/draft-text.ts'

const draftOf = (over: Partial<Draft> = {}) =>
  drawDraft({
    width: 480,
    height: 320,
    name: 'src/paper-boat',
    prompt: 'A paper boat on calm water.',
    state: 'missing',
    ...over,
  })
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!)

const NASTY = [
  '</text><script>alert(1)</script><text>',
  '<![CDATA[ x ]]> ]]> <!-- -- --> <?php ?>',
  '"onload="alert(1)" \' & &amp; &#0; &unknown;',
  '\0\x01\b\x0b\x0c\x1f\x7f\x85\ufffe\uffff\ud800 lone \udc00',
  '\u202Eright to left\u2066 and\u2028new\u2029lines\t\r\n',
  '<image href="https://example.com/x.png"/> url(https://example.com) xlink:href="file:///etc/passwd"',
  '日本語の長い文章'.repeat(200),
  '👩‍👩‍👧‍👦'.repeat(300),
  'x'.repeat(32_000),
  ' \n ',
  '',
]

describe('a draft', () => {
  test('has its size, three times', () => {
    expect(draftOf()).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="480" height="320" viewBox="0 0 480 320">/,
    )
  })
  test('shows the name, the state, the prompt and the size', () => {
    expect(textsOf(draftOf())).toEqual([
      'src/paper-boat',
      'not made yet',
      'A paper boat on calm water.',
      '480 × 320',
    ])
    expect(textsOf(draftOf({ state: 'broken' }))).toContain('broken: see the terminal')
  })
  test('is the same for the same, and of another hue for another name', () => {
    expect(draftOf()).toBe(draftOf())
    const hueOf = (svg: string) => /hsl\((\d+)/.exec(svg)![1]
    expect(hueOf(draftOf({ name: 'a' }))).not.toBe(hueOf(draftOf({ name: 'b' })))
  })
  test('cuts a long prompt with an ellipsis and a long name to its last part', () => {
    const texts = textsOf(
      draftOf({ prompt: 'a long story '.repeat(300), name: `src/${'deep/'.repeat(20)}boat` }),
    )
    expect(texts[0]).toBe('boat')
    expect(texts.at(-2)).toMatch(/[a-z]…$/)
  })
  test('stays without text where no letter can be read', () => {
    for (const [width, height] of [
      [16, 16],
      [1, 1],
      [1000, 8],
      [8, 1000],
    ] as const)
      expect(textsOf(draftOf({ width, height }))).toEqual([])
  })
  test('keeps its text inside', () => {
    for (const [width, height] of [
      [320, 180],
      [1440, 300],
      [240, 900],
      [8192, 4000],
      [130, 130],
    ] as const) {
      const svg = draftOf({ width, height, prompt: 'Wide MMM words. '.repeat(99) })
      const rows = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)]
      expect(rows.length).toBeGreaterThan(3)
      for (const [, x, y] of rows) {
        expect(Number(x)).toBeLessThan(width)
        expect(Number(y)).toBeLessThan(height)
      }
    }
  })
  test.each(NASTY.map((prompt, index) => [index, prompt]))(
    'is sound XML whatever is asked for (%i)',
    async (_, prompt) => {
      for (const state of ['missing', 'broken'] as const) {
        const svg = draftOf({ prompt, name: prompt || 'x', state })
        const { width, height, format } = await sharp(Buffer.from(svg)).metadata()
        expect([format, width, height]).toEqual(['svg', 480, 320])
        expect((await sharp(Buffer.from(svg)).stats()).isOpaque).toBe(true)
      }
    },
  )
  test('has only its own elements, and refers to nothing', () => {
    for (const prompt of NASTY) {
      const markup = draftOf({ prompt, name: prompt, state: 'broken' }).replace(/>[^<]*</g, '><')
      const elements = new Set([...markup.matchAll(/<([^\s/>]+)/g)].map(([, name]) => name))
      for (const element of elements)
        expect(['svg', 'defs', 'linearGradient', 'stop', 'rect', 'path', 'text']).toContain(element)
      expect(markup.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
        /href|script|https?:|file:|\son\w+=/,
      )
    }
  })
  test('is text that UTF-8 can hold, of a bounded size, for every prompt', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 4000 }),
        (prompt, width, height) => {
          const svg = draftOf({ prompt, name: prompt, width, height })
          // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 allows none of these
          expect(svg).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/)
          expect(Buffer.from(svg).toString()).toBe(svg)
          expect(svg.length).toBeLessThan(20_000)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('wrapping', () => {
  test('loses no letter and keeps every line inside, where there is room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 40 }),
        (text, width) => {
          const lines = wrap(text, width, 1000)
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        },
      ),
      { numRuns: 500 },
    )
  })
  test('gives at most as many lines as told', () => {
    expect(wrap('one two three four', 5, 1)).toEqual(['one two…'])
    expect(wrap('one two three four', 5, 0)).toEqual([])
    expect(wrap('one two three four', 5, -3)).toEqual([])
    expect(wrap('', 5, 3)).toEqual([])
  })
  test('breaks a word that no line holds', () => {
    expect(wrap('abcdefghij', 3, 9)).toEqual(['abcde', 'fghij'])
  })
})

test('escaping is undone by reading', async () => {
  expect(escapeXml(`<a b="c" d='e'>&\u0007`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38; ')
})
