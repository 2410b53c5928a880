// Choosing among takes, one's own pictures, and what nothing asks for: on the page as by the command line.
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ADOPT_BYTES_MAX, TAKES_MAX } from '../../src/gallery/protocol.ts'
import { MOST_TAKES } from '../../src/pipeline/redo.ts'
import { manifest } from '../support/site.ts'
import { type Scene, startScene } from './support.ts'

const BOAT = manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } })

async function redo(scene: Scene, n: number) {
  const { value: offer } = await scene.call('offer', { what: 'redo', name: 'boat', n })
  const answer = await scene.call('redo', { name: 'boat', n, agreed: offer.agreed })
  await scene.gallery.settled()
  return { offer, answer }
}
const ownPicture = (color = 'teal') =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: color } })
    .png()
    .toBuffer()

describe('a redo', () => {
  it('says what so many takes cost, and lays them beside the picture that is there', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    const one = (await scene.details('boat')).file!.src
    const { offer, answer } = await redo(scene, 3)
    expect(offer).toMatchObject({
      what: 'redo',
      agreed: { images: 3 },
      pictures: [{ name: 'boat', images: 3 }],
    })
    expect(offer.agreed.usd).toBeCloseTo(offer.pictures[0]!.usd!)
    expect(answer).toMatchObject({ status: 200, value: { what: 'redo', state: 'running' } })
    expect(scene.api.posts).toBe(4)
    const { takes, file } = await scene.details('boat')
    expect(takes.map(({ take, current }) => [take, current])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
    ])
    expect(file!.src).toBe(one)
    for (const { file: its } of takes) expect((await scene.raw(its.src)).status).toBe(200)
    expect(new Set(takes.map((take) => take.file.src)).size).toBe(4)
    const { runs } = await scene.list()
    expect(runs.at(-1)).toMatchObject({ what: 'redo', images: 3, finished: 3, state: 'ended' })
  })

  it('of one take puts it in the place of the old one', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    await redo(scene, 1)
    expect((await scene.details('boat')).takes.map(({ current }) => current)).toEqual([false, true])
  })

  it('is refused where other takes were agreed to, or the prompt was edited since', async () => {
    const scene = await startScene(BOAT)
    const { value: offer } = await scene.call('offer', { what: 'redo', name: 'boat', n: 1 })
    const more = await scene.call('redo', { name: 'boat', n: 4, agreed: offer.agreed })
    expect([more.status, more.value.offer?.agreed.images]).toEqual([409, 4])
    await scene.site.write(manifest({ boat: { prompt: 'A much larger boat.', alt: 'B' } }))
    const edited = await scene.call('redo', { name: 'boat', n: 1, agreed: offer.agreed })
    expect(edited.value.problem?.code).toBe('OFFER_CHANGED')
    expect(scene.api.posts).toBe(0)
  })

  it('holds the budget, and knows no picture that nothing asks for', async () => {
    const scene = await startScene(BOAT, { budget: { images: 2 } })
    const { offer, answer } = await redo(scene, 3)
    expect([offer.problem?.code, answer.status]).toEqual(['OVER_BUDGET', 422])
    const unknown = await scene.call('offer', { what: 'redo', name: 'ship', n: 1 })
    expect([unknown.status, unknown.value.problem?.code]).toEqual([404, 'NO_SUCH_PICTURE'])
    expect((await scene.call('offer', { what: 'redo', name: 'boat', n: TAKES_MAX + 1 })).status).toBe(403)
    expect(TAKES_MAX).toBe(MOST_TAKES)
    expect(scene.api.posts).toBe(0)
  })
})

describe('a pick', () => {
  it('puts a take in the place of the picture, and keeps what was there', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    await redo(scene, 2)
    const before = await scene.details('boat')
    const { key, file } = before.takes[2]!
    const { value } = await scene.call('pick', { name: 'boat', key, take: 3 })
    expect(value.file!.src).toBe(file.src)
    expect(value.takes.filter(({ current }) => current).map((take) => take.file.src)).toEqual([file.src])
    expect(value.takes.map((take) => take.file.src).sort()).toEqual(
      before.takes.map((take) => take.file.src).sort(),
    )
    expect(scene.api.posts).toBe(3)
  })

  it('of a take that is not there, or of another prompt, changes nothing', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    const { key, file } = await scene.details('boat')
    for (const [which, take] of [
      [key, 9],
      ['f'.repeat(64), 1],
    ] as const) {
      const { value } = await scene.call('pick', { name: 'boat', key: which, take })
      expect(value.problem?.code).toBe('NO_SUCH_TAKE')
    }
    await scene.site.write(manifest({ boat: 'Another boat.' }))
    expect((await scene.call('pick', { name: 'boat', key, take: 1 })).value.problem?.code).toBe(
      'NO_SUCH_TAKE',
    )
    expect((await scene.details('boat')).file!.src).toBe(file!.src)
  })
})

