import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importLook } from '../../src/spec/look.ts'
import { isGenerateSpecifier, parseSpecifier, shapeErrors } from '../../src/spec/query.ts'
import { QUERY_WORDS } from '../../src/spec/query-words.ts'
import type { Look } from '../../src/spec/specs.ts'

const place = { file: 'src/main.ts', line: 3 }
const parse = (written: string) => parseSpecifier(written, () => place)
const read = (written: string) => {
  const { specifier, errors } = parse(written)
  expect(errors.map(({ message }) => message)).toEqual([])
  return specifier
}
const mistakes = (written: string) =>
  parse(written).errors.map(({ code, sentence }) => `${code}: ${sentence}`)

it.each([
  ['./a.png?generate', true],
  ['./a.png?w=5&generate', true],
  ['./a.png?generate=1', true],
  ['./a.png?generated', false],
  ['./a.png?regenerate&x', false],
  ['./generate', false],
  ['./a?x#&generate', true],
])('knows its own specifiers: %s', (written, ours) => expect(isGenerateSpecifier(written)).toBe(ours))

describe('parseSpecifier', () => {
  it('tells the kinds of paths apart', () => {
    const kinds = [
      './a.png',
      '../a',
      '/src/a.jpg',
      'a',
      'blog/hero',
      '@/a.webp',
      './images.prompts.json',
      'x/images.prompts.json',
    ]
    expect(kinds.map((path) => read(`${path}?generate`)).map(({ kind, format }) => [kind, format])).toEqual([
      ['relative', 'png'],
      ['relative', undefined],
      ['absolute', 'jpeg'],
      ['bare', undefined],
      ['bare', undefined],
      ['bare', 'webp'],
      ['manifest', undefined],
      ['manifest', undefined],
    ])
  })

  it('reads every word that the table has', () => {
    const { look, sent } = read(
      `./a.png?generate&${QUERY_WORDS.filter(({ word }) => word !== 'h')
        .map(({ example }) => example)
        .join('&')}`,
    )
    expect({ look, sent }).toMatchInlineSnapshot(`
      {
        "look": {
          "effort": 4,
          "fields": {
            "alt": "A paper boat",
            "as": "picture",
            "aspect": "16:9",
            "decorative": true,
            "fit": "cover",
            "placeholder": true,
            "position": "top",
          },
          "formats": [
            "avif",
            "webp",
          ],
          "q": 50,
          "widths": [
            480,
            960,
          ],
        },
        "sent": {
          "background": "transparent",
          "model": "gpt-image-2",
          "moderation": "low",
          "output_compression": 90,
          "output_format": "png",
          "prompt": "A paper boat at sunrise",
          "quality": "high",
          "size": "1200x630",
          "style": [
            "paper",
          ],
        },
      }
    `)
  })

  it('decodes what an address encodes', () => {
    expect(read('./caf%C3%A9.png?generate&prompt=50%25+%26+more%3B+%22quoted%22').sent.prompt).toBe(
      '50% & more; "quoted"',
    )
    expect(read('./caf%C3%A9.png?generate').path).toBe('./café.png')
    expect(read('./50%.png?generate').path).toBe('./50%.png')
  })

  it('names every mistake at once', () => {
    expect(mistakes('./a.gif?generate&widths=5&w=0;x&format=gif&q=101&as=pic&w=7')).toEqual([
      'BAD_SPECIFIER: "./a.gif?generate&widths=5&w=0;x&format=gif&q=101&as=pic&w=7" can\'t be read: "w" stands in it twice.',
      'UNKNOWN_FIELD: "widths" is not a known name here. Did you mean "w"?',
      'BAD_VALUE: "format" is "gif".',
      'BAD_VALUE: "q" is "101".',
      'BAD_VALUE: "as" is "pic".',
      'BAD_SPECIFIER: "./a.gif?generate&widths=5&w=0;x&format=gif&q=101&as=pic&w=7" can\'t be read: .gif can\'t be made; use .png, .jpg, .webp or .avif.',
    ])
    expect(mistakes('./a.png?generate&w=100;200&h=5')).toEqual(['BAD_VALUE: "h" is "5".'])
  })

  it('never throws, and gives a picture or a mistake', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (path, query) => {
        const { specifier, errors } = parse(`${path.replaceAll('?', '')}?generate&${query}`)
        expect(errors.length > 0 || specifier.path !== '').toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('shapeErrors', () => {
  it('refuses several files where a shape has room for one', () => {
    const { look } = read('./a.png?generate&w=1;2&format=avif;webp')
    expect(shapeErrors('url', look, place).map(({ sentence }) => sentence)).toEqual([
      '"format" is "avif;webp".',
      '"w" is "1;2".',
    ])
    expect(shapeErrors('srcset', look, place)).toHaveLength(1)
    expect(shapeErrors('picture', look, place)).toEqual([])
  })
})

describe('importLook', () => {
  const base: Look = {
    frame: { kind: 'pixels', width: 1200, height: 630 },
    widths: [480, 960],
    heights: [],
    formats: ['avif', 'webp'],
    fallback: 'auto',
    fit: 'cover',
    position: 'attention',
    encode: { avif: { quality: 40 } },
    placeholder: false,
  }
  const look = (query: string, as: 'url' | 'picture' = 'picture') => {
    const { look: asked, format } = read(`./a.png?generate&${query}`)
    return importLook(base, asked, format, as)
  }

  it('keeps what the query does not say', () => {
    expect(look('')).toMatchObject({ ...base, fallback: 'png' })
  })

  it('takes widths sorted and once, heights in place of widths, and one of each as a box', () => {
    expect(look('w=9;3;9')).toMatchObject({ widths: [3, 9], heights: [] })
    expect(look('h=9;3')).toMatchObject({ widths: [], heights: [3, 9] })
    expect(look('w=300&h=200')).toMatchObject({
      widths: [300],
      heights: [],
      frame: { kind: 'ratio', width: 300, height: 200 },
    })
  })

  it('gives a shape of one format the format of the query, and a picture its sources', () => {
    expect(look('format=webp', 'url').fallback).toBe('webp')
    expect(look('format=webp')).toMatchObject({ fallback: 'png', formats: ['webp'] })
  })

  it('lays one quality over every encoder, and as much effort as each knows', () => {
    expect(look('q=30&effort=9').encode).toEqual({
      avif: { quality: 30, effort: 9 },
      webp: { quality: 30, effort: 6 },
      jpeg: { quality: 30, effort: 9 },
      png: { quality: 30, effort: 9 },
    })
    expect(look('q=30').encode.avif).toEqual({ quality: 30 })
    expect(look('effort=2').encode.avif).toEqual({ quality: 40, effort: 2 })
  })
})
