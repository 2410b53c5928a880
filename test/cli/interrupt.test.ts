// Interruptions, in this process and as signals to a process of its own, and a real pseudo terminal.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startPaidApi } from '../support/api.ts'
import { KEY, manifest } from '../support/site.ts'
import { buildPackage } from './built.ts'
import { projectWith, steady } from './support.ts'

const FOUR = manifest(
  Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { prompt: `Picture ${name}.`, alt: name }])),
)
const TWO_AT_ONCE = ['--concurrency', '2']

let built: Awaited<ReturnType<typeof buildPackage>>
beforeAll(async () => {
  built = await buildPackage()
})
afterAll(() => built.remove())

/** Calls `then` once the API has seen so many requests. */
async function whenAsked(api: { readonly posts: number }, posts: number, then: () => void): Promise<void> {
  while (api.posts < posts) await new Promise((resolve) => setTimeout(resolve, 5))
  then()
}

describe('an interruption', () => {
  it('sends nothing more, and waits for what is paid for', async () => {
    const api = await startPaidApi({ latencyMs: 300 })
    const { sh, tree } = await projectWith(FOUR, api.baseURL)
    let interrupt = () => {}
    const running = sh(TWO_AT_ONCE, { interrupt: (interrupted) => (interrupt = interrupted) })
    await whenAsked(api, 2, () => interrupt())
    expect(steady(await running).replaceAll(/\$\d\.\d\d|: [ab],/g, '…')).toMatchInlineSnapshot(`
      "
      status 130
      --- out
      2 pictures made, 0 kept, 2 not asked for. Spent …, with 2 requests.

      --- err
      Asking for 4 pictures, about ….
      Interrupted: nothing more is sent. Waiting for what is under way, because it is paid for; again to end at once.
      1 of 2… N s, … spent
      2 of 2… N s, … spent
      ✗ c, d: Not asked for: the run was interrupted. [STOPPED]
        → Run again to go on; nothing was spent on them.
      "
    `)
    expect(api.posts).toBe(2)
    expect((await tree()).filter((file) => file.endsWith('.png'))).toHaveLength(2)
    // The next run goes on.
    expect(await sh([])).toMatchObject({ status: 0 })
    expect(api.posts).toBe(4)
  })

  it('waits for nothing the second time, and what was sent counts as maybe billed', async () => {
    const api = await startPaidApi({ latencyMs: 60_000 })
    const { sh, ledger } = await projectWith(FOUR, api.baseURL)
    let interrupt = () => {}
    const running = sh([...TWO_AT_ONCE, '--json'], { interrupt: (interrupted) => (interrupt = interrupted) })
    await whenAsked(api, 2, () => {
      interrupt()
      interrupt()
    })
    const { status, out } = await running
    expect(status).toBe(130)
    const { made, failed, maybeUsd } = JSON.parse(out)
    expect(made).toEqual([])
    const codes = failed.map(({ error }: { error: { code: string } }) => error.code).sort()
    expect(codes).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN', 'STOPPED', 'STOPPED'])
    expect(maybeUsd).toBeGreaterThan(0)
    expect((await ledger()).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
    expect(api.posts).toBe(2)
  })

  it('before anything was sent costs nothing', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(FOUR, api.baseURL)
    const { status, out } = await sh([], { interrupt: (interrupted) => interrupted() })
    expect(status).toBe(130)
    expect(out).toContain('0 pictures made, 0 kept, 4 not asked for.')
    expect(api.posts).toBe(0)
  })
})

describe('a process', () => {
  const environment = (baseURL: string) => {
    const { CI: _, FORCE_COLOR: __, ...own } = process.env
    return { ...own, NO_COLOR: '1', GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: KEY }
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('waits at the first %s and ends with 130', async (signal) => {
    const api = await startPaidApi({ latencyMs: 1000 })
    const { root, tree } = await projectWith(FOUR, api.baseURL)
    const child = spawn(process.execPath, [built.cli, ...TWO_AT_ONCE], {
      cwd: root,
      env: environment(api.baseURL),
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    void whenAsked(api, 2, () => child.kill(signal))
    const [out, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
    expect(code).toBe(130)
    expect(Buffer.concat(out).toString()).toContain('2 pictures made, 0 kept, 2 not asked for.')
    expect((await tree()).filter((file) => file.endsWith('.png'))).toHaveLength(2)
  })

  it('ends at once at the second signal', async () => {
    const api = await startPaidApi({ latencyMs: 60_000 })
    const { root, ledger } = await projectWith(FOUR, api.baseURL)
    const child = spawn(process.execPath, [built.cli, ...TWO_AT_ONCE], {
      cwd: root,
      env: environment(api.baseURL),
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    // The second signal comes when the first was heard: a process takes signals that come together as one.
    child.stderr.on('data', (text) => String(text).includes('Interrupted') && child.kill('SIGINT'))
    void whenAsked(api, 2, () => child.kill('SIGINT'))
    const [, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
    expect(code).toBe(130)
    expect((await ledger()).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
  })

  it('goes on where nobody reads its output', async () => {
    const api = await startPaidApi()
    const { root, tree } = await projectWith(FOUR, api.baseURL)
    const child = spawn(process.execPath, [built.cli], { cwd: root, env: environment(api.baseURL) })
    onTestFinished(() => void child.kill('SIGKILL'))
    child.stdout.destroy()
    child.stderr.destroy()
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect((await tree()).filter((file) => file.endsWith('.png'))).toHaveLength(4)
  })

  it('has a version and a help, and statuses', async () => {
    const { root } = await projectWith(FOUR)
    const run = (...argv: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [built.cli, ...argv], {
        cwd: root,
        encoding: 'utf8',
      })
      return { status, stdout }
    }
    expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: generate-images'),
    })
    expect(run('plna', '--json').status).toBe(2)
    expect(run('plan', '--budget-images', '1')).toMatchObject({ status: 3 })
    expect(run('check')).toMatchObject({ status: 1 })
  })

  // `script` of util-linux gives a command a pseudo terminal.
  const hasScript =
    spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true
  it.skipIf(!hasScript)('moves one line on a pseudo terminal', async () => {
    const api = await startPaidApi()
    const { root } = await projectWith(FOUR, api.baseURL)
    const command = `stty cols 60; '${process.execPath}' '${built.cli}' --concurrency 1`
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: root,
      env: { ...environment(api.baseURL), TERM: 'xterm' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const [out, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
    const screen = Buffer.concat(out).toString().replaceAll('\r\u001b[2K', '«').replaceAll('\r\n', '\n')
    expect(code).toBe(0)
    expect(screen).toMatch(
      /^Asking for 4 pictures, about \$0\.21\.\n«0 of 4 pictures, \$0\.00 spent«1 of 4 pictures, \$0\.05 spent, about .* left«2 of .* left«3 of .* left«4 pictures made, 0 kept\. Spent \$0\.21, with 4 requests\.\n$/,
    )
  })
})
