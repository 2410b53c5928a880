// Nothing is paid for twice: what may change in a project without a new request, and what costs exactly one.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startApi, startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, type Files, manifest, type Site, siteAt } from '../support/site.ts'

const PROMPT = 'A paper boat.'

let api: TestApi
beforeEach(async () => {
  api = await startPaidApi()
})

/** A project after its first run, which asked for `posts` pictures. */
async function made(files: Files, posts = 1): Promise<Site> {
  const site = await createSite(files, api.baseURL)
  const { report } = await site.run()
  expect(report.failed).toEqual([])
  expect(api.posts).toBe(posts)
  return site
}

/** Runs again and answers what that cost: POSTs, and what became of whom. */
async function again(site: Site, options: Parameters<Site['run']>[0] = {}) {
  const before = api.posts
  const { report } = await site.run(options)
  expect(report.requests).toBe(api.posts - before)
  const { made, copied, kept, failed } = report
  return { posts: api.posts - before, made, copied, kept, failed: failed.map(({ error }) => error) }
}

const unchanged = { posts: 0, made: [], copied: [], kept: 1, failed: [] }

describe('costs nothing', () => {
  test('a second run', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const files = await site.tree()
    const picture = await site.read('generated-images/boat.png')
    expect(await again(site)).toEqual(unchanged)
    expect(await site.tree()).toEqual(files)
    expect(await site.read('generated-images/boat.png')).toEqual(picture)
    expect(api.billed).toEqual({ requests: 1, usd: 0.0527 })
  })

  test.each([
    ['widths', { widths: [320, 640] }],
    ['formats', { formats: ['jpeg'] }],
    ['a crop', { aspect: '16:9', fit: 'cover', position: 'top' }],
    ["the encoders' quality", { encode: { avif: { quality: 40, effort: 2 } } }],
    ['an alt text, a shape and a placeholder', { alt: 'A boat.', as: 'picture', placeholder: true }],
  ])('other %s', async (_, look) => {
    const site = await made(manifest({ boat: PROMPT }))
    await site.write(manifest({ boat: { prompt: PROMPT, ...look } }))
    expect(await again(site)).toEqual(unchanged)
  })

  test('another size that is cropped from the same one', async () => {
    const site = await made(manifest({ boat: { prompt: PROMPT, size: '1200x640' } }))
    await site.write(manifest({ boat: { prompt: PROMPT, size: '1200x630' } }))
    expect(await again(site)).toEqual(unchanged)
  })

  test('other query words of an import', async () => {
    const source = (query: string) => ({ 'main.ts': `import boat from './boat.png?generate${query}'` })
    const site = await made({ ...manifest({ boat: PROMPT }), ...source('') })
    await site.write(source('&as=picture&w=200;400&format=avif&aspect=1:2&q=30'))
    expect(await again(site)).toEqual(unchanged)
  })

  test('an inline prompt that says what the manifest says', async () => {
    const inline = "import boat from './boat.png?generate&prompt=A+paper+boat.'"
    const site = await made({ ...manifest({ boat: PROMPT }), 'main.ts': inline })
    expect(await again(site)).toEqual(unchanged)
    await site.remove('images.prompts.json')
    expect(await again(site)).toEqual(unchanged)
  })

  test('a renamed entry: the picture is copied, the old one is named', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    await site.write(manifest({ 'stories/ship': PROMPT }))
    expect(await again(site)).toEqual({ ...unchanged, copied: ['stories/ship'], kept: 0 })
    expect(await site.read('generated-images/stories/ship.png')).toEqual(
      await site.read('generated-images/boat.png'),
    )
    expect((await site.plan()).totals).toMatchObject({ kept: 1, orphaned: 1, images: 0 })
  })

  test('a prompt that is edited back: the old picture comes out of the takes', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const first = await site.read('generated-images/boat.png')
    const { key, original } = await site.record('boat')
    await site.write(manifest({ boat: 'A paper hat.' }))
    expect(await again(site)).toMatchObject({ posts: 1, made: ['boat'] })
    expect(await site.read('generated-images/boat.png')).not.toEqual(first)
    expect(await site.read(`generated-images/.takes/${key}/1.png`)).toEqual(first)

    await site.write(manifest({ boat: PROMPT }))
    expect(await again(site)).toEqual({ ...unchanged, copied: ['boat'], kept: 0 })
    expect(await site.read('generated-images/boat.png')).toEqual(first)
    expect((await site.record('boat')).original).toEqual(original)
    expect(await again(site)).toEqual(unchanged)
  })

  test('another API: the key is of the picture, not of who made it', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const other = await startPaidApi()
    expect(await again(site, { provider: { baseURL: other.baseURL, apiKey: 'another' } })).toEqual(unchanged)
    expect(other.posts).toBe(0)
  })

  test('a clone without key, network, takes and ledger', async () => {
    const site = await made(
      {
        ...manifest({ boat: PROMPT, 'blog/hat': 'A paper hat.' }),
        'main.ts': "import boat from './boat.png?generate'",
      },
      2,
    )
    await api.close()
    const root = await mkdtemp(join(tmpdir(), 'clone-'))
    onTestFinished(() => rm(root, { recursive: true, force: true }))
    const ignored = ['.takes', '.ledger.jsonl', 'node_modules']
    await cp(site.root, root, {
      recursive: true,
      filter: (from) => !ignored.some((name) => from.endsWith(name)),
    })
    const clone = siteAt(root, api.baseURL, { mode: 'frozen', keyless: true })
    const files = await clone.tree('.')
    const project = await clone.open()
    expect(project.settings).toMatchObject({ mode: 'frozen', provider: { baseURL: api.baseURL } })
    const { images, totals } = await project.plan(await project.collect(), { deep: true })
    expect(images.map(({ name, state, how }) => [name, state, how])).toEqual([
      ['blog/hat', 'kept', 'there'],
      ['boat', 'kept', 'there'],
    ])
    expect(totals).toMatchObject({ kept: 2, images: 0, estimateUsd: 0 })
    // Looking alone leaves no trace.
    expect(await clone.tree('.')).toEqual(files)
    await project.close()
    expect(api.posts).toBe(2)
  })
})

