import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/index.ts'
import { createRandom } from '../../src/emulator/paint/random.ts'
import { SCENES } from '../../src/emulator/paint/scenes/index.ts'
import { choose, wordsOf } from '../../src/emulator/paint/words.ts'
import { answered, body, bytesOf, hashOf, post } from './support.ts'

/** The picture of a request to a new emulator, or to a given one. */
async function picture(fields: object = {}, emulator: Emulator = createEmulator()): Promise<Buffer> {
  return bytesOf(await answered(emulator, body(fields)))
}

/** How far two pictures are apart, 0–255, seen from afar. */
async function distance(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all(
    [a, b].map((bytes) => sharp(bytes).resize(64, 64).greyscale().raw().toBuffer()),
  )
  return x!.reduce((sum, value, i) => sum + Math.abs(value - y![i]!), 0) / x!.length
}

// The smallest picture of all, for what does not depend on the size.
const SMALL = { model: 'dall-e-2', quality: 'standard', size: '256x256', response_format: 'b64_json' }
const FAMILIES = [
  'boat',
  'mountain',
  'forest',
  'city',
  'planet',
  'flower',
  'desert',
  'abstract',
  'cup',
  'portrait',
]

describe('every family', () => {
  it.each(FAMILIES)('%s: whole, opaque, not of one colour, and as heavy as a real one', async (word) => {
    const bytes = await picture({ prompt: `A ${word}.` })
    const { width, height, channels, format } = await sharp(bytes).metadata()
    expect({ width, height, channels, format }).toEqual({
      width: 1024,
      height: 1024,
      channels: 3,
      format: 'png',
    })
    expect(bytes.length).toBeGreaterThan(1e6)
    expect(bytes.length).toBeLessThan(2.5e6)
    const { entropy, channels: stats } = await sharp(bytes).stats()
    expect(entropy).toBeGreaterThan(5)
    expect(Math.max(...stats.map(({ stdev }) => stdev))).toBeGreaterThan(15)
  })

  it.each(FAMILIES)('%s: alone, on nothing, with soft edges', async (word) => {
    const bytes = await picture({ prompt: `A ${word}.`, model: 'gpt-image-1', background: 'transparent' })
    const alpha = await sharp(bytes).extractChannel('alpha').raw().toBuffer()
    const share = (test: (value: number) => boolean) =>
      alpha.reduce((sum, value) => sum + (test(value) ? 1 : 0), 0) / alpha.length
    expect(share((value) => value === 0)).toBeGreaterThan(0.25)
    expect(share((value) => value === 255)).toBeGreaterThan(0.08)
    expect(share((value) => value > 0 && value < 255)).toBeGreaterThan(0.001)
    for (const corner of [0, 1023, 1023 * 1024, 1024 * 1024 - 1]) expect(alpha[corner]).toBe(0)
  })

  it('is reached by its own words', () => {
    const reached = FAMILIES.map((word) => choose(SCENES, wordsOf(`Some ${word}s, please`), createRandom('')))
    expect(new Set(reached).size).toBe(SCENES.length)
  })
})

describe('words', () => {
  it('lose the s of a plural and nothing else', () => {
    expect(wordsOf('Boats, glass; a CACTUS — Über-Äpfel iris')).toEqual([
      'boat',
      'glass',
      'a',
      'cactus',
      'über',
      'äpfel',
      'iris',
    ])
  })

  it('choose by number, then by place, then by chance', () => {
    const choices = [{ words: ['sea'] }, { words: ['city', 'night'] }]
    const chosen = (prompt: string) => choose(choices, wordsOf(prompt), createRandom('x'))
    expect(chosen('sea before a city at night')).toBe(choices[1])
    expect(chosen('sea and city')).toBe(choices[0])
    expect(chosen('city and sea')).toBe(choices[1])
    expect(choices).toContain(chosen('nothing known'))
  })
})

