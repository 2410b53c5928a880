import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeOriginal } from '../../src/render/decode.ts'
import { layoutOf } from '../../src/render/layout.ts'
import { createRenderer } from '../../src/render/render.ts'
import { renditionSpecOf } from '../../src/render/spec.ts'
import { FORMATS, type Format, type Look } from '../../src/spec/specs.ts'
import { lookOf, renderAll } from './looks.ts'
import { differenceOf, picture, pixelAt, sha256 } from './pictures.ts'

const wide = { kind: 'ratio', width: 16, height: 9 } as const
const tall = { kind: 'ratio', width: 1, height: 2 } as const
const MARK =
  'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"'

let bytes: Buffer
let holed: Buffer
beforeAll(async () => {
  bytes = await picture({ width: 640, height: 480 })
  holed = await picture({ width: 640, height: 480, hole: true })
})

/** Every file of a look, rendered. */
async function rendered(
  original: Buffer,
  look: Partial<Look> = {},
  { provenance = true, only }: { provenance?: boolean; only?: readonly Format[] } = {},
  renderer = createRenderer(),
) {
  const { width, height, hasAlpha } = await decodeOriginal(original)
  const full = lookOf({ widths: [160, 320, 9999], ...look })
  const size = { width, height, sha256: sha256(original) }
  const laid = layoutOf(full, { width, height, hasAlpha }, only ?? FORMATS)
  const specs = laid.map((file) => renditionSpecOf({ original: size, look: full, provenance, ...file }))
  return renderAll(renderer, { bytes: original, sha256: size.sha256 }, specs)
}

