import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPlace } from '../../src/errors/index.ts'
import { parseManifestFile } from '../../src/scan/index.ts'
import { messages } from './support.ts'

const parse = (text: string) => parseManifestFile(text, 'src/images.prompts.json')
const places = (text: string) =>
  parse(text).errors.map((error) => `${error.code} ${error.places.map(formatPlace).join(' ')}`)

test('comments, trailing commas, CRLF and a byte order mark are fine', () => {
  const text = '\uFEFF// A comment\r\n{ /* and another */\r\n  "images": { "a": "A cat.", },\r\n}\r\n'
  const { manifest, errors, broken, locate } = parse(text)
  expect(errors).toEqual([])
  expect(broken).toBe(false)
  expect([...manifest.images]).toEqual([['a', { prompt: 'A cat.' }]])
  expect(formatPlace(locate(['images', 'a']))).toBe('src/images.prompts.json:3:15')
})

test('names are from the root, and hold those with a mistake too', () => {
  const { names, manifest } = parse(
    '{ "images": { "a": "A cat.", "blog/b": 5, "../../c": "out", "../d": "up" } }',
  )
  expect([...names]).toEqual([
    ['a', 'src/a'],
    ['blog/b', 'src/blog/b'],
    ['../d', 'd'],
  ])
  expect([...manifest.images.keys()]).toEqual(['a'])
})