describe('costs one request', () => {
  test.each([
    ['prompt', { prompt: 'A paper boat!' }],
    ['size', { size: '1536x1024' }],
    ['quality', { quality: 'high' }],
    ['model', { model: 'gpt-image-2.5-flare' }],
    ['background', { background: 'opaque' }],
  ])('an edited %s', async (_, edit) => {
    const boat = { prompt: PROMPT, quality: 'low' }
    const site = await made(manifest({ boat }))
    await site.write(manifest({ boat: { ...boat, ...edit } }))
    expect((await site.plan()).images[0]).toMatchObject({ state: 'stale', how: 'ask' })
    expect(await again(site)).toEqual({ ...unchanged, posts: 1, made: ['boat'], kept: 0 })
    expect(await again(site)).toEqual(unchanged)
  })

  test('two entries with one prompt, and a third in another manifest', async () => {
    const files = {
      ...manifest({ boat: PROMPT, ship: PROMPT }),
      'blog/images.prompts.json': { images: { hero: PROMPT } },
    }
    const site = await made(files)
    const picture = await site.read('generated-images/boat.png')
    expect(await site.read('generated-images/ship.png')).toEqual(picture)
    expect(await site.read('generated-images/blog/hero.png')).toEqual(picture)
    expect((await site.ledger()).map(({ outcome, n }) => [outcome, n])).toEqual([['paid', 1]])
    expect(await again(site)).toEqual({ ...unchanged, kept: 3 })
  })

  test('a picture that was deleted together with its record', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    await site.remove('generated-images/boat.png', 'generated-images/boat.json')
    expect(await again(site)).toEqual({ ...unchanged, posts: 1, made: ['boat'], kept: 0 })
  })

  test('a picture whose prompt was edited, of two that had the same', async () => {
    const site = await made(manifest({ boat: PROMPT, ship: PROMPT }))
    await site.write(manifest({ boat: PROMPT, ship: 'A paper ship.' }))
    expect(await again(site)).toEqual({ ...unchanged, posts: 1, made: ['ship'] })
  })
})

