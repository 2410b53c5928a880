// A run that is killed: what the next one knows, finishes for free, and asks for again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

const SCRIPT = join(import.meta.dirname, '../support/crash-child.ts')
const PRICE = 0.0527

/** Starts a run in a process of its own. */
function startRun(site: Site, api: TestApi, ...step: string[]): ChildProcess {
  const args = ['--import', 'jiti/register', SCRIPT, site.root, api.baseURL, ...step]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Runs until the process kills itself. */
async function killedAt(site: Site, api: TestApi, step: string, when: 'before' | 'after'): Promise<void> {
  const [code, signal] = await once(startRun(site, api, step, when), 'exit')
  expect([code, signal]).toEqual([null, 'SIGKILL'])
}

const outcomes = async (site: Site) => (await site.ledger()).map(({ outcome }) => outcome)
const outOfGit = async (site: Site) => (await site.tree()).filter((file) => file.startsWith('.takes/'))

/** Everything is in its place, nothing is left over, and another run costs nothing. */
async function settled(site: Site, api: TestApi, posts: number): Promise<void> {
  expect(api.posts).toBe(posts)
  // Whoever was killed could not give its claim back; the next run does.
  expect(
    (await outOfGit(site)).filter(
      (file) => !file.startsWith('.takes/.runs') && !file.startsWith('.takes/.claims/'),
    ),
  ).toEqual([])
  const { report } = await site.run()
  expect(report).toMatchObject({ kept: 1, requests: 0, failed: [] })
  expect(await outOfGit(site)).toEqual([])
  expect(api.posts).toBe(posts)
}

test('killed after the request was sent: the plan names it before the next run asks again', async () => {
  const api = await startPaidApi()
  api.emulator.faults.order({ fault: 'latency', latencyMs: 60_000 })
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  const child = startRun(site, api)
  await vi.waitFor(() => expect(api.posts).toBe(1), 60_000)
  await kill(child)

  // The plan writes nothing, and knows it from the journal.
  expect(await outcomes(site)).toEqual([])
  const [planned] = (await site.plan()).images
  expect(planned).toMatchObject({ state: 'missing', how: 'ask', before: { outcome: 'unknown', usd: PRICE } })
  expect(await outcomes(site)).toEqual([])

  const { plan, report, recovered } = await site.run()
  const [line] = await site.ledger()
  expect(line).toMatchObject({ outcome: 'unknown', name: 'boat', usd: PRICE, basis: 'estimate' })
  expect(line).toEqual(planned!.before)
  expect(plan.images[0]!.before).toEqual(line)
  expect(recovered).toEqual({ names: [], failed: [] })
  expect(report.made).toEqual(['boat'])
  expect(await outcomes(site)).toEqual(['unknown', 'paid'])
  expect(api.billed.requests).toBe(2)
  await settled(site, api, 2)
})

describe('killed before the answer was on the disk: asked again, once', () => {
  test.each([
    ['spool.begin', 'before', 0, ['paid']],
    // Whether it was sent is not to be known.
    ['spool.begin', 'after', 0, ['unknown', 'paid']],
    ['spool.receive', 'before', 1, ['unknown', 'paid']],
  ] as const)('%s, %s', async (step, when, posts, ledger) => {
    const api = await startPaidApi()
    const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
    await killedAt(site, api, step, when)
    expect(api.posts).toBe(posts)
    const { report } = await site.run()
    expect(report.made).toEqual(['boat'])
    expect(await outcomes(site)).toEqual(ledger)
    await settled(site, api, posts + 1)
  })
})

describe('killed after that: the next run finishes it for free', () => {
  test.each([
    ['spool.receive', 'after'],
    ['ledger.append', 'before'],
    ['ledger.append', 'after'],
    ['originals.commit', 'before'],
    ['originals.commit', 'after'],
    ['spool.finish', 'before'],
  ] as const)('%s, %s', async (step, when) => {
    const api = await startPaidApi()
    const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
    await killedAt(site, api, step, when)
    expect(api.posts).toBe(1)
    const { recovered, report } = await site.run()
    expect(recovered).toEqual({ names: ['boat'], failed: [] })
    expect(report).toMatchObject({ kept: 1, made: [], requests: 0, spentUsd: 0 })
    expect(await outcomes(site)).toEqual(['paid'])
    expect((await site.record('boat')).cost).toEqual({ usd: PRICE, basis: 'usage' })
    await settled(site, api, 1)
  })
})

test('killed after everything: nothing is left to do', async () => {
  const api = await startPaidApi()
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  await killedAt(site, api, 'spool.finish', 'after')
  await settled(site, api, 1)
})

test('killed while a link was being fetched: the next run fetches it', async () => {
  const api = await startPaidApi()
  // The process waits for seconds between its tries; four of them fail.
  api.emulator.faults.order({ fault: 'url-fails', downloads: 4 })
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  const child = startRun(site, api)
  await vi.waitFor(async () => expect(await outcomes(site)).toEqual(['paid']), 30_000)
  await kill(child)
  expect((await site.plan()).images[0]).toMatchObject({ state: 'missing', how: 'finish' })
  const { recovered } = await site.run()
  expect(recovered.names).toEqual(['boat'])
  expect(await outcomes(site)).toEqual(['paid'])
  await settled(site, api, 1)
})

test('killed when a link was fetched and not yet kept: it is not even fetched again', async () => {
  const api = await startPaidApi()
  api.emulator.faults.order({ fault: 'url-fails' })
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  await killedAt(site, api, 'spool.addPicture', 'after')
  // From now on the emulator knows neither the link nor the request.
  api.emulator.reset()
  const { recovered } = await site.run()
  expect(recovered).toEqual({ names: ['boat'], failed: [] })
  await settled(site, api, 0)
})

test('an answer whose prompt was edited meanwhile is kept among the takes', async () => {
  const api = await startPaidApi()
  const site = await createSite(manifest({ boat: 'A paper boat.' }), api.baseURL)
  await killedAt(site, api, 'spool.receive', 'after')
  await site.write(manifest({ boat: 'A paper hat.' }))
  const { report } = await site.run()
  expect([report.made, api.posts]).toEqual([['boat'], 2])
  const takes = (await outOfGit(site)).map((file) => file.replace(/[0-9a-f]{64}/, 'KEY'))
  expect(takes).toEqual(['.takes/KEY/1.json', '.takes/KEY/1.png'])

  await site.write(manifest({ boat: 'A paper boat.' }))
  const back = await site.run()
  expect([back.report.copied, api.posts]).toEqual([['boat'], 2])
})
