// What is taken without a decoder must be what a decoder takes.
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodeOriginal } from '../../src/render/decode.ts'
import { wholePng } from '../../src/render/whole-png.ts'
import { chunk, png } from './parts.ts'
import { picture } from './pictures.ts'

const MOST = 1e6
const [width, height] = [20, 10]
const rowsOf = (bytes: number) => Buffer.alloc((1 + bytes) * height)
const plain = { width, height, rows: rowsOf(width * 3) }

describe('told by its parts alone', () => {
  test.each([
    ['RGB', png(plain)],
    ['grey', png({ ...plain, colour: 0, rows: rowsOf(width) })],
    ['16 bits', png({ ...plain, depth: 16, rows: rowsOf(width * 6) })],
    [
      'with texts beside the pixels',
      png({ ...plain, before: [chunk('caBX', 'c2pa')], after: [chunk('tEXt', 'a\0b')] }),
    ],
    ['with bytes behind its end', Buffer.concat([png(plain), Buffer.from('more')])],
  ])('a png: %s', async (_, bytes) => {
    expect(await wholePng(bytes, MOST)).toEqual({ width, height })
    expect(await decodeOriginal(bytes)).toMatchObject({ width, height, hasAlpha: false })
  })
  test('one that an encoder made of many parts', async () => {
    const bytes = await picture({ width: 300, height: 200, format: 'png' })
    expect(await wholePng(bytes, MOST)).toEqual({ width: 300, height: 200 })
  })
})

describe('left to the decoder', () => {
  const packed = deflateSync(plain.rows)
  const part = (type: string, data = '') => png({ ...plain, before: [chunk(type, data)] })
  test.each([
    ['a wrong checksum of its rows', png({ ...plain, idat: [chunk('IDAT', packed, true)] })],
    ['a wrong checksum beside its rows', png({ ...plain, before: [chunk('tEXt', 'a\0b', true)] })],
    ['rows that end early', png({ ...plain, rows: plain.rows.subarray(0, -1) })],
    ['rows that go on', png({ ...plain, rows: Buffer.concat([plain.rows, Buffer.of(0)]) })],
    ['packed rows that end early', png({ ...plain, idat: [chunk('IDAT', packed.subarray(0, -1))] })],
    ['no rows', png({ ...plain, idat: [] })],
    ['a filter that there is not', png({ ...plain, rows: Buffer.from(plain.rows).fill(5, 0, 1) })],
    [
      'a part between its rows',
      png({
        ...plain,
        idat: [
          chunk('IDAT', packed.subarray(0, 9)),
          chunk('tEXt', 'a\0b'),
          chunk('IDAT', packed.subarray(9)),
        ],
      }),
    ],
    ['no end', png(plain).subarray(0, -12)],
    ['a cut end', png(plain).subarray(0, -1)],
    ['alpha', png({ ...plain, colour: 6, rows: rowsOf(width * 4) })],
    ['a transparent colour', part('tRNS', '\0\0\0\0\0\0')],
    ['a turn', part('eXIf', 'MM\0*')],
    ['an animation', part('acTL', '\0\0\0\x01\0\0\0\0')],
    ['a palette', part('PLTE', '\0\0\0')],
    ['a second header', part('IHDR')],
    ['a part that must be understood', part('ABCD')],
    ['nothing behind its mark', png(plain).subarray(0, 8)],
    ['the end first', Buffer.concat([png(plain).subarray(0, 8), chunk('IEND')])],
    ['more pixels than may be', png({ ...plain, height: 100_000 })],
  ])('a png with %s', async (_, bytes) => {
    expect(await wholePng(bytes, MOST)).toBeUndefined()
  })
  test('an interlaced png', async () => {
    const bytes = await sharp(await picture())
      .png({ progressive: true })
      .toBuffer()
    expect(await wholePng(bytes, MOST)).toBeUndefined()
  })
})
