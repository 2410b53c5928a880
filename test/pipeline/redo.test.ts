// New takes, and choosing among them: each is paid for once, and nothing that was paid for is lost.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Project } from '../../src/config/project.ts'
import type { RedoReport } from '../../src/pipeline/redo.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, manifest, type Site, type SiteOptions } from '../support/site.ts'

const never = new AbortController().signal
let api: TestApi
let site: Site
beforeEach(async () => {
  api = await startPaidApi()
  site = await createSite(manifest({ boat: 'A boat.', 'blog/hero': 'A hero.' }), api.baseURL)
  await site.run()
})

/** Opens the project as a new process would, and closes it. */
async function within<T>(work: (project: Project) => Promise<T>, options?: SiteOptions): Promise<T> {
  const project = await site.open(options)
  try {
    return await work(project)
  } finally {
    await project.close()
  }
}

interface Stops {
  readonly soon?: AbortSignal
  readonly options?: SiteOptions
}
const redo = (names: readonly string[], n: number, { soon = never, options }: Stops = {}) =>
  within(async (project): Promise<RedoReport> => {
    const collection = await project.collect()
    await project.recover(collection, never)
    return project.redo(collection, { names, n, soon, now: never, onEvent: () => {} })
  }, options)
const pick = (take: number) => within(async (project) => project.pick(await project.collect(), 'boat', take))
const takes = () =>
  within(async (project) =>
    (await project.takesOf(await project.collect(), 'boat')).map(({ number, shown }) =>
      shown ? `${number} shown` : `${number}`,
    ),
  )
/** A run asks for nothing, and has everything. */
async function nothingToAsk(posts: number): Promise<void> {
  const { report } = await site.run()
  expect(report).toMatchObject({ made: [], failed: [], requests: 0, kept: 2 })
  expect(api.posts).toBe(posts)
}

test('one new take comes in the place of the picture, which becomes a take', async () => {
  const before = await site.read('generated-images/boat.png')
  const report = await redo(['boat'], 1)
  expect(report).toMatchObject({ failed: [], requests: 1 })
  expect(report.takes.get('boat')).toMatchObject([{ number: 2, shown: true }])
  const after = await site.read('generated-images/boat.png')
  expect(after.equals(before)).toBe(false)
  expect(await takes()).toEqual(['1', '2 shown'])
  const { key } = await site.record('boat')
  expect(await site.read(`generated-images/.takes/${key}/1.png`)).toEqual(before)
  await nothingToAsk(3)
})

test('several lie among the takes until one is picked, there and back, and nothing is asked for', async () => {
  const before = await site.read('generated-images/boat.png')
  const report = await redo(['boat'], 3)
  expect(report).toMatchObject({ failed: [], requests: 3 })
  expect(report.takes.get('boat')?.map(({ number }) => number)).toEqual([2, 3, 4])
  expect(await site.read('generated-images/boat.png')).toEqual(before)
  expect(await takes()).toEqual(['1 shown', '2', '3', '4'])
  expect(await pick(3)).toMatchObject({ changed: true, take: { number: 3 } })
  expect(await takes()).toEqual(['1', '2', '3 shown', '4'])
  const third = await site.read(`generated-images/.takes/${(await site.record('boat')).key}/3.png`)
  expect(await site.read('generated-images/boat.png')).toEqual(third)
  await nothingToAsk(5)
  expect(await pick(3)).toMatchObject({ changed: false })
  await pick(1)
  expect(await site.read('generated-images/boat.png')).toEqual(before)
  expect(await takes()).toEqual(['1 shown', '2', '3', '4'])
  await nothingToAsk(5)
  expect(new Set((await site.ledger()).map(({ id }) => id)).size).toBe(5)
})

test('a stale picture is asked for by its new prompt, and a missing one too', async () => {
  await site.write(manifest({ boat: 'A boat at dusk.', 'blog/hero': 'A hero.' }))
  const old = await site.record('boat')
  await redo(['boat'], 1)
  expect((await site.record('boat')).request.prompt).toBe('A boat at dusk.')
  expect(await site.tree()).toContain(`.takes/${old.key}/1.png`)
  await site.remove('generated-images/boat.png', 'generated-images/boat.json')
  await redo(['boat'], 2)
  expect(api.posts).toBe(5)
  // One of them is copied for free.
  expect((await site.run()).report).toMatchObject({ copied: ['boat'], requests: 0 })
})

