import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { announcedBytes, receive, TooLarge } from '../../src/api/receive.ts'

const whole = Buffer.from('a picture that comes in pieces')
const MOST = 1000
const endless = Number.POSITIVE_INFINITY

/** A body in pieces of four bytes; `fails`: it breaks off after the last. */
function bodyOf(fails?: Error) {
  async function* pieces() {
    for (let at = 0; at < whole.length; at += 4) yield whole.subarray(at, at + 4)
    if (fails !== undefined) throw fails
  }
  return Readable.from(pieces(), { objectMode: false })
}

describe.each([0, 3, whole.length - 1, whole.length, whole.length + 1, MOST, 1e12])(
  'with %i bytes announced',
  (expected) => {
    test('every byte comes', async () => {
      const { body, cut } = await receive(bodyOf(), { maxBytes: MOST, pauseMs: endless, expected })
      expect(Buffer.from(body)).toEqual(whole)
      expect(cut).toBeUndefined()
    })
    test('what came before a failure is kept', async () => {
      const failure = new Error('reset')
      const { body, cut } = await receive(bodyOf(failure), { maxBytes: MOST, pauseMs: endless, expected })
      expect(Buffer.from(body)).toEqual(whole)
      expect(cut).toBe(failure)
    })
    test('no more is taken than may be', async () => {
      const { body, cut } = await receive(bodyOf(), { maxBytes: 10, pauseMs: endless, expected })
      expect(Buffer.from(body)).toEqual(whole.subarray(0, 8))
      expect(cut).toBeInstanceOf(TooLarge)
    })
  },
)

test('a listener that fails ends it, and nothing else', async () => {
  const failure = new Error('of a listener')
  const onChunk = () => {
    throw failure
  }
  const { body, cut } = await receive(bodyOf(), { maxBytes: MOST, pauseMs: endless, onChunk })
  expect(Buffer.from(body)).toEqual(whole.subarray(0, 4))
  expect(cut).toBe(failure)
})

test('what is announced is a number of bytes, or nothing', () => {
  expect(announcedBytes({ 'content-length': '12' })).toBe(12)
  for (const length of ['', '-1', '1.5', '1e9', '0x10', '9'.repeat(20)])
    expect(announcedBytes({ 'content-length': length })).toBe(0)
  expect(announcedBytes({})).toBe(0)
})
