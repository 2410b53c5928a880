// The whole plan is priced before the first request; what answers say they cost corrects it afterwards.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { totalsOf } from '../../src/emulator/index.ts'
import { GenerateImagesError } from '../../src/errors/index.ts'
import { startPaidApi } from '../support/api.ts'
import { createSite, manifest, type Site, type SiteOptions } from '../support/site.ts'

const PRICE = 0.0527

let api: Awaited<ReturnType<typeof startPaidApi>>
beforeEach(async () => {
  api = await startPaidApi()
})

/** A project of `count` pictures at five cents each. */
function siteOf(count: number, options: SiteOptions = {}): Promise<Site> {
  const images = Array.from({ length: count }, (_, at) => [`picture-${at + 1}`, `A paper boat ${at + 1}.`])
  return createSite(manifest(Object.fromEntries(images)), api.baseURL, options)
}

/** The message with which a run ends before its first request. */
async function refusal(site: Site, options: Parameters<Site['run']>[0] = {}): Promise<string> {
  const error: unknown = await site.run(options).then(
    () => new Error('the run began'),
    (reason) => reason,
  )
  if (!(error instanceof GenerateImagesError)) throw error
  expect(api.posts).toBe(0)
  expect((await site.tree()).filter((file) => file !== '.gitignore')).toEqual([])
  return `${error.exitCode} ${error.message}`
}

describe('over budget: nothing is sent', () => {
  test('too many pictures', async () => {
    expect(await refusal(await siteOf(4), { budget: { images: 3 } })).toMatchInlineSnapshot(`
      "3 The plan asks for 4 pictures for about $0.21; the budget of a run is 3 pictures. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 4), or make fewer with --filter."
    `)
  })

  test('too many dollars', async () => {
    expect(await refusal(await siteOf(4), { budget: { usd: 0.2 } })).toMatchInlineSnapshot(`
      "3 The plan asks for 4 pictures for about $0.21; the budget of a run is $0.20. Nothing was sent. [OVER_BUDGET]
        → Raise budget.usd (--budget-usd 0.22), or make fewer with --filter."
    `)
  })

  test('the budget that nobody has set', async () => {
    expect(await refusal(await siteOf(51))).toMatchInlineSnapshot(`
      "3 The plan asks for 51 pictures for about $2.69; the budget of a run is 50 pictures. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 51), or make fewer with --filter."
    `)
    const dear = await createSite(
      manifest({ poster: { prompt: 'A paper boat.', quality: 'high', size: '2880x2880' } }),
      api.baseURL,
      { prices: { 'gpt-image-2': { imageOut: 300 } } },
    )
    expect(await refusal(dear)).toMatchInlineSnapshot(`
      "3 The plan asks for 1 picture for about $7.12; the budget of a run is $5.00. Nothing was sent. [OVER_BUDGET]
        → Raise budget.usd (--budget-usd 7.12), or make fewer with --filter."
    `)
  })

  test('a model whose price is not known', async () => {
    const site = await createSite(manifest({ boat: { prompt: 'A boat.', model: 'new-model' } }), api.baseURL)
    expect(await refusal(site)).toMatchInlineSnapshot(`
      "3 The price of new-model is not known, so the budget in dollars can't be held. [PRICE_UNKNOWN]
        → Add the model to \`prices\`, or take the limit away with budget.usd: "none" (--budget-usd none)."
    `)
    expect((await site.plan()).images[0]).toMatchObject({ how: 'ask', estimateUsd: null })
  })

  test('no key', async () => {
    expect(await refusal(await siteOf(2), { keyless: true })).toMatchInlineSnapshot(`
      "2 2 pictures are to be made and no API key is set for 127.0.0.1. [NO_KEY]
        → Set GENERATE_IMAGES_API_KEY in .env.local: other keys are sent to their own provider alone."
    `)
  })
})

describe('within budget', () => {
  test.each([
    ['exactly as much', { images: 2, usd: 2 * PRICE }],
    ['no limits', { images: Number.POSITIVE_INFINITY, usd: Number.POSITIVE_INFINITY }],
  ])('%s', async (_, budget) => {
    const { report } = await (await siteOf(2)).run({ budget })
    expect([report.made.length, api.posts, report.spentUsd]).toEqual([2, 2, 2 * PRICE])
  })

  test('only what is asked for counts: not what is kept, copied or left out', async () => {
    const site = await siteOf(2)
    await site.run()
    const again = {
      first: 'A paper hat.',
      second: 'A paper hat.',
      copy: 'A paper boat 1.',
      other: 'A kite.',
    }
    await site.write({ 'more/images.prompts.json': { images: again } })
    const { report } = await site.run({
      budget: { images: 1, usd: 0.06 },
      filter: (name) => name !== 'more/other',
    })
    expect(report).toMatchObject({ made: ['more/first'], kept: 2, requests: 1, failed: [] })
    expect(report.copied.toSorted()).toEqual(['more/copy', 'more/second'])
    expect(api.posts).toBe(3)
  })

  test('a model without a price, where the dollars have no limit', async () => {
    const boat = { prompt: 'A paper boat.', model: 'new-model' }
    const site = await createSite(manifest({ boat }), api.baseURL)
    const { plan, report } = await site.run({ budget: { usd: Number.POSITIVE_INFINITY } })
    expect(plan.totals).toMatchObject({ images: 1, estimateUsd: 0 })
    // The emulator does not serve it; the run began all the same.
    expect(report.failed.map(({ error }) => error.code)).toEqual(['MODEL_NOT_FOUND'])
    expect(api.posts).toBe(1)
  })
})

