// Answers that are paid for and hold no picture, or one that must not be decoded: set aside, named, and nothing breaks.
// What is only unusual is kept.
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { chunk, png, u32 } from '../render/parts.ts'
import { during, instead, withBytes } from './answers.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { Answer } from './server.ts'

const flat = (width = 64, height = 64) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
const frames = async () =>
  sharp([await flat().png().toBuffer(), await flat().negate().png().toBuffer()], { join: { animated: true } })

/** Paid for, useless: its answer is kept for a look, and the next run has to ask again. */
const setAside = (code: string, words: RegExp): Expected => ({
  ...{ posts: [1, 1], exits: [1, 0], paid: 2, codes: [code] },
  says: [
    /✗ boat: .*It is paid for, and its answer is kept in generated-images\/\.takes\/\.rejected\//,
    words,
  ],
})
const notAPicture = setAside('NOT_A_PICTURE', /Convert it to one of the three/)
const broken = setAside('BROKEN_PICTURE', /bring back a whole copy/)
const tooLarge = setAside('PICTURE_TOO_LARGE', /Make it smaller/)

function useless(name: string, bytes: () => Promise<Uint8Array> | Uint8Array, expect: Expected): void {
  fault({ fault: name, expect }, async (scene) => {
    scene.api.script(withBytes(await bytes()))
    await scene.run()
    await scene.run()
  })
}

area('no usable picture', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><image href="file:///etc/passwd"/></svg>'
  useless('an SVG', () => Buffer.from(svg), notAPicture)
  useless('a GIF', () => flat().gif().toBuffer(), notAPicture)
  useless(
    'a page that calls itself a PNG',
    () => Buffer.from('<!doctype html><title>boat.png</title>'),
    notAPicture,
  )
  useless('a TIFF', () => flat().tiff().toBuffer(), notAPicture)
  useless(
    'a PNG cut in half',
    async () => {
      const whole = await flat(640, 480).png({ compressionLevel: 0 }).toBuffer()
      return whole.subarray(0, whole.length >> 1)
    },
    broken,
  )
  useless(
    'a PNG whose pixels were changed on the way',
    async () => {
      const bytes = Buffer.from(await flat(640, 480).png({ compressionLevel: 0 }).toBuffer())
      bytes[bytes.length >> 1]! ^= 1
      return bytes
    },
    broken,
  )
  useless(
    'a bomb: 400 million pixels in 50 kB',
    () => {
      const rows = deflateSync(Buffer.alloc(20_000 * 2501), { level: 1 })
      return png({ width: 20_000, height: 20_000, depth: 1, colour: 0, idat: [chunk('IDAT', rows)] })
    },
    tooLarge,
  )
  useless(
    'a header of 30000x30000 and nothing else',
    () => png({ width: 30_000, height: 30_000, rows: Buffer.alloc(100) }),
    tooLarge,
  )
  useless(
    'an animated WebP',
    async () => (await frames()).webp().toBuffer(),
    setAside('ANIMATED_PICTURE', /Save one frame/),
  )
  useless(
    'an animated PNG',
    async () => {
      const bytes = await flat().png().toBuffer()
      const control = chunk('acTL', Buffer.concat([u32(2), u32(0)]))
      return Buffer.concat([bytes.subarray(0, 33), control, bytes.subarray(33)])
    },
    setAside('ANIMATED_PICTURE', /Save one frame/),
  )
  useless(
    'a JPEG that ends after its header',
    async () => (await flat(640, 480).jpeg().toBuffer()).subarray(0, 400),
    broken,
  )
})

area('an unusual picture', () => {
  const kept: Expected = { posts: [1], exits: [0], paid: 1, says: [/1 picture made/] }
  const unusual = (name: string, answer: () => Promise<Answer> | Answer) =>
    fault({ fault: name, expect: kept }, async (scene) => {
      scene.api.script(await answer())
      await scene.run()
    })
  unusual('a JPEG where a PNG was asked for', async () => withBytes(await flat().jpeg().toBuffer()))
  unusual('of another size than asked for', async () => withBytes(await flat(800, 600).webp().toBuffer()))
  unusual('with a "data:" prefix', () =>
    instead((good) => good.replace('"b64_json":"', '"b64_json":"data:image/png;base64,')),
  )
  unusual('with a program behind its end', async () =>
    withBytes(Buffer.concat([await flat().png().toBuffer(), Buffer.from('#!/bin/sh\nrm -rf ~\n')])),
  )
  unusual('of 64x64 pixels that unpack to 256 MB', () => {
    const rows = deflateSync(Buffer.alloc(1 << 28), { level: 1 })
    return withBytes(png({ width: 64, height: 64, idat: [chunk('IDAT', rows)] }))
  })
  unusual('in an answer with fields that nobody knows', () =>
    instead((good) =>
      JSON.stringify({ ...JSON.parse(good), __proto__: null, constructor: 1, id: ['x'], warning: '' }),
    ),
  )
})

area('no decoder', () => {
  const none = /Install it for this machine: npm install --include=optional sharp/
  fault(
    {
      fault: 'sharp is not there: nothing is asked for',
      expect: { posts: [0, 1], exits: [2, 0], paid: 1, codes: ['NO_ENCODER'], says: [none] },
    },
    async (scene) => {
      await scene.run([], { sharpLoads: 0 })
      await scene.run()
    },
  )
  fault(
    {
      fault: 'sharp goes away while the answers are awaited',
      pictures: 2,
      expect: {
        ...{ posts: [2, 0], exits: [2, 0], paid: 2, codes: ['NO_ENCODER'] },
        says: [/✗ boat-01: sharp can't be loaded/, none, /2 finished for free/],
      },
    },
    async (scene) => {
      const both = during(() => scene.until(() => scene.api.posts === 2))
      scene.api.script(both, both)
      await scene.run([], { sharpLoads: 1 })
      await scene.run()
    },
  )
})