describe('is named, and never paid for by itself', () => {
  test('a picture that is gone while its record is there', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    await site.remove('generated-images/boat.png')
    const { posts, failed } = await again(site)
    expect(posts).toBe(0)
    expect(failed.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "boat: generated-images/boat.png is not there, but its record generated-images/boat.json is. [BROKEN_ORIGINAL]
        at images.prompts.json:3:5
        → Bring it back with: git checkout -- generated-images/boat.png. To have it made again instead, remove generated-images/boat.json.",
      ]
    `)
    expect((await site.plan()).totals).toMatchObject({ broken: 1, images: 0 })
  })

  test('a bit that flipped', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const bytes = await site.read('generated-images/boat.png')
    bytes[bytes.length >> 1]! ^= 1
    await site.write({ 'generated-images/boat.png': bytes })
    const { posts, failed } = await again(site)
    expect(posts).toBe(0)
    expect(failed.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "boat: generated-images/boat.png is not the picture that generated-images/boat.json describes. [BROKEN_ORIGINAL]
        at images.prompts.json:3:5
        → Bring it back with: git checkout -- generated-images/boat.png generated-images/boat.json. To have it made again instead, move both away.",
      ]
    `)
    expect(await site.read('generated-images/boat.png')).toEqual(bytes)
  })

  test('a Git LFS pointer', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`
    await site.write({ 'generated-images/boat.png': pointer })
    const { posts, failed } = await again(site)
    expect(posts).toBe(0)
    expect(failed.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "boat: generated-images/boat.png is a Git LFS pointer; the picture itself was not fetched. [LFS_POINTER]
        at images.prompts.json:3:5
        → Run: git lfs pull --include=generated-images/boat.png (in CI: check out with LFS).",
      ]
    `)
  })

  test('a record that was edited', async () => {
    const site = await made(manifest({ boat: PROMPT }))
    const text = String(await site.read('generated-images/boat.json'))
    await site.write({ 'generated-images/boat.json': text.replace('A paper boat.', 'A paper hat.') })
    const { posts, failed } = await again(site)
    expect(posts).toBe(0)
    expect(failed.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "boat: The record generated-images/boat.json can't be used: its key is not that of its request. [RECORD_UNREADABLE]
        at images.prompts.json:3:5
        → Bring it back with: git checkout -- generated-images/boat.json. Where git does not hold it, move it and its picture away.",
      ]
    `)
  })

  test('a file in the way, before anything is spent on it; the other picture is made', async () => {
    const own = { 'generated-images/boat.png': 'a picture of my own' }
    const site = await createSite({ ...manifest({ boat: PROMPT, hat: 'A paper hat.' }), ...own }, api.baseURL)
    const { posts, made, failed } = await again(site)
    expect([posts, made]).toEqual([1, ['hat']])
    expect(failed.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "boat: generated-images/boat.png is in the way: no record claims it, so it is not overwritten. [UNCLAIMED_FILE]
        at images.prompts.json:3:5
        → Move it away, or give boat another name.",
      ]
    `)
    expect(String(await site.read('generated-images/boat.png'))).toBe('a picture of my own')
  })
})

test("the emulator's pictures count until a real API would be asked", async () => {
  const emulated = await startApi()
  const site = await createSite(manifest({ boat: PROMPT }), emulated.baseURL)
  await site.run()
  expect(await site.record('boat')).toMatchObject({ emulated: true })
  expect((await site.plan()).images[0]).toMatchObject({ state: 'kept', how: 'there' })
  const provider = { baseURL: 'https://api.example.com/v1' }
  const real = await site.plan({ provider })
  expect(real.images[0]).toMatchObject({ state: 'missing', how: 'ask', estimateUsd: 0.0527 })
  expect((await site.plan({ provider, keyless: true })).images[0]).toMatchObject({ state: 'kept' })
})