describe('an adopted picture', () => {
  it('takes the place of the one that is there, byte for byte, and costs nothing', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    const bytes = await ownPicture()
    const { status, value } = await scene.adopt('boat', bytes)
    expect(status).toBe(200)
    expect(value).toMatchObject({ origin: 'adopted', state: 'kept', cost: { usd: 0 } })
    expect((await scene.raw(value.file!.src)).body).toEqual(bytes)
    expect(value.takes).toHaveLength(2)
    expect(scene.api.posts).toBe(1)
  })

  it('that is none is refused, whatever it says it is', async () => {
    const scene = await startScene(BOAT)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    for (const bytes of [
      Buffer.from('no picture'),
      svg,
      Buffer.alloc(0),
      (await ownPicture()).subarray(0, 60),
    ])
      expect((await scene.adopt('boat', bytes)).status).toBe(422)
    for (const type of ['image/svg+xml', 'text/html', 'application/json', 'image/png; x', 'image/gif'])
      expect([type, (await scene.adopt('boat', await ownPicture(), type)).status]).toEqual([type, 403])
    for (const name of ['ship', '../boat', ''])
      expect([name, (await scene.adopt(name, await ownPicture())).status]).toEqual([name, 404])
    expect(await scene.site.tree()).toEqual(expect.not.arrayContaining(['boat.png']))
  })

  it('that is too large is refused', async () => {
    const scene = await startScene(BOAT)
    const answer = await scene.adopt('boat', Buffer.alloc(ADOPT_BYTES_MAX + 1)).catch((error) => error)
    // The connection may end while it is still sent.
    expect([403, 'ECONNRESET', 'EPIPE']).toContain(answer.status ?? answer.code)
    expect(await scene.site.tree()).toEqual(expect.not.arrayContaining(['boat.png']))
  })
})

describe('an orphan', () => {
  it('is taken away when a person says so, and found again for free', async () => {
    const scene = await startScene(manifest({ boat: 'A boat.', hat: 'A hat.' }))
    await scene.make()
    await scene.site.write(manifest({ hat: 'A hat.' }))
    const { value } = await scene.call('prune', { names: ['boat', 'hat', 'nothing'] })
    expect(value.deleted).toEqual(['boat'])
    expect((await scene.list()).pictures.map(({ name }) => name)).toEqual(['hat'])
    await scene.site.write(manifest({ boat: 'A boat.', hat: 'A hat.' }))
    expect((await scene.list()).totals.images).toBe(0)
    await scene.make()
    expect(scene.api.posts).toBe(2)
  })

  it('is none while a mistake hides what is asked for', async () => {
    const scene = await startScene(BOAT)
    await scene.make()
    await scene.site.write({ 'images.prompts.json': '{ "images": {' })
    expect((await scene.call('prune', { names: ['boat'] })).status).toBe(422)
    expect(await scene.site.tree()).toEqual(expect.arrayContaining(['boat.png']))
  })
})

it('changes no picture where the owner froze them', async () => {
  const scene = await startScene(BOAT)
  await scene.make()
  const frozen = await startScene(BOAT, { mode: 'frozen' })
  const { key } = await scene.details('boat')
  const codes = [
    (await frozen.adopt('boat', await ownPicture())).value.problem?.code,
    (await frozen.call('pick', { name: 'boat', key, take: 1 })).value.problem?.code,
    (await frozen.call('prune', { names: ['boat'] })).value.problem?.code,
  ]
  expect(codes).toEqual(['MODE_FORBIDS', 'MODE_FORBIDS', 'MODE_FORBIDS'])
  expect(await frozen.site.tree()).toEqual([])
})
