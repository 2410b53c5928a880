// The gallery as its page uses it, over HTTP, with an API that counts.
import sharp from 'sharp'
import { describe, expect, it, vi } from 'vitest'
import { manifest } from '../support/site.ts'
import { type Scene, startScene } from './support.ts'

const TWO = manifest({
  boat: { prompt: 'A boat.', alt: 'A boat', widths: [64] },
  'blog/hat': { prompt: 'A hat.', decorative: true, size: '16:9' },
})
const SOURCES = {
  'src/main.ts': `import boat from '../boat.png?generate&as=picture'\nexport { boat }`,
  'src/page.html': '<img src="/blog/hat.png?generate&amp;as=img">',
}

const codes = (scene: Scene) => scene.list().then(({ mistakes }) => mistakes.map(({ code }) => code))

describe('the list', () => {
  it('says of each picture what it is, what it costs and what uses it, before anything is made', async () => {
    const scene = await startScene({ ...TWO, ...SOURCES })
    const { pictures, totals, provider, budget, cannotSpend, mistakes } = await scene.list()
    expect(pictures.map(({ name, state, how, uses, file }) => [name, state, how, uses, file])).toEqual([
      ['blog/hat', 'missing', 'ask', 1, null],
      ['boat', 'missing', 'ask', 1, null],
    ])
    const [hat, boat] = pictures
    expect(boat).toMatchObject({
      ...{ model: 'gpt-image-2', size: '1024x1024', quality: 'medium', prompt: 'A boat.', alt: 'A boat' },
      files: ['images.prompts.json', 'src/main.ts'],
    })
    expect(hat!.alt).toBe('')
    expect(hat!.frame.width / hat!.frame.height).toBeCloseTo(16 / 9, 1)
    expect(boat!.estimateUsd).toBeGreaterThan(0)
    expect(totals).toMatchObject({ missing: 2, images: 2, spentUsd: 0 })
    expect(totals.estimateUsd).toBeCloseTo(hat!.estimateUsd! + boat!.estimateUsd!)
    expect(provider).toMatchObject({ emulator: false, keySet: true })
    expect(budget).toEqual({ run: { images: 50, usd: 5 }, day: { images: 200, usd: 20 } })
    expect([cannotSpend, mistakes]).toEqual([null, []])
    expect(scene.api.posts).toBe(0)
  })

  it('has the mistakes of the project, and nothing can be made meanwhile', async () => {
    const scene = await startScene({ ...TWO, 'a.ts': `import x from './nothing.png?generate'` })
    expect(await codes(scene)).toEqual(['NO_SUCH_ENTRY'])
    const { value } = await scene.call('offer', { what: 'make' })
    expect(value.problem?.code).toBe('NO_SUCH_ENTRY')
    const made = await scene.call('make', { agreed: value.agreed })
    expect(made.status).toBe(422)
    expect(scene.api.posts).toBe(0)
  })

  it('shows orphans', async () => {
    const scene = await startScene(TWO)
    await scene.make(['boat'])
    await scene.site.write(manifest({ 'blog/hat': 'A hat.' }))
    const { pictures } = await scene.list()
    expect(pictures.find(({ name }) => name === 'boat')).toMatchObject({
      ...{ state: 'orphaned', prompt: 'A boat.', uses: 0, alt: null },
      file: { width: 1024, height: 1024 },
    })
  })
})