describe('a day', () => {
  test('what was spent in 24 hours counts, whichever run spent it', async () => {
    const site = await siteOf(5, { budget: { perDay: { images: 4, usd: 0.2 } } })
    const only = (...numbers: number[]) => ({
      filter: (name: string) => numbers.some((number) => name === `picture-${number}`),
    })
    await site.run(only(1, 2))
    const error = await site.run(only(3, 4, 5)).catch((reason) => reason)
    expect(`${error.exitCode} ${error.message}`).toMatchInlineSnapshot(`
      "3 The plan asks for 3 pictures for about $0.16; with 2 pictures for $0.11 in the last 24 hours that is over the limit of a day, 4 pictures. Nothing was sent. [OVER_DAY]
        → Raise it in the configuration, budget: { perDay: { images: 5, usd: 0.27 } }, make fewer with --filter, or wait."
    `)
    expect(api.posts).toBe(2)
    expect((await site.run(only(3))).report.made).toEqual(['picture-3'])
    // By the dollars alone: the fourth picture would be one cent too much.
    expect(await site.run(only(4)).catch(({ hint }) => hint)).toMatchInlineSnapshot(
      `"Raise it in the configuration, budget: { perDay: { usd: 0.22 } }, make fewer with --filter, or wait."`,
    )
    expect(api.posts).toBe(3)
  })

  test('what is older, and what the emulator drew, does not', async () => {
    const site = await siteOf(2, { budget: { perDay: { images: 1 } } })
    await site.run({ filter: (name) => name === 'picture-1' })
    const ledger = join(site.root, 'generated-images/.ledger.jsonl')
    const [line] = await site.ledger()
    const old = { ...line, at: new Date(Date.now() - 25 * 3600 * 1000).toISOString() }
    await writeFile(ledger, `${JSON.stringify(old)}\n${JSON.stringify({ ...line, emulated: true })}\n`)
    expect((await site.run()).report.made).toEqual(['picture-2'])
    await site.write({ 'more/images.prompts.json': { images: { third: 'A paper boat 3.' } } })
    await expect(site.run()).rejects.toMatchObject({ code: 'OVER_DAY' })
    expect(api.posts).toBe(2)
  })

  test('what may have been billed counts as spent, and each picture of a request', async () => {
    const site = await siteOf(2, { budget: { perDay: { images: 5, usd: 0.3 } } })
    await site.run({ filter: (name) => name === 'picture-1' })
    const ledger = join(site.root, 'generated-images/.ledger.jsonl')
    const [line] = await site.ledger()
    const lines = [
      { ...line, outcome: 'unknown', usd: 0.25, n: 4 },
      { ...line, usd: null },
    ]
    await writeFile(ledger, lines.map((one) => `${JSON.stringify(one)}\n`).join(''))
    expect(await site.run().catch(({ sentence }) => sentence)).toBe(
      'The plan asks for 1 picture for about $0.05; with 5 pictures for $0.25 in the last 24 hours that is over the limit of a day, 5 pictures. Nothing was sent.',
    )
    expect(api.posts).toBe(1)
  })

  test('a plan says so as well', async () => {
    const site = await siteOf(3, { budget: { perDay: { images: 2 } } })
    const project = await site.open()
    const plan = await project.plan(await project.collect())
    await expect(project.holdBudget(plan)).rejects.toMatchObject({ code: 'OVER_DAY' })
    await project.close()
  })
})

