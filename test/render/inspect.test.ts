import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createDeflate, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/errors/index.ts'
import { LIMITS } from '../../src/render/decode.ts'
import { inspectOriginal } from '../../src/render/inspect.ts'
import { chunk, png } from './parts.ts'
import { picture } from './pictures.ts'

async function refusal(bytes: Uint8Array, limits?: Parameters<typeof inspectOriginal>[1]) {
  const error = await inspectOriginal(bytes, limits).then(
    (facts) => ({ code: 'TAKEN', sentence: JSON.stringify(facts) }),
    (cause: { code: ErrorCode; sentence: string }) => cause,
  )
  return `${error.code}: ${error.sentence}`
}

describe('takes', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('a %s', async (format) => {
    const bytes = await picture({ width: 320, height: 200, format })
    expect(await inspectOriginal(bytes)).toEqual({ type: format, width: 320, height: 200, hasAlpha: false })
  })
  test.each(['png', 'webp'] as const)('a %s with a hole, as one with alpha', async (format) => {
    expect(await inspectOriginal(await picture({ format, hole: true }))).toMatchObject({ hasAlpha: true })
  })
  test('an alpha channel that is opaque everywhere, as one without alpha', async () => {
    const bytes = await sharp(await picture())
      .ensureAlpha(1)
      .png()
      .toBuffer()
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true)
    expect(await inspectOriginal(bytes)).toMatchObject({ hasAlpha: false })
  })
  test('one pixel that is nearly opaque, as one with alpha', async () => {
    const data = Buffer.alloc(9 * 9 * 4, 255)
    data[9 * 9 * 4 - 1] = 254
    const bytes = await sharp(data, { raw: { width: 9, height: 9, channels: 4 } })
      .png()
      .toBuffer()
    expect(await inspectOriginal(bytes)).toMatchObject({ hasAlpha: true })
  })
  test('a jpeg on its side, upright', async () => {
    const bytes = await sharp(await picture({ width: 300, height: 200 }))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await inspectOriginal(bytes)).toMatchObject({ width: 200, height: 300 })
  })
  test('grey, 16 bits and CMYK', async () => {
    const base = await picture({ width: 32, height: 32 })
    const grey = await sharp(base).greyscale().toColourspace('b-w').png().toBuffer()
    const deep = await sharp(base).toColourspace('rgb16').png().toBuffer()
    const print = await sharp(base).toColourspace('cmyk').jpeg().toBuffer()
    for (const bytes of [grey, deep, print])
      expect(await inspectOriginal(bytes)).toMatchObject({ width: 32, height: 32, hasAlpha: false })
  })
})

