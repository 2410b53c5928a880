import sharp from 'sharp'
import { expect, test } from 'vitest'
import { markStale } from '../../src/render/stale-mark.ts'

const RED = [0xb3, 0x26, 0x1e]

test.each([
  [1440, 810],
  [200, 113],
  [90, 90],
  [24, 24],
  [1000, 12],
])('marks the corner of %i × %i, and leaves the rest as it is', async (width, height) => {
  const background = { r: 10, g: 200, b: 30 }
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
  const svg = Buffer.from(markStale({ bytes, type: 'image/png', width, height }))
  const { data, info } = await sharp(svg).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([width, height])
  const pixel = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
  expect(pixel(width - 2, 0)).toEqual(RED)
  for (const [x, y] of [
    [1, 1],
    [1, height - 2],
    [width - 2, height - 2],
    [Math.floor(width / 2), Math.floor(height / 2)],
  ] as const)
    expect(pixel(x, y)).toEqual([10, 200, 30])
})
