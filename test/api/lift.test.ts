import { describe, expect, test } from 'vitest'
import { liftPictures } from '../../src/api/lift.ts'

const picture = Buffer.alloc(6000, 'picture').toString('base64')
const lift = (text: string) => liftPictures(Buffer.from(text))

/** Every text of `data`, put back. */
function read(text: string): unknown {
  const { json, textOf } = lift(text)
  return JSON.parse(json, (_, value) => (typeof value === 'string' ? `${textOf(value)}` : value))
}

describe('pictures of an answer', () => {
  test('are lifted and put back, whatever stands between', () => {
    const text = `{"created":1,"data":[{"b64_json" :\n "${picture}"},{"b64_json":"${picture}A","revised_prompt":"ü"}]}`
    expect(lift(text).json.length).toBeLessThan(300)
    expect(read(text)).toEqual(JSON.parse(text))
  })

  test.each([
    ['short', `{"data":[{"b64_json":"${picture.slice(0, 4000)}"}]}`],
    ['with escapes', `{"data":[{"b64_json":"${picture}\\u0041"}]}`],
    ['no text', `{"data":[{"b64_json":null},{"b64_json":[1]}]}`],
    ['a name of another field', `{"x\\"b64_json":"${picture}","data":[]}`],
    ['in a text', `{"a":"\\"b64_json\\":\\"${picture}\\"","data":[]}`],
  ])('stay what they are: %s', (_, text) => {
    expect(read(text)).toEqual(JSON.parse(text))
  })

  test('that are cut off are no JSON, as without lifting', () => {
    const text = `{"data":[{"b64_json":"${picture}"`
    for (const cut of [text, text.slice(0, -1), text.slice(0, 30)])
      expect(() => JSON.parse(lift(cut).json)).toThrow(SyntaxError)
  })

  test('can not be named by another text of the answer', () => {
    const { json, textOf } = lift(`{"data":[{"b64_json":"${picture}"},{"b64_json":"0"}]}`)
    const [first, second] = JSON.parse(json).data
    expect(`${textOf(first.b64_json)}`).toBe(picture)
    expect(textOf(second.b64_json)).toBe('0')
  })
})