test('over the budget nothing is sent: all takes of all pictures count', async () => {
  const options = { budget: { images: 3 } }
  await expect(redo(['boat', 'blog/hero'], 2, { options })).rejects.toMatchObject({ code: 'OVER_BUDGET' })
  await expect(redo(['boat'], 3, { options: { budget: { usd: 0.15 } } })).rejects.toMatchObject({
    code: 'OVER_BUDGET',
  })
  await expect(redo(['boat'], 3, { options: { budget: { perDay: { images: 4 } } } })).rejects.toMatchObject({
    code: 'OVER_DAY',
  })
  expect(api.posts).toBe(2)
})

test('two at once: each take is paid for once and has a number of its own', async () => {
  const both = await Promise.all([redo(['boat'], 2), redo(['boat'], 2)])
  expect(both.map(({ requests, failed }) => [requests, failed])).toEqual([
    [2, []],
    [2, []],
  ])
  expect(api.posts).toBe(6)
  expect(await takes()).toEqual(['1 shown', '2', '3', '4', '5'])
  expect((await site.tree()).filter((file) => /^\.takes\/(\.spool|\.runs|\.claims)\/./.test(file))).toEqual(
    [],
  )
  await nothingToAsk(6)
})

test('what other redos have under way counts towards the budget of a run', async () => {
  api.emulator.faults.order({ fault: 'latency', latencyMs: 1500, times: 2 })
  const first = redo(['boat'], 2)
  await expect.poll(() => api.posts).toBe(4)
  await expect(redo(['boat'], 2, { options: { budget: { images: 3 } } })).rejects.toMatchObject({
    code: 'OVER_BUDGET',
  })
  await first
  expect(api.posts).toBe(4)
})

test('a refused prompt stops the other takes that are not sent yet, and the picture stays', async () => {
  await site.write(manifest({ boat: 'A boat [blocked].', 'blog/hero': 'A hero.' }))
  const before = await site.read('generated-images/boat.png')
  const report = await redo(['boat'], 5, { options: { provider: { concurrency: 1 } } })
  expect(report.failed.map(({ error }) => error.code).sort()).toEqual([
    'REFUSED',
    ...Array(4).fill('STOPPED'),
  ])
  expect(report).toMatchObject({ made: [], requests: 1, spentUsd: 0 })
  expect(await site.read('generated-images/boat.png')).toEqual(before)
})

test('interrupted: what is under way is kept, the rest is not asked for', async () => {
  api.emulator.faults.order({ fault: 'latency', latencyMs: 600, times: 1 })
  const soon = new AbortController()
  const running = redo(['boat'], 3, { soon: soon.signal, options: { provider: { concurrency: 1 } } })
  await expect.poll(() => api.posts).toBe(3)
  soon.abort()
  const report = await running
  expect(report).toMatchObject({ made: ['boat'], requests: 1 })
  expect(report.failed.map(({ error }) => error.code)).toEqual(['STOPPED', 'STOPPED'])
  expect(await takes()).toEqual(['1 shown', '2'])
})

test('an answer that may have been billed is said, and asked for again on purpose alone', async () => {
  api.emulator.faults.order({ fault: 'status', status: 502 })
  expect((await redo(['boat'], 1)).failed).toMatchObject([{ error: { code: 'OUTCOME_UNKNOWN' } }])
  await nothingToAsk(3)
  const [image] = await within(
    async (project) => (await project.planRedo(await project.collect(), { names: ['boat'], n: 1 })).images,
  )
  expect(image?.before).toMatchObject({ outcome: 'unknown' })
  expect(await redo(['boat'], 1)).toMatchObject({ failed: [], requests: 1 })
})

test.each([
  ['before the answer', 'spool.begin', 0],
  ['after it', 'spool.receive', 1],
] as const)('killed %s: nothing is paid for twice, and the picture stays', async (_, step, recovered) => {
  const before = await site.read('generated-images/boat.png')
  const args = ['--import', 'jiti/register', join(import.meta.dirname, '../support/redo-crash-child.ts')]
  await once(spawn(process.execPath, [...args, site.root, api.baseURL, step], { stdio: 'inherit' }), 'exit')
  const { posts } = api
  const { report, recovered: found } = await site.run()
  expect(report).toMatchObject({ requests: 0, kept: 2 })
  expect(found.names.length).toBe(recovered)
  expect(await site.read('generated-images/boat.png')).toEqual(before)
  expect(await takes()).toEqual(recovered === 0 ? ['1 shown'] : ['1 shown', '2'])
  expect(api.posts).toBe(posts)
})

test('names and takes that are not there', async () => {
  await expect(redo(['boot'], 1)).rejects.toMatchObject({ code: 'NO_SUCH_PICTURE' })
  await expect(pick(7)).rejects.toMatchObject({
    code: 'NO_SUCH_TAKE',
    sentence: 'There is no take 7; there is 1.',
  })
  expect(api.posts).toBe(2)
})
