// Pictures that come with something wrong. What hides a damaged or a huge picture is refused; what lies beside the pixels of
// a picture that is paid for does not make it useless.
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { GenerateImagesError } from '../../src/errors/index.ts'
import { decodeOriginal } from '../../src/render/decode.ts'
import { inspectOriginal } from '../../src/render/inspect.ts'
import { jpegParts } from '../../src/render/jpeg-parts.ts'
import { layoutOf } from '../../src/render/layout.ts'
import { createRenderer } from '../../src/render/render.ts'
import { renditionSpecOf } from '../../src/render/spec.ts'
import { FORMATS } from '../../src/spec/specs.ts'
import { lookOf, renderAll } from './looks.ts'
import { afterStart, chunk, png, segment } from './parts.ts'
import { picture, sha256 } from './pictures.ts'

const WIDTH = 120
const HEIGHT = 90
const SCRIPT = '<html><script>alert(1)</script></html>'

let pixels: Buffer
let rows: Buffer
let packed: Buffer
let jpeg: Buffer
let webp: Buffer
let profile: Buffer
beforeAll(async () => {
  const drawn = await picture({ width: WIDTH, height: HEIGHT })
  pixels = await sharp(drawn).raw().toBuffer()
  rows = Buffer.concat(
    Array.from({ length: HEIGHT }, (_, y) =>
      Buffer.concat([Buffer.of(0), pixels.subarray(y * WIDTH * 3, (y + 1) * WIDTH * 3)]),
    ),
  )
  packed = deflateSync(rows)
  jpeg = await sharp(drawn).jpeg().toBuffer()
  webp = await sharp(drawn).webp({ lossless: true }).toBuffer()
  const tagged = await sharp(drawn).withIccProfile('p3').png().toBuffer()
  profile = (await sharp(tagged).metadata()).icc!
})

const refusal = async (bytes: Uint8Array) => {
  const error = await inspectOriginal(bytes).then(
    (facts) => ({ code: 'TAKEN', sentence: JSON.stringify(facts) }),
    (cause: GenerateImagesError) => cause,
  )
  return `${error.code}: ${error.sentence}`
}
const small = { width: WIDTH, height: HEIGHT }
const icc = (data: Uint8Array, wrong = false) =>
  chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), data]), wrong)
