// Pictures that are whole, and the same bytes cut, changed, doubled and mixed: a decoder that can be made to crash would
// take the test run with it.
import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { inspectOriginal } from '../../src/render/inspect.ts'
import { typeOf } from '../../src/render/magic.ts'
import { expectOwn, hold } from './support.ts'

// A tenth of the real limits: a changed header may ask for any size below them.
const LIMITS = { pixels: 1_000_000, bytes: 1_000_000, seconds: 30 }
// Several at a time, as decoders of other threads do most of the work.
const SHARDS = 4
const CASES = { numRuns: 10_000 / SHARDS }

const pictures: Buffer[] = []
beforeAll(async () => {
  const drawn = (channels: 3 | 4) =>
    sharp(Buffer.from(Array.from({ length: 24 * 18 * channels }, (_, at) => (at * 37) & 255)), {
      raw: { width: 24, height: 18, channels },
    })
  const exif = { IFD0: { Copyright: 'boat' } }
  pictures.push(
    await drawn(3).png().toBuffer(),
    await drawn(4).png({ progressive: true }).withExif(exif).withIccProfile('p3').toBuffer(),
    await drawn(3).png({ palette: true, colours: 16 }).toBuffer(),
    await drawn(3).jpeg().toBuffer(),
    await drawn(3).jpeg({ progressive: true }).withExif(exif).withIccProfile('p3').toBuffer(),
    await drawn(3).toColourspace('cmyk').jpeg().toBuffer(),
    await drawn(4).webp().withExif(exif).toBuffer(),
    await drawn(4).webp({ lossless: true }).toBuffer(),
    await sharp([await drawn(4).png().toBuffer(), await drawn(3).png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer(),
  )
})

type Change = (bytes: Buffer) => Buffer
const share = fc.double({ min: 0, max: 1, noNaN: true })
const at = (bytes: Buffer, part: number) => Math.floor(bytes.length * part)
const change: fc.Arbitrary<Change> = fc.oneof(
  // One byte, most often in the headers.
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.oneof(
          share,
          share.map((one) => one / 8),
        ),
        fc.nat({ max: 255 }),
      )
      .map(
        ([part, byte]): Change =>
          (bytes) => {
            const copy = Buffer.from(bytes)
            if (copy.length > 0) copy[Math.min(copy.length - 1, at(copy, part))] = byte
            return copy
          },
      ),
  },
  // A number of four bytes, as lengths and sizes are.
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        share.map((one) => one / 8),
        fc.constantFrom(0, 1, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x01000000),
      )
      .map(
        ([part, value]): Change =>
          (bytes) => {
            const copy = Buffer.from(bytes)
            if (copy.length >= 4) copy.writeUInt32BE(value, Math.min(copy.length - 4, at(copy, part)))
            return copy
          },
      ),
  },
  {
    weight: 2,
    arbitrary: share.map(
      (part): Change =>
        (bytes) =>
          bytes.subarray(0, at(bytes, part)),
    ),
  },
  // A part left out or doubled.
  {
    weight: 2,
    arbitrary: fc.tuple(share, share).map(
      ([from, to]): Change =>
        (bytes) =>
          Buffer.concat([bytes.subarray(0, at(bytes, from)), bytes.subarray(at(bytes, to))]),
    ),
  },
  // The end of another picture behind the beginning of this one.
  {
    weight: 2,
    arbitrary: fc.tuple(share, share, fc.nat()).map(
      ([from, to, which]): Change =>
        (bytes) => {
          const other = pictures[which % pictures.length]!
          return Buffer.concat([bytes.subarray(0, at(bytes, from)), other.subarray(at(other, to))])
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 40 }).map(
      (more): Change =>
        (bytes) =>
          Buffer.concat([bytes, more]),
    ),
  },
)

/** Whether the bytes were taken. */
async function check(bytes: Buffer): Promise<boolean> {
  const found = await inspectOriginal(bytes, LIMITS).catch((error: unknown) => {
    expectOwn(error)
    hold(
      ['NOT_A_PICTURE', 'BROKEN_PICTURE', 'PICTURE_TOO_LARGE', 'ANIMATED_PICTURE'].includes(error.code),
      `an error of ${error.code}`,
    )
  })
  if (found === undefined) return false
  const { type, width, height, hasAlpha } = found
  hold(type === typeOf(bytes), `bytes of ${typeOf(bytes)} taken as ${type}`)
  hold(
    [width, height].every((edge) => Number.isInteger(edge) && edge > 0),
    `a size of ${width}x${height}`,
  )
  hold(width * height <= LIMITS.pixels, `${width}x${height} pixels beyond the limit`)
  hold(typeof hasAlpha === 'boolean' && !(hasAlpha && type === 'jpeg'), 'a jpeg with alpha')
  return true
}

test('pictures that are changed are measured or refused', async () => {
  let [taken, refused] = [0, 0]
  const cases = fc.asyncProperty(
    fc.nat(),
    fc.array(change, { minLength: 1, maxLength: 4 }),
    async (which, changes) => {
      const bytes = changes.reduce((now, one) => one(now), pictures[which % pictures.length]!)
      if (await check(bytes)) taken++
      else refused++
    },
  )
  await Promise.all(Array.from({ length: SHARDS }, () => fc.assert(cases, CASES)))
  // Neither everything nor nothing gets through to the decoders.
  expect(taken).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(500)
})

test('any bytes behind the marks of the three', async () => {
  const marks = [
    '\x89PNG\r\n\x1a\n',
    '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR',
    '\xff\xd8\xff',
    'RIFF\x40\0\0\0WEBPVP8 ',
    'RIFF\x40\0\0\0WEBPVP8X',
    '',
  ]
  const cases = fc.asyncProperty(
    fc.constantFrom(...marks),
    fc.uint8Array({ maxLength: 80 }),
    async (mark, bytes) => void (await check(Buffer.concat([Buffer.from(mark, 'latin1'), bytes]))),
  )
  await Promise.all(Array.from({ length: SHARDS }, () => fc.assert(cases, CASES)))
})