describe('making', () => {
  it('spends what was agreed to, in a mode that makes nothing by itself', async () => {
    const scene = await startScene(TWO, { mode: 'draft' })
    await scene.make()
    expect(scene.api.posts).toBe(2)
    const { pictures, totals, runs, budget } = await scene.list()
    expect(pictures.map(({ state }) => state)).toEqual(['kept', 'kept'])
    expect(totals.images).toBe(0)
    expect(totals.spentUsd).toBeGreaterThan(0)
    expect(runs).toMatchObject([{ what: 'make', state: 'ended', images: 2, finished: 2, failed: [] }])
    expect([...runs[0]!.made].sort()).toEqual(['blog/hat', 'boat'])
    expect(budget.day.images).toBe(198)
    // A second yes to the same question buys nothing.
    const offer = await scene.call('offer', { what: 'make' })
    expect(offer.value).toMatchObject({ pictures: [], agreed: { keys: [], images: 0, usd: 0 } })
    await scene.call('make', { agreed: offer.value.agreed })
    await scene.gallery.settled()
    expect(scene.api.posts).toBe(2)
  })

  it('makes the pictures that are named, and no others', async () => {
    const scene = await startScene(TWO)
    await scene.make(['boat', 'no-such-picture'])
    expect(scene.api.posts).toBe(1)
    expect((await scene.list()).pictures.map(({ state }) => state)).toEqual(['missing', 'kept'])
  })

  it('asks again where a prompt was edited between the question and the answer', async () => {
    const scene = await startScene(TWO)
    const { value: offer } = await scene.call('offer', { what: 'make' })
    await scene.site.write(manifest({ boat: 'A much more expensive boat.' }))
    const made = await scene.call('make', { agreed: offer.agreed })
    expect([made.status, made.value.problem?.code]).toEqual([409, 'OFFER_CHANGED'])
    expect(made.value.offer?.pictures.map(({ name }) => name)).toEqual(['boat'])
    expect(scene.api.posts).toBe(0)
  })

  it('holds the budget, the mode and the key', async () => {
    const refusal = async (options: Parameters<typeof startScene>[1]) => {
      const scene = await startScene(TWO, options)
      const { value: offer } = await scene.call('offer', { what: 'make' })
      const made = await scene.call('make', { agreed: offer.agreed })
      expect(scene.api.posts).toBe(0)
      expect(made.status).toBe(422)
      return [offer.problem?.code, made.value.problem?.code]
    }
    expect(await refusal({ budget: { images: 1 } })).toEqual(['OVER_BUDGET', 'OVER_BUDGET'])
    expect(await refusal({ budget: { perDay: { usd: 0.01 } } })).toEqual(['OVER_DAY', 'OVER_DAY'])
    expect(await refusal({ mode: 'frozen' })).toEqual(['MODE_FORBIDS', 'MODE_FORBIDS'])
    expect(await refusal({ keyless: true })).toEqual(['NO_KEY', 'NO_KEY'])
  })

  it('counts runs that go on together as one run of the budget', async () => {
    const scene = await startScene(TWO, { budget: { images: 1 } })
    const offers = await Promise.all(
      ['boat', 'blog/hat'].map(async (name) => {
        const { value } = await scene.call('offer', { what: 'make', names: [name] })
        return { names: [name], agreed: value.agreed }
      }),
    )
    const answers = await Promise.all(offers.map((one) => scene.call('make', one)))
    await scene.gallery.settled()
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(scene.api.posts).toBe(1)
  })

  it('asks once more for what was asked for in vain, because a person says so, and says what it may have cost', async () => {
    const scene = await startScene(manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } }))
    scene.api.emulator.faults.order({ fault: 'cut-body' })
    await scene.make()
    const [first] = (await scene.list()).runs
    const posts = scene.api.posts
    expect(first).toMatchObject({ made: [], failed: [{ name: 'boat' }] })
    const { value: offer } = await scene.call('offer', { what: 'make' })
    expect(offer.notes.join()).toMatch(/^boat: asked for at .* may have been billed/)
    await scene.make()
    expect(scene.api.posts).toBe(posts + 1)
    expect((await scene.list()).totals.kept).toBe(1)
  })

  it('tells how a run goes on, and that pictures have changed', async () => {
    const scene = await startScene(TWO)
    const { events } = await scene.listen()
    await vi.waitFor(() => expect(events).toHaveLength(1), 20_000)
    await scene.make()
    await vi.waitFor(
      () => expect(events.filter(({ type }) => type === 'changed').length).toBeGreaterThan(1),
      20_000,
    )
    const runs = events.flatMap((event) => (event.type === 'run' ? [event.run] : []))
    expect(runs.map(({ finished }) => finished)).toContain(1)
    expect(runs.at(-1)).toMatchObject({ state: 'ended', finished: 2 })
  })

  it('stops when told, and keeps what is paid for', async () => {
    const scene = await startScene(
      manifest(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`p${at}`, `Picture ${at}.`]))),
      { provider: { concurrency: 1 } },
    )
    const { value: offer } = await scene.call('offer', { what: 'make' })
    const { value: run } = await scene.call('make', { agreed: offer.agreed })
    const stopped = await scene.call('stop', { run: run.id })
    expect(stopped.value.state).toBe('stopping')
    await scene.gallery.settled()
    const { totals, runs } = await scene.list()
    expect(scene.api.posts).toBeLessThan(12)
    expect(totals.kept).toBe(scene.api.billed.requests)
    expect(runs[0]!.state).toBe('ended')
    expect((await scene.call('stop', { run: run.id })).status).toBe(404)
  })

  it('tells of what others change on the disk', async () => {
    const scene = await startScene(TWO)
    const { events } = await scene.listen()
    await scene.list()
    const before = events.length
    let edits = 0
    await vi.waitFor(
      async () => {
        // Again and again: the first look has nothing to compare with.
        await scene.site.write(manifest({ boat: `A boat with ${++edits} sails.` }))
        expect(events.length).toBeGreaterThan(before)
      },
      { timeout: 20_000, interval: 500 },
    )
    expect(scene.api.posts).toBe(0)
  })
})