const changed = (bytes: Buffer, change: (copy: Buffer) => void) => {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

describe('a flaw beside the pixels of a png leaves every pixel as it is', () => {
  const flaws: Readonly<Record<string, () => Uint8Array[]>> = {
    'a text with a wrong checksum': () => [chunk('tEXt', 'Comment\0boat', true)],
    'a text without a keyword': () => [chunk('tEXt', '\0')],
    'a packed text that can not be unpacked': () => [chunk('zTXt', 'Comment\0\0nonsense')],
    'a long text that ends early': () => [chunk('iTXt', 'a')],
    'gamma with a wrong checksum': () => [chunk('gAMA', Buffer.of(0, 0, 0xb1, 0x8f), true)],
    'gamma of zero': () => [chunk('gAMA', Buffer.alloc(4))],
    'gamma that is too short': () => [chunk('gAMA', Buffer.alloc(2))],
    'gamma twice': () => [chunk('gAMA', Buffer.of(0, 0, 0xb1, 0x8f)), chunk('gAMA', Buffer.of(0, 0, 1, 1))],
    'impossible chromaticities': () => [chunk('cHRM', Buffer.alloc(32, 255))],
    'an unknown sRGB intent': () => [chunk('sRGB', Buffer.of(9))],
    'a profile that is none': () => [icc(deflateSync(Buffer.from('nonsense')))],
    'a profile that can not be unpacked': () => [icc(Buffer.from('nonsense'))],
    'a profile that ends early': () => [icc(deflateSync(profile.subarray(0, 200)))],
    'a profile whose packing ends early': () => [icc(deflateSync(profile).subarray(0, 200))],
    'a profile of another length than it says': () => [
      icc(deflateSync(changed(profile, (copy) => copy.writeUInt32BE(copy.length + 100)))),
    ],
    'a profile for grey': () => [icc(deflateSync(changed(profile, (copy) => copy.write('GRAY', 16))))],
    'a profile without its tables': () => [
      icc(deflateSync(changed(profile, (copy) => copy.writeUInt32BE(0, 128)))),
    ],
    'a profile full of nonsense': () => [
      icc(deflateSync(changed(profile, (copy) => copy.fill(0x55, 132 + copy.readUInt32BE(128) * 12)))),
    ],
    'an impossible date': () => [chunk('tIME', Buffer.alloc(7, 255))],
    'a resolution that is too short': () => [chunk('pHYs', Buffer.alloc(3))],
    'impossible significant bits': () => [chunk('sBIT', Buffer.of(99, 99, 99))],
    'exif that is none': () => [chunk('eXIf', 'nonsense')],
    'a palette that nothing uses, with a wrong checksum': () => [chunk('PLTE', Buffer.alloc(6), true)],
    'a chunk that nobody knows, with a wrong checksum': () => [chunk('caBX', 'c2pa', true)],
  }
  test.each(Object.entries(flaws))('%s', async (_, make) => {
    for (const bytes of [png({ ...small, rows, before: make() }), png({ ...small, rows, after: make() })]) {
      const decoded = await decodeOriginal(bytes)
      expect(decoded).toMatchObject({ type: 'png', ...small, channels: 3, hasAlpha: false })
      expect(decoded.data.equals(pixels)).toBe(true)
    }
  })
  test('more packed rows than the picture has, and bytes behind them', async () => {
    const longer = png({ ...small, rows: Buffer.concat([rows, Buffer.alloc(5000)]) })
    const trailing = png({ ...small, idat: [chunk('IDAT', Buffer.concat([packed, Buffer.from('more')]))] })
    for (const bytes of [longer, trailing])
      expect((await decodeOriginal(bytes)).data.equals(pixels)).toBe(true)
  })
  test('an end that is missing after every pixel has come', async () => {
    const whole = png({ ...small, rows })
    expect((await decodeOriginal(whole.subarray(0, -12))).data.equals(pixels)).toBe(true)
  })
  test('a profile that is whole counts, also with a wrong checksum', async () => {
    const [right, wrong] = await Promise.all(
      [false, true].map(async (flaw) => {
        const before = [icc(deflateSync(profile), flaw)]
        return (await decodeOriginal(png({ ...small, rows, before }))).data
      }),
    )
    expect(right!.equals(pixels)).toBe(false)
    expect(right!.equals(wrong!)).toBe(true)
  })
  test('exif and a profile that are none leave a jpeg as it is', async () => {
    const { data } = await decodeOriginal(jpeg)
    const exif = segment(0xe1, 'Exif\0\0nonsense')
    const other = segment(0xe2, 'ICC_PROFILE\0\x01\x01nonsense')
    expect((await decodeOriginal(afterStart(jpeg, exif, other))).data.equals(data)).toBe(true)
  })
})

describe('damage to the pixels is refused', () => {
  const damages: Readonly<Record<string, () => Buffer>> = {
    'png: a wrong checksum': () => png({ ...small, idat: [chunk('IDAT', packed, true)] }),
    'png: a wrong checksum of the packed rows': () =>
      png({
        ...small,
        idat: [
          chunk(
            'IDAT',
            changed(packed, (copy) => copy.fill(0, copy.length - 4)),
          ),
        ],
      }),
    'png: packed rows that end early': () => png({ ...small, idat: [chunk('IDAT', packed.subarray(0, -5))] }),
    'png: a last row that is missing': () => png({ ...small, rows: rows.subarray(0, -(WIDTH * 3 + 1)) }),
    'png: no rows': () => png({ ...small, idat: [] }),
    'png: a filter that does not exist': () =>
      png({ ...small, rows: changed(rows, (copy) => copy.writeUInt8(9)) }),
    'png: another chunk between the rows': () =>
      png({
        ...small,
        idat: [
          chunk('IDAT', packed.subarray(0, 100)),
          chunk('tEXt', 'a\0b'),
          chunk('IDAT', packed.subarray(100)),
        ],
      }),
    'png: a header with a wrong checksum': () =>
      changed(png({ ...small, rows }), (copy) => copy.writeUInt8(copy[32]! ^ 1, 32)),
    'png: a part that must be understood and is not': () =>
      png({ ...small, rows, before: [chunk('ABCD', 'x')] }),
    'jpeg: a restart in the middle': () => {
      const scan = jpeg.indexOf(Buffer.of(0xff, 0xda))
      return Buffer.concat([jpeg.subarray(0, scan + 60), Buffer.of(0xff, 0xd0), jpeg.subarray(scan + 60)])
    },
    'jpeg: a part cut out': () => {
      const scan = jpeg.indexOf(Buffer.of(0xff, 0xda))
      return Buffer.concat([jpeg.subarray(0, scan + 60), jpeg.subarray(scan + 160)])
    },
    'jpeg: an end that comes early': () => {
      const scan = jpeg.indexOf(Buffer.of(0xff, 0xda))
      return Buffer.concat([jpeg.subarray(0, scan + 60), Buffer.of(0xff, 0xd9)])
    },
    'jpeg: no end': () => jpeg.subarray(0, -2),
    'webp: two bytes short': () => webp.subarray(0, -2),
    'webp: half': () => webp.subarray(0, webp.length >> 1),
  }
  test.each(Object.entries(damages))('%s', async (_, make) => {
    expect(await refusal(make())).toMatch(/^BROKEN_PICTURE/)
  })
})

describe('files that are two things at once', () => {
  test('what hangs behind a picture is passed over, and reaches no rendition', async () => {
    for (const original of [png({ ...small, rows }), jpeg, webp]) {
      const bytes = Buffer.concat([original, Buffer.from(`PK\x03\x04${SCRIPT}`, 'latin1')])
      const facts = await inspectOriginal(bytes)
      expect(facts).toMatchObject(small)
      await expectClean(bytes)
    }
  })
  test('what lies in a text of a png or a comment of a jpeg reaches no rendition', async () => {
    await expectClean(png({ ...small, rows, before: [chunk('tEXt', `Comment\0${SCRIPT}`)] }))
    await expectClean(afterStart(jpeg, segment(0xfe, SCRIPT)))
  })
  test('a picture behind something else is refused', async () => {
    const original = png({ ...small, rows })
    for (const before of [SCRIPT, 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'PK\x03\x04', '\n'])
      expect(await refusal(Buffer.concat([Buffer.from(before), original]))).toMatch(/^NOT_A_PICTURE/)
  })
  test('other formats under a mark of the three are refused', async () => {
    const other = await Promise.all(
      (['gif', 'tiff', 'avif'] as const).map(async (format) =>
        sharp(await picture())
          .toFormat(format)
          .toBuffer(),
      ),
    )
    for (const mark of ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF\0\0\0\0WEBP'])
      for (const bytes of [...other, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')])
        expect(await refusal(Buffer.concat([Buffer.from(mark, 'latin1'), bytes]))).toMatch(
          /^(BROKEN_PICTURE|NOT_A_PICTURE)/,
        )
  })

  async function expectClean(original: Buffer) {
    const { width, height, hasAlpha } = await inspectOriginal(original)
    const size = { width, height, sha256: sha256(original) }
    const look = lookOf({ widths: [60] })
    const specs = layoutOf(look, { width, height, hasAlpha }, FORMATS).map((file) =>
      renditionSpecOf({ original: size, look, provenance: true, ...file }),
    )
    const done = await renderAll(createRenderer(), { bytes: original, sha256: size.sha256 }, specs)
    expect(done.length).toBeGreaterThan(0)
    for (const { bytes } of done) expect(Buffer.from(bytes).includes('<script')).toBe(false)
  }
})

describe('bombs take neither memory nor time', () => {
  const MB = 1024
  /** The most memory that the process ever took, in kB: it can only grow, by what one refusal took. */
  const most = () => process.resourceUsage().maxRSS
  async function within(limit: number, bytes: Buffer, verdict: RegExp) {
    // sharp itself is in memory before.
    await inspectOriginal(jpeg)
    const before = most()
    expect(await refusal(bytes)).toMatch(verdict)
    expect(most() - before).toBeLessThan(limit)
  }

  test('one colour, 20000 x 20000, in 50 kB', async () => {
    const bomb = png({
      ...{ width: 20_000, height: 20_000, depth: 1, colour: 0 },
      rows: Buffer.alloc(20_000 * 2501),
    })
    expect(bomb.length).toBeLessThan(60_000)
    await within(60 * MB, bomb, /^PICTURE_TOO_LARGE.*400,000,000 \(20000x20000\) pixels/)
  })
  test('the widest and highest that each format can say', async () => {
    const wide = png({ width: 0x7fffffff, height: 0x7fffffff, idat: [chunk('IDAT', packed)] })
    const frame = jpeg.indexOf(Buffer.of(0xff, 0xc0))
    const big = changed(jpeg, (copy) => copy.writeUInt32BE(0xffffffff, frame + 5))
    await within(60 * MB, wide, /^(PICTURE_TOO_LARGE|BROKEN_PICTURE)/)
    await within(60 * MB, big, /^(PICTURE_TOO_LARGE|BROKEN_PICTURE)/)
  })
  test('texts and profiles that unpack to gigabytes', async () => {
    const gigabyte = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 })
    const texts = Array.from({ length: 32 }, () =>
      chunk('zTXt', Buffer.concat([Buffer.from('a\0\0', 'latin1'), gigabyte])),
    )
    await within(100 * MB, png({ ...small, rows, before: texts }), /^TAKEN/)
    await within(100 * MB, png({ ...small, rows, before: [icc(gigabyte)] }), /^TAKEN/)
    const long = Buffer.concat([Buffer.from('a\0\x01\0\0\0', 'latin1'), gigabyte])
    await within(100 * MB, png({ ...small, rows, before: [chunk('iTXt', long)] }), /^TAKEN/)
  })
  test('a jpeg of some thousand scans, each of which costs as much as a picture', async () => {
    const progressive = await sharp(await picture(small))
      .jpeg({ progressive: true })
      .toBuffer()
    expect(jpegParts(progressive)).toEqual({ scans: expect.any(Number), segments: expect.any(Number) })
    expect(jpegParts(progressive).scans).toBeGreaterThan(5)
    expect(await refusal(progressive)).toMatch(/^TAKEN/)
    const last = progressive.lastIndexOf(Buffer.of(0xff, 0xda))
    const scan = progressive.subarray(last, -2)
    const many = (count: number) =>
      Buffer.concat([progressive.subarray(0, last), ...Array(count).fill(scan), Buffer.of(0xff, 0xd9)])
    const others = jpegParts(progressive).scans - 1
    expect(jpegParts(many(5)).scans).toBe(others + 5)
    expect(await refusal(many(101 - others))).toBe(
      'PICTURE_TOO_LARGE: The picture has 101 scans; the limit is 100.',
    )
  })
  test('a jpeg of some million segments', async () => {
    const one = segment(0xe1, 'a')
    const many = (count: number) => afterStart(jpeg, Buffer.alloc(count * one.length, one))
    const { segments } = jpegParts(jpeg)
    expect(await refusal(many(10_000 - segments))).toMatch(/^TAKEN/)
    expect(await refusal(many(10_001 - segments))).toBe(
      'PICTURE_TOO_LARGE: The picture has 10,001 segments; the limit is 10,000.',
    )
    await within(60 * MB, many(1_000_000), /^PICTURE_TOO_LARGE/)
  })
  test('what looks like a part within another part of a jpeg is none', () => {
    const thumbnail = segment(0xe1, Buffer.concat([jpeg, jpeg]))
    const { scans, segments } = jpegParts(jpeg)
    expect(jpegParts(afterStart(jpeg, thumbnail))).toEqual({ scans, segments: segments + 1 })
    expect(jpegParts(afterStart(jpeg, Buffer.alloc(50, 0xff)))).toEqual({ scans, segments })
    expect(jpegParts(Buffer.concat([jpeg, jpeg]))).toEqual({ scans, segments })
    expect(jpegParts(Buffer.of(0xff, 0xd8, 0xff))).toEqual({ scans: 0, segments: 0 })
  })
})