describe('every format', () => {
  test('comes at exactly the size that was laid out, as what it says', async () => {
    const done = await rendered(bytes, { frame: wide })
    expect(done.map(({ width, height }) => `${width}x${height}`)).toEqual(
      FORMATS.flatMap(() => ['160x90', '320x180', '640x360']),
    )
    for (const { spec, bytes: file, width, height } of done) {
      const found = await sharp(file).metadata()
      expect(found.format).toBe(spec.format === 'avif' ? 'heif' : spec.format)
      expect([found.width, found.height]).toEqual([width, height])
      expect([spec.width, spec.height]).toEqual([width, height])
    }
  })
  test('looks like its original', async () => {
    for (const { bytes: file } of await rendered(bytes, { frame: { kind: 'whole' } }))
      expect(await differenceOf(file, bytes)).toBeLessThan(3)
  })
  test('says where it comes from, and nothing else', async () => {
    const tagged = await sharp(bytes)
      .withExif({ IFD0: { Copyright: 'nobody' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    for (const { bytes: file } of await rendered(tagged, { widths: [64] })) {
      const { xmpAsString, exif, icc, iptc, space } = await sharp(file).metadata()
      expect(xmpAsString).toContain(MARK)
      // Also for readers that know no format, and nothing of it is compressed.
      expect(file.includes(MARK)).toBe(true)
      expect({ exif, icc, iptc }).toEqual({})
      expect(space).toBe('srgb')
    }
  })
  test('says nothing without provenance', async () => {
    for (const { bytes: file } of await rendered(bytes, { widths: [64] }, { provenance: false })) {
      expect((await sharp(file).metadata()).xmp).toBeUndefined()
      expect(file.includes('DigitalSourceType')).toBe(false)
    }
  })
  test('has the same bytes for the same spec', async () => {
    const [one, other] = [await rendered(bytes, { frame: wide }), await rendered(bytes, { frame: wide })]
    expect(one.map((file) => sha256(file.bytes))).toEqual(other.map((file) => sha256(file.bytes)))
    expect(new Set(one.map((file) => sha256(file.bytes))).size).toBe(one.length)
  })
  test('has the same bytes whatever number of threads another library asked for', async () => {
    const large = await picture({ width: 1600, height: 1200 })
    const hash = async () => sha256((await rendered(large, { widths: [9999] }, { only: ['avif'] }))[0]!.bytes)
    const one = await hash()
    sharp.concurrency(4)
    expect(await hash()).toBe(one)
  })
})

describe('quality and effort', () => {
  const sizeOf = async (format: Format, settings: { quality?: number; effort?: number }) =>
    (await rendered(bytes, { widths: [9999], encode: { [format]: settings } }, { only: [format] }))[0]!.bytes
      .length
  test.each(FORMATS)('%s: a low quality has fewer bytes', async (format) => {
    expect(await sizeOf(format, { quality: 20 })).toBeLessThan(await sizeOf(format, { quality: 95 }))
  })
  test('jpeg: effort 2 has fewer bytes than 1, and more effort changes nothing', async () => {
    const [one, two, most] = await Promise.all([1, 2, 9].map((effort) => sizeOf('jpeg', { effort })))
    expect(two).toBeLessThan(one!)
    expect(most).toBe(two)
  })
  test('png is lossless unless told, also with the least effort', async () => {
    for (const encode of [{}, { png: { effort: 0 } }]) {
      const [file] = await rendered(bytes, { widths: [9999], encode }, { only: ['png'] })
      const [found, expected] = [sharp(file!.bytes), sharp(bytes)].map((one) =>
        one.removeAlpha().raw().toBuffer(),
      )
      expect((await found!).equals(await expected!)).toBe(true)
    }
  })
})

describe('alpha', () => {
  test('is kept by avif, webp and png, and white in jpeg', async () => {
    for (const { spec, bytes: file } of await rendered(holed, { widths: [320] })) {
      const [r, g, b, alpha] = await pixelAt(file, 160, 120)
      if (spec.format === 'jpeg') expect(Math.min(r!, g!, b!)).toBeGreaterThan(250)
      expect(alpha).toBe(spec.format === 'jpeg' ? 255 : 0)
      expect((await pixelAt(file, 20, 20))[3]).toBe(255)
    }
  })
  test('is not written where everything is opaque', async () => {
    const opaque = await sharp(bytes).ensureAlpha(1).png().toBuffer()
    for (const { bytes: file } of await rendered(opaque, { widths: [64] }))
      expect((await sharp(file).metadata()).hasAlpha).toBe(false)
  })
})

describe('the crop', () => {
  test('is the same in all widths and formats', async () => {
    const original = await picture({ width: 1200, height: 800 })
    for (const position of ['attention', 'entropy', 'left']) {
      const done = await rendered(original, { frame: tall, position, widths: [60, 150, 400] })
      const largest = done.at(-1)!.bytes
      for (const { bytes: file } of done) expect(await differenceOf(file, largest)).toBeLessThan(4)
    }
  })
  test('keeps what draws attention, or the side that was told', async () => {
    const red = async (position: string) => {
      const [file] = await rendered(bytes, { frame: tall, position, widths: [120] }, { only: ['png'] })
      const { channels } = await sharp(file!.bytes).stats()
      return channels[0]!.max
    }
    expect(await red('attention')).toBeGreaterThan(200)
    expect(await red('right')).toBeGreaterThan(200)
    expect(await red('left')).toBeLessThan(160)
    expect(await red('centre')).toBeLessThan(160)
  })
  test('top and bottom are told apart', async () => {
    const flat = { kind: 'ratio', width: 8, height: 1 } as const
    const at = async (position: string) => {
      const [file] = await rendered(bytes, { frame: flat, position, widths: [80] }, { only: ['png'] })
      return (await pixelAt(file!.bytes, 5, 5)).slice(0, 3)
    }
    expect(await at('top')).toEqual([0x7c, 0x8a, 0x96])
    expect(await at('bottom')).toEqual([0x66, 0x72, 0x7d])
  })
})

describe('the other fits', () => {
  test('contain pads: clear, and white in jpeg; the position says where', async () => {
    const frame = { kind: 'ratio', width: 2, height: 1 } as const
    for (const { spec, bytes: file } of await rendered(bytes, {
      frame,
      fit: 'contain',
      position: 'right',
      widths: [200],
    })) {
      const [edge, inside] = [await pixelAt(file, 4, 50), await pixelAt(file, 100, 20)]
      expect(edge[3]).toBe(spec.format === 'jpeg' ? 255 : 0)
      if (spec.format === 'jpeg') expect(Math.min(...edge)).toBeGreaterThan(250)
      expect(inside[3]).toBe(255)
      expect(inside[0]).toBeLessThan(0x90)
      expect((await pixelAt(file, 198, 50))[3]).toBe(255)
    }
  })
  test('fill distorts, inside and outside keep the ratio', async () => {
    const frame = { kind: 'pixels', width: 300, height: 300 } as const
    for (const [fit, size] of [
      ['fill', '300x300'],
      ['inside', '300x225'],
      ['outside', '400x300'],
    ] as const) {
      const [file] = await rendered(bytes, { frame, fit, widths: [9999] }, { only: ['webp'] })
      expect(`${file!.width}x${file!.height}`).toBe(size)
      expect(await differenceOf(file!.bytes, bytes)).toBeLessThan(3)
    }
  })
})

test('a picture on its side is shown upright', async () => {
  const turned = await sharp(bytes)
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer()
  const [file] = await rendered(turned, { widths: [9999] }, { only: ['png'] })
  expect([file!.width, file!.height]).toEqual([640, 480])
  expect(await differenceOf(file!.bytes, bytes)).toBeLessThan(3)
})

describe('the renderer', () => {
  const counting = () => {
    const seen = { decoded: 0 }
    const decode: typeof decodeOriginal = async (...args) => {
      seen.decoded += 1
      return decodeOriginal(...args)
    }
    return { seen, decode }
  }

  test('decodes once for eight files, and not at all for none', async () => {
    const { seen, decode } = counting()
    const renderer = createRenderer({ decode })
    expect(await rendered(bytes, { frame: tall }, {}, renderer)).toHaveLength(8)
    expect(seen.decoded).toBe(1)
    expect(await renderAll(renderer, { bytes, sha256: sha256(bytes) }, [])).toEqual([])
    expect(seen.decoded).toBe(1)
  })

  test('holds no more decoded originals at a time than it may', async () => {
    const count = { decoded: 0, finished: 0, most: 0 }
    const decode: typeof decodeOriginal = async (...args) => {
      // What finished just before has had its turn to be counted.
      await new Promise((turn) => setImmediate(turn))
      count.decoded += 1
      count.most = Math.max(count.most, count.decoded - count.finished)
      return decodeOriginal(...args)
    }
    const renderer = createRenderer({ concurrency: 2, decode })
    const all = Array.from({ length: 6 }, async () => {
      await rendered(bytes, { widths: [32, 64] }, { only: ['webp'] }, renderer)
      count.finished += 1
    })
    await Promise.all(all)
    expect(count).toEqual({ decoded: 6, finished: 6, most: 2 })
  })

  test('works through more pictures than places, one at a time', async () => {
    const renderer = createRenderer({ concurrency: 1 })
    const all = [1, 2, 3].map(() =>
      rendered(bytes, { widths: [32, 64] }, { only: ['webp', 'jpeg'] }, renderer),
    )
    expect((await Promise.all(all)).flat()).toHaveLength(12)
  })

  describe('with files', () => {
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'render-'))
    })
    afterAll(() => rm(folder, { recursive: true }))
    const specOf = (sha: string, over: Partial<Look> = {}) =>
      renditionSpecOf({
        original: { sha256: sha, width: 640, height: 480 },
        look: lookOf(over),
        ...{ format: 'webp', width: 64, height: 48, provenance: true },
      })

    test('reads an original from its file', async () => {
      const file = join(folder, 'a.png')
      await writeFile(file, bytes)
      const [one] = await renderAll(createRenderer(), { file, sha256: sha256(bytes) }, [
        specOf(sha256(bytes)),
      ])
      expect(one!.width).toBe(64)
    })
    test('says when the file is gone', async () => {
      const gone = { file: join(folder, 'gone.png'), sha256: sha256(bytes) }
      await expect(renderAll(createRenderer(), gone, [specOf(gone.sha256)])).rejects.toThrow(
        "The original can't be read (ENOENT). [ORIGINAL_UNREADABLE]",
      )
    })
    test('says when the bytes are others than those of the specs', async () => {
      const sha = 'c'.repeat(64)
      await expect(renderAll(createRenderer(), { bytes, sha256: sha }, [specOf(sha)])).rejects.toMatchObject({
        code: 'ORIGINAL_CHANGED',
      })
    })
    test('takes no specs of another original', async () => {
      const source = { bytes, sha256: sha256(bytes) }
      await expect(renderAll(createRenderer(), source, [specOf('c'.repeat(64))])).rejects.toThrow(TypeError)
    })
    test('says which file the encoder can not make, and works on afterwards', async () => {
      const renderer = createRenderer({ concurrency: 1 })
      const source = { bytes, sha256: sha256(bytes) }
      const size = { ...source, width: 640, height: 480 }
      const look = lookOf()
      // WebP ends at 16383 pixels.
      const tooWide = renditionSpecOf({
        original: size,
        look,
        format: 'webp',
        width: 16_384,
        height: 4,
        provenance: true,
      })
      const good = specOf(source.sha256)
      await expect(renderAll(renderer, source, [tooWide, good])).rejects.toThrow(
        /webp of 16384x4 can't be made: .+RENDER_FAILED/,
      )
      expect(await renderAll(renderer, source, [good])).toHaveLength(1)
    })
    test('passes on why an original can not be decoded', async () => {
      const cut = bytes.subarray(0, 900)
      await expect(
        renderAll(createRenderer(), { bytes: cut, sha256: sha256(cut) }, [specOf(sha256(cut))]),
      ).rejects.toMatchObject({ code: 'BROKEN_PICTURE' })
    })
  })
})
