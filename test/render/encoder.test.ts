import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import {
  createRenderer,
  drawDraft,
  encoderVersion,
  inspectOriginal,
  layoutOf,
  renditionSpecOf,
} from '../../src/render/index.ts'
import { lookOf } from './looks.ts'

const original = { sha256: 'a'.repeat(64), width: 1, height: 1 }
const request = { original, format: 'webp', width: 1, height: 1, provenance: true, look: lookOf() } as const

/** Native libraries that this process has loaded. */
const native = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((file) => /sharp.*\.node$/.test(file))

test('a spec has the encoder unless told another', () => {
  expect(renditionSpecOf(request).encoder).toBe(encoderVersion())
})

test('sharp is not loaded before the first picture, and then it is the version that was named', async () => {
  createRenderer()
  layoutOf(lookOf(), original)
  renditionSpecOf(request)
  drawDraft({ width: 9, height: 9, name: 'a', prompt: 'b', state: 'missing' })
  await expect(inspectOriginal(Buffer.from('no picture'))).rejects.toThrow('NOT_A_PICTURE')
  expect(native()).toEqual([])
  await expect(inspectOriginal(Buffer.from([0xff, 0xd8, 0xff]))).rejects.toThrow('BROKEN_PICTURE')
  expect(native()).not.toEqual([])
  const { default: sharp } = await import('sharp')
  expect(encoderVersion()).toBe(`sharp ${sharp.versions.sharp}, renderer 4`)
})
