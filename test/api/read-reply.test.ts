import { expect, test } from 'vitest'
import { decodeBase64 } from '../../src/api/base64.ts'
import { readReply } from '../../src/api/index.ts'
import { wire } from './support/server.ts'

const read = (text: string | object, contentType = 'application/json') =>
  readReply(Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)), contentType)

/** The bytes of the one picture in the fixtures. */
const png = Buffer.from(JSON.parse(wire('gpt-image-2.json')).data[0].b64_json, 'base64')

function pictures(reply: ReturnType<typeof read>) {
  if (!reply.ok) throw reply.error
  return reply.pictures
}

test('base64, and what is worth keeping of the answer', () => {
  const reply = read(wire('gpt-image-2.json'))
  const [picture] = pictures(reply)
  expect(picture).toMatchObject({ kind: 'bytes', bytes: png })
  expect(picture?.answer).toMatchInlineSnapshot(`
    {
      "background": "opaque",
      "created": 1795305600,
      "output_format": "png",
      "quality": "medium",
      "size": "1024x1024",
      "usage": {
        "input_tokens": 14,
        "input_tokens_details": {
          "image_tokens": 0,
          "text_tokens": 14,
        },
        "output_tokens": 1756,
        "total_tokens": 1770,
      },
    }
  `)
  expect(reply).toMatchObject({ created: 1_795_305_600, unreadable: 0, usage: { output_tokens: 1756 } })
  expect(JSON.stringify(picture?.answer)).not.toContain('iVBOR')
})

test('a revised prompt is kept with its picture', () => {
  const revisedPrompt = 'A small paper boat drifting on calm water under a warm sunrise.'
  expect(pictures(read(wire('dall-e-3.json')))).toEqual([
    {
      kind: 'bytes',
      bytes: png,
      revisedPrompt,
      answer: { created: 1_778_500_000, revised_prompt: revisedPrompt },
    },
  ])
})

test('a link is given whole, and is not in the answer that is kept', () => {
  const [picture] = pictures(read(wire('qwen-image-url.json')))
  expect(picture).toEqual({
    kind: 'url',
    url: 'https://files.example.test/pictures/boat.png?Expires=1795392000&Signature=c2lnbmVk',
    answer: { created: 1_795_305_600 },
  })
})

test('a data: prefix and line ends in the base64', () => {
  expect(pictures(read(wire('data-prefix.json')))).toMatchObject([{ kind: 'bytes', bytes: png }])
})

test('several pictures; one that is broken does not cost the others', () => {
  expect(pictures(read(wire('gpt-image-2-two.json')))).toHaveLength(2)
  const b64_json = png.toString('base64')
  const mixed = read({ created: 1, data: [{ b64_json: '%%%' }, { b64_json }, {}] })
  expect(mixed).toMatchObject({ ok: true, unreadable: 2, pictures: [{ kind: 'bytes', bytes: png }] })
})

test('fields of unexpected types never cost the picture', () => {
  const b64_json = png.toString('base64')
  const odd = {
    data: [{ b64_json, url: null, revised_prompt: null }],
    created: 'now',
    usage: 'much',
    size: 7,
    quality: null,
  }
  const reply = read(odd)
  expect(pictures(reply)).toEqual([{ kind: 'bytes', bytes: png, answer: {} }])
  expect(read({ ...odd, usage: { output_tokens: -1, input_tokens: 3, extra: 'x' } })).toMatchObject({
    ok: true,
    usage: { input_tokens: 3, extra: 'x' },
  })
})

test('base64 wins over a link, a link over broken base64', () => {
  const url = 'https://a.test/b.png'
  expect(pictures(read({ data: [{ b64_json: png.toString('base64'), url }] }))).toMatchObject([
    { kind: 'bytes' },
  ])
  expect(pictures(read({ data: [{ b64_json: '?', url }] }))).toMatchObject([{ kind: 'url', url }])
})

test('JSON counts, whatever the content type says', () => {
  expect(read(wire('gpt-image-2.json'), 'text/html').ok).toBe(true)
})

test.each([
  ['a page', '<html></html>', 'text/html; charset=utf-8', true],
  ['a page without a type', ' \n<!doctype html>', '', true],
  ['broken JSON', '{"data":[', 'application/json', false],
  ['nothing', '', 'application/json', false],
  ['other JSON', '{"ok":true}', 'application/json', false],
  ['JSON that is no object', '[]', 'application/json', false],
  ['no pictures', '{"created":1,"data":[]}', 'application/json', false],
  ['data that is no list', '{"created":1,"data":{}}', 'application/json', false],
  ['a picture of nothing', '{"created":1,"data":[{"b64_json":"","url":""}]}', 'application/json', false],
  ['base64 that is none', '{"created":1,"data":[{"b64_json":"not base64!"}]}', 'application/json', false],
])('%s may have been billed', (_, body, contentType, stopsRun) => {
  expect(read(body, contentType)).toMatchObject({
    ok: false,
    class: 'unknown',
    billed: 'maybe',
    stopsRun,
    error: { code: 'OUTCOME_UNKNOWN' },
  })
})

test('tens of MB are read in one go', () => {
  const large = Buffer.alloc(30_000_000, 'paper boat ')
  const body = Buffer.from(`{"created":1,"data":[{"b64_json":"${large.toString('base64')}"}]}`)
  const [picture] = pictures(readReply(body, 'application/json'))
  expect(picture?.kind === 'bytes' && large.equals(picture.bytes)).toBe(true)
})

test.each([
  ['aGk=', 'hi'],
  ['aGk', 'hi'],
  ['aGkh', 'hi!'],
  ['data:image/png;base64,aGk=', 'hi'],
  ['a G\r\nk =', 'hi'],
  ['_-8', '\u00ff\u00ef'],
])('base64 %j', (text, bytes) => {
  expect(Buffer.from(decodeBase64(text) ?? []).toString('latin1')).toBe(bytes)
})

test.each(['', '=', 'a', 'aGkhx', 'aG=k', 'aGk===', 'aGk!', 'data:image/png;base64,', 'ü'])(
  'not base64: %j',
  (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  },
)