describe('refuses what is no picture of the three kinds', () => {
  test('other formats, each by its name', async () => {
    const base = sharp(await picture({ width: 40, height: 30 }))
    const found = {
      gif: await refusal(await base.clone().gif().toBuffer()),
      tiff: await refusal(await base.clone().tiff().toBuffer()),
      avif: await refusal(await base.clone().avif().toBuffer()),
      heif: await refusal(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')),
      svg: await refusal(
        Buffer.from('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      ),
      html: await refusal(Buffer.from('<!DOCTYPE html><html></html>')),
      json: await refusal(Buffer.from('{"error":{"message":"no"}}')),
      text: await refusal(Buffer.from('data:image/png;base64,iVBORw0KGgo=')),
      lfs: await refusal(Buffer.from('version https://git-lfs.github.com/spec/v1\n')),
      nothing: await refusal(Buffer.alloc(0)),
      noise: await refusal(Buffer.from([0, 1, 2, 3, 250, 251, 252, 253, 254])),
    }
    expect(found).toMatchInlineSnapshot(`
      {
        "avif": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is an AVIF.",
        "gif": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is a GIF.",
        "heif": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is a HEIF picture or a video.",
        "html": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is an HTML page.",
        "json": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is JSON.",
        "lfs": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is a Git LFS pointer.",
        "noise": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is unknown (it begins with the bytes 00 01 02 03 fa fb fc fd).",
        "nothing": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is empty.",
        "svg": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is an SVG drawing.",
        "text": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is a data URI (text).",
        "tiff": "NOT_A_PICTURE: This is no PNG, JPEG or WebP picture: it is a TIFF.",
      }
    `)
  })
  test('a magic number with nothing behind it', async () => {
    expect(await refusal(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toMatch(
      /^BROKEN_PICTURE: The png picture/,
    )
    expect(await refusal(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toMatch(/^BROKEN_PICTURE/)
    expect(await refusal(Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1'))).toMatch(/^BROKEN_PICTURE/)
  })
})

describe('refuses a picture that is not whole', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('a %s cut at any place', async (format) => {
    const bytes = await picture({ format, width: 200, height: 150 })
    for (const share of [0.1, 0.5, 0.9, 0.97])
      expect(await refusal(bytes.subarray(0, Math.floor(bytes.length * share)))).toMatch(/^BROKEN_PICTURE/)
  })
  test('a png whose pixels are damaged', async () => {
    const bytes = Buffer.from(await picture())
    bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 40)
    expect(await refusal(bytes)).toMatch(/^BROKEN_PICTURE/)
  })
})

describe('refuses animations', () => {
  test('a webp with two frames', async () => {
    const frames = [
      await picture({ width: 20, height: 20 }),
      await picture({ width: 20, height: 20, hole: true }),
    ]
    const bytes = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    expect(await refusal(bytes)).toBe('ANIMATED_PICTURE: The webp picture is animated (2 frames).')
  })
  test('a png that announces an animation', async () => {
    const still = await picture({ width: 20, height: 20 })
    const animated = Buffer.concat([
      still.subarray(0, 33),
      chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
      still.subarray(33),
    ])
    expect(await refusal(animated)).toBe('ANIMATED_PICTURE: The png picture is animated.')
  })
})

describe('holds its limits', () => {
  test('a small file that claims a huge picture, before any pixel is decoded', async () => {
    const header = Buffer.from([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 1, 0, 0, 0, 0])
    const bomb = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(30_000 * 3751))),
      chunk('IEND', Buffer.alloc(0)),
    ])
    expect(bomb.length).toBeLessThan(150_000)
    expect(await refusal(bomb)).toBe(
      'PICTURE_TOO_LARGE: The picture has 900,000,000 (30000x30000) pixels; the limit is 64,000,000.',
    )
  })
  test('time: what is still decoded after that is given up', async () => {
    // Rows that refer to the one above, 16 bits, with a profile: each has to be worked out, and all are nearly nothing.
    const width = 8000
    const row = Buffer.alloc(1 + width * 6)
    row[0] = 4
    const tagged = await sharp(await picture())
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const profile = deflateSync((await sharp(tagged).metadata()).icc!)
    const before = [chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), profile]))]
    const codes: string[] = []
    // More rows, until this machine needs more than a second for them.
    for (let height = 8000; height <= 64_000 && codes.at(-1) !== 'PICTURE_TOO_SLOW'; height *= 2) {
      const rows = Readable.from(Array<Buffer>(height).fill(row))
      const idat = [chunk('IDAT', await buffer(rows.pipe(createDeflate({ level: 1 }))))]
      const bytes = png({ width, height, depth: 16, before, idat })
      const found = await refusal(bytes, { ...LIMITS, pixels: width * height, seconds: 1 })
      codes.push(found.split(':')[0]!)
      if (codes.at(-1) === 'PICTURE_TOO_SLOW')
        expect(found).toBe('PICTURE_TOO_SLOW: The png picture takes more than 1 s to decode.')
    }
    expect(codes.at(-1)).toBe('PICTURE_TOO_SLOW')
  }, 60_000)
  test('pixels and bytes, exactly', async () => {
    const bytes = await picture({ width: 100, height: 50 })
    const limits = { pixels: 5000, bytes: bytes.length, seconds: 30 }
    expect(await refusal(bytes, limits)).toMatch(/^TAKEN/)
    expect(await refusal(bytes, { ...limits, pixels: 4999 })).toMatch(
      /^PICTURE_TOO_LARGE.*5,000 \(100x50\) pixels/,
    )
    expect(await refusal(bytes, { ...limits, bytes: bytes.length - 1 })).toMatch(/^PICTURE_TOO_LARGE.*bytes/)
  })
})