describe('one picture', () => {
  it('comes with its file, its thumbnail, its uses and the weight of each rendition', async () => {
    const scene = await startScene({ ...TWO, ...SOURCES })
    const missing = await scene.details('boat')
    expect(missing).toMatchObject({ file: null, takes: [], cannotEdit: null, before: null })
    expect(missing.usedIn[0]!.renditions.map(({ bytes }) => bytes)).toEqual([null, null, null])
    await scene.make()
    const boat = await scene.details('boat')
    expect(boat).toMatchObject({
      ...{ state: 'kept', origin: 'api', madeBy: new URL(scene.api.baseURL).origin },
      importLine: "import boat from '/boat.png?generate&as=picture'",
      usedIn: [
        {
          written: '../boat.png?generate&as=picture',
          as: 'picture',
          place: { file: 'src/main.ts', line: 1 },
        },
      ],
      takes: [{ take: 1, current: true }],
    })
    expect(boat.usedIn[0]!.renditions.map(({ format, width }) => [format, width])).toEqual([
      ['avif', 64],
      ['webp', 64],
      ['png', 64],
    ])
    expect(boat.cost?.usd).toBeGreaterThan(0)
    const original = await scene.raw(boat.file!.src)
    expect(original.headers).toMatchObject({
      'content-type': 'image/png',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(original.body).toEqual(await scene.site.read('generated-images/boat.png'))
    const thumbnail = await scene.raw(boat.file!.thumbnail)
    const { format, width, height } = await sharp(thumbnail.body).metadata()
    expect([thumbnail.headers['content-type'], format, width, height]).toEqual([
      'image/webp',
      'webp',
      480,
      480,
    ])
    expect(thumbnail.headers['cache-control']).toMatch(/immutable/)
  })

  it('that is stale shows the old picture and the old prompt', async () => {
    const scene = await startScene(TWO)
    await scene.make()
    await scene.site.write(manifest({ boat: { prompt: 'A ship.', alt: 'A ship' } }))
    const boat = await scene.details('boat')
    expect(boat).toMatchObject({
      ...{
        state: 'stale',
        how: 'ask',
        prompt: 'A ship.',
        before: { prompt: 'A boat.', model: 'gpt-image-2' },
      },
      takes: [{ current: true }],
    })
    expect(boat.file).not.toBeNull()
  })

  it('whose file was changed behind its record is broken and not shown', async () => {
    const scene = await startScene(TWO)
    await scene.make()
    const { file } = await scene.details('boat')
    await scene.site.write({ 'generated-images/boat.png': 'not a picture' })
    const boat = await scene.details('boat')
    expect(boat).toMatchObject({ state: 'broken', file: null, problem: { code: 'BROKEN_ORIGINAL' } })
    expect((await scene.raw(file!.src)).status).toBe(404)
  })
})