describe('runs side by side', () => {
  const first = (name: string) => name < 'picture-4'
  const rest = (name: string) => !first(name)

  test('what one means to ask for counts for the other', async () => {
    const site = await siteOf(6, { budget: { images: 5 } })
    const ended = await Promise.allSettled([site.run({ filter: first }), site.run({ filter: rest })])
    const refused = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused.map(({ code, sentence }) => [code, sentence])).toEqual([
      [
        'OVER_BUDGET',
        'The plan asks for 3 pictures and other processes have 3 under way, together for about $0.32; the budget of a run is 5 pictures. Nothing was sent.',
      ],
    ])
    expect(api.posts).toBe(3)
    // The other run is over: what it reserved is free again, and its pictures are paid for.
    const { report } = await site.run()
    expect([report.made.length, api.posts]).toEqual([3, 6])
  })

  test('the same pictures count once', async () => {
    const site = await siteOf(4, { budget: { images: 4, perDay: { images: 4 } } })
    const ran = await Promise.all([site.run(), site.run()])
    expect(ran.flatMap(({ report }) => report.failed)).toEqual([])
    expect(api.posts).toBe(4)
  })

  test('a run that goes on counts once in the day, not by its ledger again', async () => {
    api.emulator.faults.order({ fault: 'latency', latencyMs: 1500, match: 'boat 3' })
    const site = await siteOf(6, { budget: { perDay: { images: 6 } }, provider: { concurrency: 1 } })
    const going = site.run({ filter: first })
    await vi.waitFor(async () => expect(await site.ledger()).toHaveLength(2), { timeout: 10_000 })
    const { report } = await site.run({ filter: rest })
    expect([report.made.length, (await going).report.made.length, api.posts]).toEqual([3, 3, 6])
  })
})

describe('what it cost', () => {
  test('usage corrects the estimate', async () => {
    // Nobody said which size: the dearest is priced, and another one comes.
    const boat = { prompt: 'A paper boat.', size: 'auto', quality: 'high' }
    const site = await createSite(manifest({ boat }), api.baseURL)
    const { plan, report } = await site.run()
    const { usd } = totalsOf(api.emulator.ledger)
    expect(plan.totals.estimateUsd).toBeGreaterThan(usd)
    expect(report.spentUsd).toBe(usd)
    expect((await site.record('boat')).cost).toEqual({ usd, basis: 'usage' })
    expect((await site.ledger())[0]).toMatchObject({ outcome: 'paid', usd, basis: 'usage' })
  })

  test('a price of your own is used for both', async () => {
    const site = await siteOf(1, { prices: { 'gpt-image-2': { perImage: 0.04 } } })
    const { plan, report } = await site.run()
    expect([plan.totals.estimateUsd, report.spentUsd]).toEqual([0.04, 0.04])
    expect((await site.record('picture-1')).cost).toEqual({ usd: 0.04, basis: 'estimate' })
  })

  test('the sum grows with each picture', async () => {
    const site = await siteOf(3)
    const spent: number[] = []
    const { report } = await site.run({
      onEvent: (event) => event.type === 'made' && spent.push(event.spentUsd),
    })
    expect(spent.map((usd) => Math.round(usd / PRICE))).toEqual([1, 2, 3])
    expect(report.spentUsd).toBe(spent.at(-1))
    expect(api.billed.usd).toBeCloseTo(report.spentUsd, 6)
  })
})

describe('the pace', () => {
  test.each([1, 3])('never more than %i at once', async (concurrency) => {
    api.emulator.faults.order({ fault: 'latency', latencyMs: 40, times: 9 })
    const site = await siteOf(9)
    const { report } = await site.run({ provider: { concurrency } })
    expect(report.made).toHaveLength(9)
    expect(api.posts).toBe(9)
    expect(api.mostAtOnce).toBe(concurrency)
  })

  test('pictures a minute', async () => {
    const images = { one: '1 boat.', two: '2 boats.', three: '3 boats.', four: '4 boats.', five: '5 boats.' }
    const site = await createSite(manifest(images), api.baseURL)
    const { report } = await site.run({ provider: { imagesPerMinute: 2, concurrency: 1 } })
    expect(report.made).toHaveLength(5)
    expect(api.posts).toBe(5)
    // Two go, two wait for the next minute, the last for the one after it.
    expect(site.clock.slept.filter((ms) => ms > 30_000)).toHaveLength(2)
  })
})

test('a listener that throws costs nothing', async () => {
  api.emulator.faults.order({ fault: 'status', status: 429, retryAfter: 1 })
  const site = await siteOf(2)
  const { report } = await site.run({
    onEvent: () => {
      throw new Error('the terminal is gone')
    },
  })
  expect(report).toMatchObject({ failed: [], spentUsd: 2 * PRICE })
  expect(report.made.toSorted()).toEqual(['picture-1', 'picture-2'])
})

test('a run of many pictures says nothing on its own', async () => {
  const warnings: string[] = []
  const hear = (warning: Error) => void warnings.push(warning.message)
  process.on('warning', hear)
  const site = await siteOf(30)
  const { report } = await site.run()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  expect([report.made.length, api.posts, warnings]).toEqual([30, 30, []])
})

test('a header that can not be sent fails every picture, and the project closes all the same', async () => {
  const site = await siteOf(1)
  const { report } = await site.run({ provider: { headers: { 'x-team': 'ends with a space ' } } })
  expect(report.failed.map(({ error }) => error.message)).toMatchInlineSnapshot(`
    [
      "picture-1: "provider.headers.x-team" is a text with spaces at its ends, line ends or letters that HTTP has not. [BAD_OPTION]
      at images.prompts.json:3:5
      → Allowed: printable ASCII, without spaces at its ends.",
    ]
  `)
  expect(api.posts).toBe(0)
})
