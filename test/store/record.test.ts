import { describe, expect, it } from 'vitest'
import type { GenerateImagesError } from '../../src/errors/index.ts'
import { createLayout } from '../../src/store/layout.ts'
import { type OriginalRecord, parseRecord, recordText } from '../../src/store/record.ts'
import { keyFor, requestOf } from './support.ts'

const record: OriginalRecord = {
  version: 1,
  key: keyFor('A boat.'),
  request: requestOf('A boat.'),
  take: 1,
  original: {
    file: 'boat.png',
    sha256: 'a'.repeat(64),
    bytes: 12,
    width: 1024,
    height: 768,
    type: 'png',
    hasAlpha: false,
  },
  answer: { created: 1, revised_prompt: 'A small boat.' },
  provider: 'api.cometapi.com',
  cost: { usd: 0.053, basis: 'usage' },
  generatedAt: '2026-11-22T10:00:00.000Z',
}

const problem = (text: string): GenerateImagesError => {
  try {
    parseRecord(text, 'generated-images/boat.json')
  } catch (error) {
    return error as GenerateImagesError
  }
  throw new Error('parsed')
}
type Editable = Record<'request' | 'original' | 'cost', object> & { key?: string }
const edited = (change: (record: Editable) => void): string => {
  const copy = JSON.parse(recordText(record)) as Editable
  change(copy)
  return JSON.stringify(copy)
}

describe('a record', () => {
  it('is canonical text: sorted names, two spaces, final newline', () => {
    expect(recordText(record)).toMatchInlineSnapshot(`
      "{
        "answer": {
          "created": 1,
          "revised_prompt": "A small boat."
        },
        "cost": {
          "basis": "usage",
          "usd": 0.053
        },
        "generatedAt": "2026-11-22T10:00:00.000Z",
        "key": "7153fef92ac510b439906f603c3fcfb9cf4a0784dcc43eb1196c90947a9b3fd5",
        "original": {
          "bytes": 12,
          "file": "boat.png",
          "hasAlpha": false,
          "height": 768,
          "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "type": "png",
          "width": 1024
        },
        "provider": "api.cometapi.com",
        "request": {
          "model": "gpt-image-2",
          "prompt": "A boat.",
          "size": "1024x1024"
        },
        "take": 1,
        "version": 1
      }
      "
    `)
  })

  it('comes back as it was, with fields that this version does not know', () => {
    expect(parseRecord(recordText(record), 'x')).toEqual(record)
    expect(
      parseRecord(
        edited((r) => Object.assign(r, { note: 'mine' })),
        'x',
      ),
    ).toHaveProperty('note', 'mine')
    expect(parseRecord(recordText(record).replaceAll('\n', '\r\n'), 'x')).toEqual(record)
    expect(
      parseRecord(
        edited((r) => Object.assign(r.cost, { usd: null })),
        'x',
      ).cost.usd,
    ).toBeNull()
  })

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['empty', '', 'it is not JSON'],
    ['another JSON', '[]', 'the whole: '],
    ['null', 'null', 'the whole: '],
    ['a merge', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n', 'conflict marks of a merge'],
    ['no key', edited((r) => delete r.key), 'key: '],
    [
      'a hash of another form',
      edited((r) => Object.assign(r.original, { sha256: 'ABC' })),
      'original.sha256: 64',
    ],
    [
      'a type that no original has',
      edited((r) => Object.assign(r.original, { type: 'gif' })),
      'original.type: ',
    ],
    ['emulated: false', edited((r) => Object.assign(r, { emulated: false })), 'emulated: '],
    [
      'an edited prompt',
      edited((r) => Object.assign(r.request, { prompt: 'A ship.' })),
      'its key is not that of its request',
    ],
    [
      'a request of a hundred thousand levels',
      recordText(record).replace('"size"', `"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "size"`),
      'its key is not that of its request',
    ],
    ['a local time', edited((r) => Object.assign(r, { generatedAt: 'yesterday' })), 'generatedAt: '],
  ])('is unreadable with %s', (_, text, expected) => {
    const error = problem(text)
    expect(error.code).toBe('RECORD_UNREADABLE')
    expect(error.message).toContain(expected)
    expect(error.message).toContain('git checkout -- generated-images/boat.json')
  })

  it('of a newer version is told apart from a damaged one', () => {
    const error = problem(edited((r) => Object.assign(r, { version: 2, original: 'moved' })))
    expect(error.message).toMatchInlineSnapshot(`
      "The record generated-images/boat.json is of version 2; this package reads up to version 1. [RECORD_TOO_NEW]
        → Update this package: npm install -D unplugin-generate-images@latest."
    `)
  })
})

describe('the layout', () => {
  const layout = createLayout('/project')

  it('follows the name and the real type', () => {
    expect(layout.picture('src/blog/hero', 'jpeg')).toBe('/project/generated-images/src/blog/hero.jpg')
    expect(layout.record('src/blog/hero')).toBe('/project/generated-images/src/blog/hero.json')
    expect(layout.take('a'.repeat(64), 2, 'webp')).toBe(
      `/project/generated-images/.takes/${'a'.repeat(64)}/2.webp`,
    )
    expect(layout.nameOf(layout.record('v1.2/[slug]/hero'))).toBe('v1.2/[slug]/hero')
    expect(layout.nameOf(layout.takeRecord('a'.repeat(64), 2))).toBeUndefined()
    expect(createLayout('/project', 'art/made').show('/project/art/made/x.png')).toBe('art/made/x.png')
  })

  it.each([
    '../hero',
    'a/../../hero',
    '/etc/hero',
    'C:\\hero',
    'a\\..\\..\\hero',
    '',
    '.',
    '..',
    'a//b',
    'a/',
    '.takes/x',
    'x\0y',
  ])('refuses the name %j', (name) => {
    expect(() => layout.record(name)).toThrow(expect.objectContaining({ code: 'BAD_NAME' }))
    expect(() => layout.picture(name, 'png')).toThrow(expect.objectContaining({ code: 'BAD_NAME' }))
  })

  it('refuses what is not a key', () => {
    expect(() => layout.takesOf('../x')).toThrow(TypeError)
  })
})