describe('locate', () => {
  const text = `{
  "defaults": { "quality": "high", "encode": { "avif": { "effort": 3 }, "gif": {} } },
  "styles": { "paper": "Paper." },
  "images": {
    "hero": { "prompt": ["One.", "Two."], "sise": "1x1", "extra": { "seed": 1 } },
    "short": "A cat."
  },
  "image": {}
}`
  const { locate } = parse(text)
  const at = (...path: (string | number)[]) => {
    const { line, column } = locate(path) as { line: number; column: number }
    return text.split('\n')[line - 1]!.slice(column - 1)
  }

  test('gives the value of what is known', () => {
    expect(at('defaults', 'quality')).toMatch(/^"high"/)
    expect(at('images', 'hero', 'prompt')).toMatch(/^\["One/)
    expect(at('images', 'hero', 'prompt', 1)).toMatch(/^"Two/)
    expect(at('images', 'hero', 'extra', 'seed')).toMatch(/^1/)
    expect(at('styles', 'paper')).toMatch(/^"Paper/)
    expect(at('defaults', 'encode', 'avif', 'effort')).toMatch(/^3/)
  })

  test("gives the key of a picture's name and of what is not known", () => {
    expect(at('images', 'hero')).toMatch(/^"hero"/)
    expect(at('images', 'hero', 'sise')).toMatch(/^"sise"/)
    expect(at('defaults', 'encode', 'gif')).toMatch(/^"gif"/)
    expect(at('image')).toMatch(/^"image"/)
  })

  test('gives the nearest parent of what is not there', () => {
    expect(at('images', 'hero', 'alt')).toMatch(/^"hero"/)
    expect(at('images', 'hero', 'prompt', 7)).toMatch(/^\["One/)
    expect(at('images', 'short', 'prompt')).toMatch(/^"short"/)
    expect(at('images', 'none', 'prompt')).toMatch(/^\{/)
    expect(at()).toMatch(/^\{/)
  })
})

describe('syntax', () => {
  test('one error a line, each at its place', () => {
    const text = `{
  "images": {
    "a": "A cat."
    "b": "A dog.",
    "c": A fish.,
    "d": tru
  },
  'styles': {}
}`
    expect(messages(parse(text).errors)).toMatchInlineSnapshot(`
      "
      The manifest can't be read: a comma is missing. [MANIFEST_SYNTAX]
        at src/images.prompts.json:4:5
        → Mend the JSON at this place; everything else in the file is left as it is.
      The manifest can't be read: A is not JSON; names and texts stand in "double quotes". [MANIFEST_SYNTAX]
        at src/images.prompts.json:5:10
        → Mend the JSON at this place; everything else in the file is left as it is.
      The manifest can't be read: tru is not JSON; names and texts stand in "double quotes". [MANIFEST_SYNTAX]
        at src/images.prompts.json:6:10
        → Mend the JSON at this place; everything else in the file is left as it is.
      The manifest can't be read: a value is missing. [MANIFEST_SYNTAX]
        at src/images.prompts.json:7:3
        → Mend the JSON at this place; everything else in the file is left as it is.
      The manifest can't be read: 'styles' is not JSON; names and texts stand in "double quotes". [MANIFEST_SYNTAX]
        at src/images.prompts.json:8:3
        → Mend the JSON at this place; everything else in the file is left as it is.
      The manifest can't be read: there is more text after its end. [MANIFEST_SYNTAX]
        at src/images.prompts.json:9:1
        → Mend the JSON at this place; everything else in the file is left as it is.
      "
    `)
  })

  test.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{', 'a closing } is missing'],
    ['{ "images": [', 'a closing ] is missing'],
    ['{ "images" {} }', 'a colon is missing'],
    ['{ "images": }', 'a value is missing'],
    ['{ "images": {} "styles": {} }', 'a comma is missing'],
    ['{ "images": {} } {}', 'there is more text after its end'],
    ['/* open', 'a comment is not closed'],
    ['{ "images": "open', 'a text is not closed on its line'],
    ['{ "images": "\\q" }', 'a backslash stands before a character that needs none'],
    ['{ "images": "\\u12" }', '\\u stands without four hexadecimal digits'],
    ['{ "images": "a\tb" }', 'a text holds a control character, such as a tab; write \\t'],
    ['{ images: {} }', 'images is not JSON; names and texts stand in "double quotes"'],
    ['{ "images": 1. }', 'a number is not complete'],
  ])('%j: %s', (text, problem) => {
    const [error] = parse(text).errors
    expect(error?.sentence).toBe(`The manifest can't be read: ${problem}.`)
    expect(parse(text).broken).toBe(true)
  })

  test('a broken manifest keeps the names that were understood, and guesses at no other mistakes', () => {
    const { names, errors } = parse('{ "images": { "a": "A cat.", "b": { "qualty": 1 }, "c" "A dog." } }')
    expect([...names.keys()]).toEqual(['a', 'b', 'c'])
    expect(errors.map(({ code }) => code)).toEqual(['MANIFEST_SYNTAX'])
  })

  test('a file that is no JSON at all gives a bounded number of errors', () => {
    expect(parse('<p>\n'.repeat(5000)).errors).toHaveLength(20)
  })
})

test('what stands twice is a mistake at the second place, and the first counts', () => {
  const text = `{
  "images": {
    "a": { "prompt": "One.", "prompt": "Two." },
    "b": "B.",
    "a": "Three."
  },
  "images": {}
}`
  expect(places(text)).toEqual([
    'DEFINED_TWICE src/images.prompts.json:3:30 src/images.prompts.json:3:12',
    'DEFINED_TWICE src/images.prompts.json:5:5 src/images.prompts.json:3:5',
    'DEFINED_TWICE src/images.prompts.json:7:3 src/images.prompts.json:2:3',
  ])
  expect(parse(text).errors.map(({ sentence }) => sentence)).toEqual([
    '"images.a.prompt" is defined twice.',
    '"a" is defined twice.',
    '"images" is defined twice.',
  ])
  expect(parse(text).manifest.images.get('a')).toEqual({ prompt: 'One.' })
})

test('a manifest that is no object is a mistake', () => {
  for (const text of ['[]', '"a"', 'null', '5'])
    expect(places(text)).toEqual(['BAD_VALUE src/images.prompts.json:1:1'])
})

describe('names of JavaScript', () => {
  test('are names of pictures like any other', () => {
    const { manifest, names, errors } = parse(
      '{ "images": { "__proto__": "A.", "constructor": { "prompt": "B." }, "toString": "C.", "hasOwnProperty": "D." } }',
    )
    expect(errors).toEqual([])
    expect([...manifest.images.keys()]).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    expect(names.get('__proto__')).toBe('src/__proto__')
  })

  test('are unknown fields like any other, and pollute nothing', () => {
    const text =
      '{ "__proto__": { "polluted": 1 }, "images": { "a": { "prompt": "A.", "__proto__": { "polluted": 1 }, "constructor": 1 } } }'
    const { errors } = parse(text)
    expect(errors.map(({ code }) => code)).toEqual(['UNKNOWN_FIELD', 'UNKNOWN_FIELD', 'UNKNOWN_FIELD'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('bounds', () => {
  test.each([
    ['bytes', ' '.repeat(16 * 1024 * 1024 + 1), 'The manifest has 17 MB; 16 MB are the most.'],
    [
      'marks',
      `{"images":{"a":{"prompt":"b","extra":{"c":[${'1,'.repeat(2_000_000)}1]}}}}`,
      'The manifest has 4000023 names, values and marks; 3000000 are the most.',
    ],
    [
      'pictures',
      `{"images":{${Array.from({ length: 100_001 }, (_, i) => `"${i}":"a"`)}}}`,
      'The project has 100001 pictures; 100000 are the most.',
    ],
    [
      'styles',
      `{"images":{},"styles":{${Array.from({ length: 1001 }, (_, i) => `"${i}":"a"`)}}}`,
      'The manifest has 1001 styles; 1000 are the most.',
    ],
  ])('a file with too many %s is refused, and nothing is made of it', (_, text, sentence) => {
    const { errors, names, manifest } = parse(text)
    expect(errors.map((error) => [error.code, error.sentence])).toEqual([['TOO_LARGE', sentence]])
    expect([names.size, manifest.images.size]).toEqual([0, 0])
  })

  test('a list of more items than any prompt has lines is refused at its place', () => {
    const [error, ...others] = parse(
      `{"images":{"a":{"prompt":"b",\n"widths":[${'0,'.repeat(10_001)}]}}}`,
    ).errors
    expect(others).toEqual([])
    expect(error?.message).toContain(
      'a list in it is longer than 10000 items. [MANIFEST_SYNTAX]\n  at src/images.prompts.json:2:10',
    )
  })

  test('of very many mistakes the first are told, and the rest of the file is not looked at', () => {
    const wrong = Array.from({ length: 30_000 }, (_, i) => `"p${i}":{"prompt":"A boat.","x":1}`)
    expect(parse(`{"images":{${wrong}}}`).errors).toHaveLength(10_000)
    const fields = Array.from({ length: 200_000 }, (_, i) => `"x${i}":1`)
    expect(parse(`{"images":{"a":{"prompt":"b",${fields}}}}`).errors).toHaveLength(100)
    const same = Array.from({ length: 200_000 }, () => '"a":"b"')
    expect(parse(`{"images":{${same}}}`).errors).toHaveLength(10_000)
  })

  test.each([100, 20_000, 1_000_000])('%i levels are refused', (depth) => {
    const text = `{ "images": { "a": { "prompt": "A.", "extra": { "x": ${'['.repeat(depth)}${']'.repeat(depth)} } } } }`
    const [error] = parse(text).errors
    expect(error?.sentence).toBe("The manifest can't be read: it is nested deeper than 64 levels.")
  })

  test('each of ten thousand entries is located', () => {
    const images = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`picture-${i}`, 'A cat.']))
    const { manifest, locate } = parse(JSON.stringify({ images }, null, 1))
    const lines = [...manifest.images.keys()].map((name) => locate(['images', name]).line)
    expect(lines).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 3))
  })
})

describe('arbitrary text', () => {
  const ok = (text: string) => {
    const { errors, locate, broken } = parse(text)
    const lines = text.split(/\r\n|\n|\r/).length
    for (const {
      places: [place],
    } of errors) {
      expect(place?.line).toBeGreaterThanOrEqual(1)
      expect(place?.line).toBeLessThanOrEqual(lines)
      expect(place?.column).toBeGreaterThanOrEqual(1)
    }
    expect(locate(['images', 'a', 'prompt']).file).toBe('src/images.prompts.json')
    if (broken) expect(errors.length).toBeGreaterThan(0)
  }

  test('never crashes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), ok))
    const marks = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '\\',
      '/*',
      '//',
      '\n',
      '"images"',
      '"a"',
      '1',
      'true',
      ' ',
    )
    fc.assert(
      fc.property(
        fc.array(marks, { maxLength: 60, size: 'max' }).map((parts) => parts.join('')),
        ok,
      ),
      { numRuns: 500 },
    )
  })

  test('any JSON value is read or refused', () => {
    fc.assert(fc.property(fc.json(), ok))
    const entry = fc.dictionary(
      fc.constantFrom('prompt', 'size', 'widths', 'encode', 'extra', '__proto__'),
      fc.jsonValue(),
    )
    const manifest = fc.record({
      images: fc.dictionary(fc.string(), fc.oneof(entry, fc.string())),
      defaults: entry,
    })
    fc.assert(
      fc.property(
        manifest.map((value) => JSON.stringify(value)),
        ok,
      ),
      { numRuns: 300 },
    )
  })
})

describe('a text that is plain JSON gives what the same text gives with a comment behind it', () => {
  const both = (text: string) => {
    const seen = (file: ReturnType<typeof parse>) => {
      const paths = [[], ['images'], ['defaults', 'size'], ['styles', 'a'], ['images', 'not there']]
      const entries = [...file.names.keys()].flatMap((name) =>
        [['images', name]].concat([
          ['images', name, 'prompt'],
          ['images', name, 'alt'],
        ]),
      )
      return {
        manifest: { ...file.manifest, images: [...file.manifest.images] },
        names: [...file.names],
        errors: file.errors.map(({ message }) => message),
        broken: file.broken,
        places: [...paths, ...entries].map((path) => formatPlace(file.locate(path))),
      }
    }
    expect(seen(parse(text))).toEqual(seen(parse(`${text}\n// a comment`)))
  }

  test.each([
    '{"images":{"a":"A.","b/c":{"prompt":["One.","Two."],"alt":"B","widths":[1,2],"extra":{"images":{"x":1}}}}}',
    '{"styles":{"images":"In a style."},"defaults":{"size":"1x1"},"images":{"a":{"style":"images","prompt":"A."}}}',
    '{"images":{"2":"Two.","1":"One.","a":"A."}}',
    '{"images":{"a":"A.","a":"Again."}}',
    '{"images":{"a":{"prompt":"A.","prompt":"Again."}}}',
    '{"images":{"a":"A."},"images":{"b":"B."}}',
    '{"im\\u0061ges":{"a":"A."}}',
    '{"images":{"quote \\" and \\\\":"A \\\\\\" { [ : , text.","b":"B."}}',
    '{"images":{"__proto__":"A.","constructor":"B."}}',
    '{"images":{"a":{"prompt":"A.","extra":{"__proto__":1}}}}',
    '{"images":{"a":{"alt":"No prompt."},"b":"B."}}',
    '{"images":{"a":{"prompt":"A.","constructor":"B"},"b":" "}}',
    '{"images":["a"]}',
    '[{"images":{"a":"A."}}]',
    '"images"',
    '{"images":{}}',
    '\r\n{\r\n"images":\r{"a":\n"A."}}',
  ])('%s', both)

  test('whatever the fields and their values', () => {
    const names = fc.oneof(
      fc.constantFrom('a', 'b', 'blog/c', '1', '__proto__', '../d', 'e.png'),
      fc.string(),
    )
    const value = fc.oneof(
      fc.constantFrom('A.', '', '16:9', '1024x1024', 1, true, null),
      fc.json().map(JSON.parse),
    )
    const fields = fc.constantFrom(
      'prompt',
      'alt',
      'size',
      'widths',
      'extra',
      'encode',
      'nonsense',
      '__proto__',
    )
    const entry = fc.oneof(value, fc.array(fc.tuple(fields, value), { maxLength: 4 }))
    const text = (entries: [string, unknown][]) =>
      entries.map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`).join(', ')
    const written = (one: unknown) =>
      Array.isArray(one) && one.every((part) => Array.isArray(part) && part.length === 2)
        ? `{${text(one as [string, unknown][])}}`
        : JSON.stringify(one)
    fc.assert(
      fc.property(fc.array(fc.tuple(names, entry), { maxLength: 6 }), (entries) =>
        both(
          `{"images": {\n${entries.map(([name, one]) => `${JSON.stringify(name)}: ${written(one)}`).join(',\n')}}}`,
        ),
      ),
      { numRuns: 500 },
    )
  })
})