describe('determinism', () => {
  it('gives the same bytes for the same request to a new emulator', async () => {
    expect(hashOf(await picture(SMALL))).toBe(hashOf(await picture(SMALL)))
  })

  it('gives another take when asked again, the same in every life', async () => {
    const lives = await Promise.all(
      [0, 1].map(async () => {
        const emulator = createEmulator()
        return [await picture(SMALL, emulator), await picture(SMALL, emulator)]
      }),
    )
    const [[first, second], [again, secondAgain]] = lives as [[Buffer, Buffer], [Buffer, Buffer]]
    expect(await distance(first, second)).toBeGreaterThan(3)
    expect([hashOf(first), hashOf(second)]).toEqual([hashOf(again), hashOf(secondAgain)])
  })

  it('gives n takes at once, the ones that asking n times would give', async () => {
    const together = await answered(createEmulator(), { ...body(SMALL), n: 2 })
    const emulator = createEmulator()
    const apart = [await picture(SMALL, emulator), await picture(SMALL, emulator)]
    expect([0, 1].map((i) => hashOf(bytesOf(together, i)))).toEqual(apart.map(hashOf))
  })

  it('begins anew after a reset', async () => {
    const emulator = createEmulator()
    const first = await picture(SMALL, emulator)
    emulator.reset()
    expect(hashOf(await picture(SMALL, emulator))).toBe(hashOf(first))
  })

  it('counts no take for a request that no model saw', async () => {
    const emulator = createEmulator({ picture: 'flat' })
    emulator.faults.order({ fault: 'insufficient-quota' })
    await post(emulator, body())
    const fresh = createEmulator({ picture: 'flat' })
    expect(hashOf(await picture({}, emulator))).toBe(hashOf(await picture({}, fresh)))
  })

  it('paints another prompt otherwise, and another quality with other bytes', async () => {
    const boat = await picture({ size: '1024x640' })
    expect(
      await distance(boat, await picture({ prompt: 'A city at night.', size: '1024x640' })),
    ).toBeGreaterThan(3)
    const finer = await picture({ quality: 'high', size: '1024x640' })
    expect(hashOf(finer)).not.toBe(hashOf(boat))
    expect(await distance(boat, finer)).toBeLessThan(3)
  })
})

describe('sizes and formats', () => {
  it.each(['1536x864', '832x1248', '1024x3072'])('%s', async (size) => {
    const { width, height } = await sharp(await picture({ size, prompt: 'A forest.' })).metadata()
    expect(`${width}x${height}`).toBe(size)
  })

  it.each([
    ['jpeg', {}],
    ['webp', {}],
    ['gif', { model: 'gpt-image-2.6-flare' }],
    ['svg', { model: 'gpt-image-2.6-flare' }],
  ])('%s', async (output_format, fields) => {
    expect((await sharp(await picture({ output_format, ...fields })).metadata()).format).toBe(output_format)
  })

  it.each(['jpeg', 'webp'])('compresses %s as told', async (output_format) => {
    const size = async (output_compression: number) =>
      (await picture({ output_format, output_compression })).length
    expect(await size(20)).toBeLessThan((await size(90)) / 3)
  })

  it('draws water in svg as well', async () => {
    const bytes = await picture({
      model: 'gpt-image-2.6-flare',
      output_format: 'svg',
      prompt: 'A boat on a lake.',
    })
    const foot = await sharp(bytes)
      .flatten({ background: '#ff00ff' })
      .extract({ left: 0, top: 1000, width: 1024, height: 24 })
      .toBuffer()
    const [red, green] = (await sharp(foot).stats()).channels.map(({ mean }) => mean)
    expect(red! - green!).toBeLessThan(100)
  })

  it('keeps alpha in webp', async () => {
    const bytes = await picture({ model: 'gpt-image-1', background: 'transparent', output_format: 'webp' })
    expect((await sharp(bytes).stats()).isOpaque).toBe(false)
  })

  it('cuts out where background is auto and the prompt asks for it', async () => {
    const isOpaque = async (fields: object) =>
      (await sharp(await picture({ model: 'gpt-image-1', ...fields })).stats()).isOpaque
    expect(await isOpaque({ prompt: 'A sticker of a boat' })).toBe(false)
    expect(await isOpaque({ prompt: 'A boat' })).toBe(true)
    expect(await isOpaque({ prompt: 'A sticker of a boat', model: 'gpt-image-2' })).toBe(true)
  })
})

describe('flat pictures', () => {
  const flat = () => createEmulator({ picture: 'flat' })

  it('weigh next to nothing and still tell takes apart', async () => {
    const emulator = flat()
    const [first, second] = [await picture({}, emulator), await picture({}, emulator)]
    expect(first.length).toBeLessThan(40_000)
    expect(hashOf(first)).not.toBe(hashOf(second))
    expect(hashOf(first)).toBe(hashOf(await picture({}, flat())))
  })

  it('have alpha where asked', async () => {
    const bytes = await picture({ model: 'gpt-image-1', background: 'transparent' }, flat())
    const { channels } = await sharp(bytes).stats()
    expect([channels[3]!.min, channels[3]!.max]).toEqual([0, 255])
  })
})
