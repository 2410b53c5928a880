// What is kept, what is missing, and what it would cost.
import { beforeEach, describe, expect, test } from 'vitest'
import { planJson } from '../../src/pipeline/plan.ts'
import { keyOf } from '../../src/spec/key.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

const PRICE = 0.0527

let api: TestApi
beforeEach(async () => {
  api = await startPaidApi()
})

const key = (prompt: string) => keyOf({ model: 'gpt-image-2', prompt, size: '1024x1024', quality: 'medium' })

/** A project with a picture in every state. */
async function everyState(): Promise<Site> {
  const before = {
    kept: 'A kept boat.',
    stale: 'An old boat.',
    broken: 'A torn boat.',
    orphaned: 'A lost boat.',
  }
  const site = await createSite(manifest(before), api.baseURL)
  await site.run()
  const { orphaned, ...rest } = before
  await site.write({
    ...manifest({ ...rest, stale: 'A newer boat.', missing: 'A future boat.', twin: 'A future boat.' }),
    'generated-images/broken.png': 'torn',
    'src/main.ts':
      "import kept from '/kept.png?generate'\n\nimport missing from '../missing.png?generate&as=img&alt=A+boat'\n",
    'src/page.html': '<img src="/missing.png?generate">',
  })
  return site
}

test('the plan as JSON', async () => {
  const site = await everyState()
  const boat = { model: 'gpt-image-2', size: '1024x1024', estimateUsd: 0 }
  const at = (line: number) => ({ file: 'images.prompts.json', line })
  const expected = {
    images: [
      { name: 'broken', key: key('A torn boat.'), state: 'broken', ...boat, usedIn: [at(5)] },
      {
        ...{ name: 'kept', key: key('A kept boat.'), state: 'kept', ...boat },
        usedIn: [at(3), { file: 'src/main.ts', line: 1 }],
      },
      {
        ...{ name: 'missing', key: key('A future boat.'), state: 'missing', ...boat, estimateUsd: PRICE },
        usedIn: [at(6), { file: 'src/main.ts', line: 3 }, { file: 'src/page.html', line: 1 }],
      },
      { name: 'orphaned', key: key('A lost boat.'), state: 'orphaned', ...boat, usedIn: [] },
      {
        name: 'stale',
        key: key('A newer boat.'),
        state: 'stale',
        ...boat,
        estimateUsd: PRICE,
        usedIn: [at(4)],
      },
      { name: 'twin', key: key('A future boat.'), state: 'missing', ...boat, usedIn: [at(7)] },
    ],
    totals: { kept: 1, stale: 1, missing: 2, broken: 1, orphaned: 1, images: 2, estimateUsd: 2 * PRICE },
  }
  const json = JSON.parse(JSON.stringify(planJson(await site.plan())))
  expect(json).toEqual(expected)
  // The order of the fields is part of what people see.
  expect(JSON.stringify(json.totals)).toBe(JSON.stringify(expected.totals))
  expect(Object.keys(json.images[0])).toEqual([
    'name',
    'key',
    'state',
    'model',
    'size',
    'estimateUsd',
    'usedIn',
  ])
})

test('planning asks nobody and writes nothing', async () => {
  const site = await everyState()
  const [posts, files] = [api.posts, await site.tree('.')]
  await site.plan()
  expect([api.posts, await site.tree('.')]).toEqual([posts, files])
})

test('the run does what the plan said', async () => {
  const site = await everyState()
  const posts = api.posts
  const { plan, report } = await site.run()
  expect(plan.images.map(({ name, how }) => [name, how])).toEqual([
    ['broken', 'nothing'],
    ['kept', 'there'],
    ['missing', 'ask'],
    ['orphaned', 'nothing'],
    ['stale', 'ask'],
    ['twin', 'copy'],
  ])
  expect(report.made.toSorted()).toEqual(['missing', 'stale'])
  expect(report).toMatchObject({ copied: ['twin'], kept: 1 })
  expect(report.failed.map(({ name, error }) => [name, error.code])).toEqual([['broken', 'BROKEN_ORIGINAL']])
  expect(api.posts - posts).toBe(plan.totals.images)
  expect(report.spentUsd).toBeCloseTo(plan.totals.estimateUsd, 9)
})

describe('a filter', () => {
  test('leaves the others out of everything', async () => {
    const site = await everyState()
    const project = await site.open()
    const plan = await project.plan(await project.collect(), { filter: (name) => name.startsWith('m') })
    expect(plan.images.map(({ name }) => name)).toEqual(['missing'])
    expect(plan.totals).toMatchObject({ missing: 1, orphaned: 0, images: 1 })
  })
})

test('a size that is not sent, and prices that are not known', async () => {
  const images = {
    free: { prompt: 'A boat.', model: 'new-model' },
    wide: { prompt: 'A boat.', size: '1200x630' },
  }
  const site = await createSite(manifest(images), api.baseURL)
  const plan = await site.plan()
  expect(plan.images.map(({ name, size, estimateUsd }) => [name, size, estimateUsd])).toEqual([
    ['free', null, null],
    ['wide', '1200x640', expect.any(Number)],
  ])
  expect(plan.unpriced).toEqual(['new-model'])
  expect(plan.totals).toMatchObject({ images: 2, estimateUsd: plan.images[1]!.estimateUsd })
})

test('a picture is asked for once, also where the first of two names can not have it', async () => {
  const own = { 'generated-images/a.png': 'mine' }
  const site = await createSite({ ...manifest({ a: 'A boat.', b: 'A boat.' }), ...own }, api.baseURL)
  const { plan, report } = await site.run()
  expect(plan.images.map(({ how, estimateUsd }) => [how, estimateUsd])).toEqual([
    ['nothing', 0],
    ['ask', expect.any(Number)],
  ])
  expect(report.made).toEqual(['b'])
  expect(api.posts).toBe(1)
})

test('a deep plan sees what a quick one believes', async () => {
  const site = await createSite(manifest({ boat: 'A boat.' }), api.baseURL)
  await site.run()
  const project = await site.open()
  const collection = await project.collect()
  expect((await project.plan(collection, { deep: true })).totals).toMatchObject({ kept: 1, broken: 0 })
  await site.write({ 'generated-images/boat.png': 'torn' })
  expect((await project.plan(collection, { deep: true })).totals).toMatchObject({ kept: 0, broken: 1 })
})

test('an orphan whose record can not be read is still listed', async () => {
  const site = await createSite({ ...manifest({}), 'generated-images/old.json': '{' }, api.baseURL)
  const plan = await site.plan()
  expect(plan.images).toMatchObject([{ name: 'old', state: 'orphaned', how: 'nothing', key: '', size: null }])
  expect(plan.totals).toMatchObject({ orphaned: 1, images: 0 })
})
