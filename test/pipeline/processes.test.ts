// One payment a picture, however many processes ask at once. The API's own count of POSTs is the judge.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { RunReport } from '../../src/pipeline/events.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, KEY, manifest, type Site } from '../support/site.ts'

const SUPPORT = join(import.meta.dirname, '../support')

interface Child {
  readonly process: ChildProcess
  /** Everything printed so far. */
  readonly out: () => string
  begin(): void
  /** How its run ended. */
  ended(): Promise<Omit<RunReport, 'failed'> & { readonly failed: readonly string[] }>
  kill(): Promise<void>
}

/** Starts a process that waits for `begin`. */
async function startRun(site: Site, api: TestApi, concurrency = 5): Promise<Child> {
  const args = ['--import', 'jiti/register', join(SUPPORT, 'run-child.ts')]
  const child = spawn(process.execPath, [...args, site.root, api.baseURL, `${concurrency}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  await vi.waitFor(() => expect(out).toContain('ready'), 50_000)
  return {
    process: child,
    out: () => out,
    begin: () => child.stdin.end(),
    async ended() {
      expect(await exit).toEqual([0, null])
      return JSON.parse(out.trim().split('\n').at(-1)!)
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

const pictures = (count: number) =>
  manifest(
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`picture-${at + 1}`, `A boat ${at + 1}.`])),
  )

/** Every picture is kept and whole, and nothing is left over. */
async function allKept(site: Site, count: number): Promise<void> {
  expect((await site.plan()).totals).toMatchObject({ kept: count, missing: 0, broken: 0, images: 0 })
  // The next run sweeps away what the killed left.
  expect((await site.run()).report).toMatchObject({ kept: count, requests: 0, failed: [] })
  const left = (await site.tree()).filter((file) => file.startsWith('.takes/') && !file.endsWith('.tmp'))
  expect(left).toEqual([])
}

describe('at once', () => {
  test('8 processes and 60 pictures: 60 requests, and everyone has all pictures', async () => {
    const api = await startPaidApi()
    const site = await createSite(pictures(60), api.baseURL)
    const children = await Promise.all(Array.from({ length: 8 }, () => startRun(site, api)))
    for (const child of children) child.begin()
    const reports = await Promise.all(children.map((child) => child.ended()))
    expect(reports.flatMap(({ failed }) => failed)).toEqual([])
    for (const { made, copied, kept } of reports) expect(made.length + copied.length + kept).toBe(60)
    expect(api.posts).toBe(60)
    expect(reports.reduce((sum, { requests }) => sum + requests, 0)).toBe(60)
    expect((await site.ledger()).map(({ outcome }) => outcome)).toEqual(Array(60).fill('paid'))
    await allKept(site, 60)
  }, 120_000)

  test('names that share a request, in two processes', async () => {
    const api = await startPaidApi()
    const site = await createSite(manifest({ boat: 'A boat.', ship: 'A boat.', hat: 'A hat.' }), api.baseURL)
    const children = await Promise.all([startRun(site, api), startRun(site, api)])
    for (const child of children) child.begin()
    const reports = await Promise.all(children.map((child) => child.ended()))
    expect(reports.flatMap(({ failed }) => failed)).toEqual([])
    expect(api.posts).toBe(2)
    expect(await site.read('generated-images/ship.png')).toEqual(await site.read('generated-images/boat.png'))
    await allKept(site, 3)
  })

  test('an answer that a crash left: finished once, and billed once in the ledger', async () => {
    const api = await startPaidApi()
    const site = await createSite(pictures(1), api.baseURL)
    const step = ['spool.receive', 'after']
    const args = ['--import', 'jiti/register', join(SUPPORT, 'crash-child.ts'), site.root, api.baseURL]
    await once(spawn(process.execPath, [...args, ...step], { stdio: 'inherit' }), 'exit')
    expect(api.posts).toBe(1)
    const children = await Promise.all(Array.from({ length: 4 }, () => startRun(site, api)))
    for (const child of children) child.begin()
    const reports = await Promise.all(children.map((child) => child.ended()))
    expect(reports.flatMap(({ failed }) => failed)).toEqual([])
    expect(api.posts).toBe(1)
    expect((await site.ledger()).map(({ outcome }) => outcome)).toEqual(['paid'])
    await allKept(site, 1)
  })

  test('a build and the command line', async () => {
    const api = await startPaidApi({ latencyMs: 3_000 })
    const files = {
      ...manifest({ boat: 'A boat.', hat: 'A hat.', 'blog/hero': 'A hero.' }),
      'index.html': '<script type="module" src="/main.js"></script>',
      'main.js':
        "import all from './images.prompts.json?generate&w=64&format=webp'; import boat from './boat.png?generate&w=64'; globalThis.seen = [all, boat]",
    }
    const site = await createSite(files, api.baseURL)
    await mkdir(join(site.root, 'node_modules'), { recursive: true })
    const vite = join(import.meta.dirname, '../../node_modules/vite')
    await symlink(vite, join(site.root, 'node_modules/vite'), 'dir')
    const environment = { GENERATE_IMAGES_BASE_URL: api.baseURL, GENERATE_IMAGES_API_KEY: KEY, CI: '' }
    const start = (script: string, ...args: string[]) =>
      spawn(process.execPath, ['--import', 'jiti/register', join(SUPPORT, script), ...args], {
        env: { ...process.env, ...environment },
        stdio: 'inherit',
      })
    const both = [
      start('build-child.ts', site.root),
      start('cli-child.ts', site.root, 'generate', '--mode', 'generate'),
    ]
    const exits = await Promise.all(both.map((child) => once(child, 'exit')))
    expect(exits).toEqual([
      [0, null],
      [0, null],
    ])
    expect(api.posts).toBe(3)
    expect((await site.tree('dist/assets')).some((file) => file.startsWith('boat-'))).toBe(true)
    await allKept(site, 3)
  })
})

describe('an owner', () => {
  /** Two processes and one picture: the first has sent its request, the second waits for it. */
  async function ownerAndWaiter(api: TestApi, count = 1) {
    const site = await createSite(pictures(count), api.baseURL)
    const [owner, waiter] = [await startRun(site, api), await startRun(site, api)]
    owner.begin()
    await vi.waitFor(() => expect(api.posts).toBe(count), 30_000)
    waiter.begin()
    await vi.waitFor(() => expect(waiter.out()).toContain('waits for'), 30_000)
    return { site, owner, waiter }
  }

  test('that is killed after sending: whoever waited says so, and the next run asks again', async () => {
    const api = await startPaidApi()
    api.emulator.faults.order({ fault: 'latency', latencyMs: 60_000 })
    const { site, owner, waiter } = await ownerAndWaiter(api)
    await owner.kill()
    const { failed, requests } = await waiter.ended()
    expect([requests, api.posts]).toEqual([0, 1])
    expect(failed.map((message) => message.replaceAll(/\d{4}-\S+Z/g, 'TIME'))).toMatchInlineSnapshot(`
      [
        "picture-1: Another process asked for this picture at TIME and no picture came; it may have been billed. This run does not ask again. [OTHER_PROCESS]
        at images.prompts.json:3:5
        → See what the other process says, then run again.",
      ]
    `)
    expect((await site.ledger()).map(({ outcome }) => outcome)).toEqual(['unknown'])
    expect((await site.run()).report.made).toEqual(['picture-1'])
    expect(api.posts).toBe(2)
    await allKept(site, 1)
  })

  test('whose request is refused: it is not sent again by those who waited', async () => {
    const api = await startPaidApi()
    api.emulator.faults.order({ fault: 'status', status: 400, code: 'moderation_blocked', latencyMs: 5_000 })
    const { owner, waiter } = await ownerAndWaiter(api)
    const [first, second] = await Promise.all([owner.ended(), waiter.ended()])
    expect(first.failed[0]).toContain('[REFUSED]')
    expect(second.failed).toMatchInlineSnapshot(`
      [
        "picture-1: Another process asked for this picture and did not get it. This run does not ask again. [OTHER_PROCESS]
        at images.prompts.json:3:5
        → See what the other process says, then run again.",
      ]
    `)
    expect(api.posts).toBe(1)
  })

  test('that is paused: nobody takes over, and it goes on', async () => {
    const api = await startPaidApi()
    api.emulator.faults.order({ fault: 'latency', latencyMs: 5_000 })
    const { site, owner, waiter } = await ownerAndWaiter(api)
    owner.process.kill('SIGSTOP')
    await sleep(6_000)
    expect([waiter.process.exitCode, api.posts]).toEqual([null, 1])
    owner.process.kill('SIGCONT')
    expect((await owner.ended()).made).toEqual(['picture-1'])
    expect(await waiter.ended()).toMatchObject({ made: [], copied: ['picture-1'], requests: 0, failed: [] })
    expect(api.posts).toBe(1)
    await allKept(site, 1)
  })
})

test('owners killed at random: no picture is bought by two, and those who live make the rest', async () => {
  const api = await startPaidApi({ latencyMs: 150 })
  const site = await createSite(pictures(40), api.baseURL)
  const children = await Promise.all(Array.from({ length: 6 }, () => startRun(site, api, 2)))
  for (const child of children) child.begin()
  const doomed = children.slice(0, 3)
  for (const [index, child] of doomed.entries()) {
    await vi.waitFor(() => expect(api.posts).toBeGreaterThan(4 + index * 8), 30_000)
    await child.kill()
  }
  const living = await Promise.all(children.slice(3).map((child) => child.ended()))
  // What a killed process had sent is not known by anyone; everything else came to be.
  const bodies = api.emulator.requests.map(({ body }) => JSON.stringify(body))
  expect(new Set(bodies).size).toBe(bodies.length)
  const unknown = (await site.ledger()).filter(({ outcome }) => outcome === 'unknown')
  // Whoever was killed between writing a request down and sending it has sent nothing.
  expect(bodies.length).toBeGreaterThanOrEqual(40 - unknown.length)
  expect(unknown.length).toBeLessThanOrEqual(doomed.length * 2)
  for (const { failed } of living) {
    expect(failed.length).toBeLessThanOrEqual(unknown.length)
    for (const message of failed) expect(message).toContain('[OTHER_PROCESS]')
  }
  expect((await site.plan()).totals).toMatchObject({ kept: 40 - unknown.length, broken: 0 })
  // A later run asks again for those that may have been billed, and for no other.
  expect((await site.run()).report).toMatchObject({ requests: unknown.length, failed: [] })
  await allKept(site, 40)
}, 120_000)

test('what others have under way counts towards the budget of a run', async () => {
  const api = await startPaidApi()
  api.emulator.faults.order({ fault: 'latency', latencyMs: 60_000, times: 2 })
  const site = await createSite(pictures(2), api.baseURL)
  const other = await startRun(site, api)
  other.begin()
  await vi.waitFor(() => expect(api.posts).toBe(2), 30_000)
  await site.write(manifest({ hat: 'A hat.', cap: 'A cap.' }))
  const refused = site.run({ budget: { images: 3 } })
  await expect(refused).rejects.toThrowErrorMatchingInlineSnapshot(`
    [GenerateImagesError: The plan asks for 2 pictures and other processes have 2 under way, together for about $0.21; the budget of a run is 3 pictures. Nothing was sent. [OVER_BUDGET]
      → Raise budget.images (--budget-images 4), or make fewer with --filter.]
  `)
  expect(api.posts).toBe(2)
  expect((await site.run({ budget: { images: 4 } })).report.made.toSorted()).toEqual(['cap', 'hat'])
  await other.kill()
})
