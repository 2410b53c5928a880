import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { renderPlaceholder } from '../../src/render/placeholder.ts'
import { createRenderer } from '../../src/render/render.ts'
import { lookOf } from './looks.ts'
import { differenceOf, picture, sha256 } from './pictures.ts'

const bytesOf = (uri: string) => Buffer.from(uri.replace(/^data:image\/webp;base64,/, ''), 'base64')
const request = (kind: 'blur' | 'color', over = {}) => ({ kind, ...lookOf(over) })
const noisy = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 4,
      background: '#123',
      noise: { type: 'gaussian', mean: 128, sigma: 90 },
    },
  })
    .png()
    .toBuffer()

describe('blur', () => {
  test('is a tiny webp in a data URI that looks like the picture', async () => {
    const original = await picture({ width: 640, height: 480 })
    const uri = await renderPlaceholder(original, request('blur'))
    expect(uri).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/)
    const { width, height, format } = await sharp(bytesOf(uri)).metadata()
    expect([format, width, height]).toEqual(['webp', 16, 12])
    expect(await differenceOf(bytesOf(uri), original)).toBeLessThan(8)
  })
  test('has the shape of the frame, and shows its crop', async () => {
    const original = await picture({ width: 640, height: 480 })
    const frame = { kind: 'ratio', width: 1, height: 2 } as const
    const right = bytesOf(
      await renderPlaceholder(original, request('blur', { frame, position: 'attention' })),
    )
    const left = bytesOf(await renderPlaceholder(original, request('blur', { frame, position: 'left' })))
    expect(await sharp(right).metadata()).toMatchObject({ width: 8, height: 16 })
    expect(await differenceOf(right, left)).toBeGreaterThan(5)
  })
  test('is small even for noise, and for noise with alpha', async () => {
    const flat = await noisy(512, 512)
    const holed = await sharp(flat)
      .composite([{ input: await picture({ width: 512, height: 512, hole: true }), blend: 'dest-in' }])
      .png()
      .toBuffer()
    for (const original of [flat, holed])
      expect(bytesOf(await renderPlaceholder(original, request('blur'))).length).toBeLessThanOrEqual(300)
  })
  test('keeps holes open', async () => {
    const uri = await renderPlaceholder(await picture({ hole: true }), request('blur'))
    expect((await sharp(bytesOf(uri)).stats()).isOpaque).toBe(false)
  })
  test('is never larger than the picture, and steep pictures have at least a pixel', async () => {
    const size = async (width: number, height: number) => {
      const uri = await renderPlaceholder(await picture({ width, height }), request('blur'))
      const found = await sharp(bytesOf(uri)).metadata()
      return [found.width, found.height]
    }
    expect(await size(5, 4)).toEqual([5, 4])
    expect(await size(2000, 10)).toEqual([16, 1])
  })
  test('is the same each time, also from the renderer', async () => {
    const original = await picture()
    const one = await renderPlaceholder(original, request('blur'))
    expect(await renderPlaceholder(original, request('blur'))).toBe(one)
    const source = { bytes: original, sha256: sha256(original) }
    expect(await createRenderer().placeholder(source, request('blur'))).toBe(one)
  })
})

describe('color', () => {
  const plain = (background: string) =>
    sharp({ create: { width: 50, height: 40, channels: 4, background } })
      .png()
      .toBuffer()
  test('is the colour of a plain picture', async () => {
    expect(await renderPlaceholder(await plain('#3366cc'), request('color'))).toBe('#3366cc')
    expect(await renderPlaceholder(await plain('#000305'), request('color'))).toBe('#000305')
  })
  test('does not count what can not be seen', async () => {
    const holed = await picture({ hole: true, width: 400, height: 400 })
    const color = await renderPlaceholder(holed, request('color'))
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    // The paint is #7c8a96 with a red spot.
    expect(Math.abs(r! - 0x7c)).toBeLessThan(30)
    expect(Math.abs(g! - 0x8a)).toBeLessThan(20)
    expect(Math.abs(b! - 0x96)).toBeLessThan(20)
  })
  test('is white for nothing at all', async () => {
    expect(await renderPlaceholder(await plain('#00000000'), request('color'))).toBe('#ffffff')
  })
})

test('refuses what is no picture', async () => {
  await expect(renderPlaceholder(Buffer.from('<svg/>'), request('blur'))).rejects.toMatchObject({
    code: 'NOT_A_PICTURE',
  })
})
