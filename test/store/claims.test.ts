// One owner at a time, among real processes: dead ones are followed, living and paused ones are waited for.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ClaimOptions, createClaims } from '../../src/store/claims.ts'
import { createLayout } from '../../src/store/layout.ts'
import { markProcess } from '../../src/store/process-mark.ts'
import { rejection, tempFolder } from './support.ts'

const SCRIPT = join(import.meta.dirname, '../support/claim-child.ts')
const QUICK: ClaimOptions = { beatMs: 20, staleMs: 400, pollMs: 20 }

const claimsAt = (root: string, options = QUICK) => createClaims(createLayout(root), options)
const folderOf = (root: string) => createLayout(root).claims
const filesOf = async (root: string) => (await readdir(folderOf(root))).sort()

function startChild(root: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'jiti/register', SCRIPT, root, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** A process that holds the claim and has sent a request. */
async function startOwner(root: string): Promise<ChildProcess> {
  const child = startChild(root, 'hold')
  await once(child.stdout!, 'data')
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** A claim that a process of somewhere else has left. */
async function leaveClaim(root: string, change: object = {}, file = 'key.1'): Promise<string> {
  await mkdir(folderOf(root), { recursive: true })
  const mark = { ...(await markProcess(process.pid)), ...change }
  const path = join(folderOf(root), file)
  await writeFile(path, `${JSON.stringify({ v: 1, id: `left-${file}`, process: mark })}\n`)
  return path
}

/** What has become of a promise until now. */
function watch<T>(promise: Promise<T>): { ended: boolean } {
  const state = { ended: false }
  const end = () => {
    state.ended = true
  }
  promise.then(end, end)
  return state
}

describe('in one process', () => {
  test('two runs: the second waits, and takes what was not sent', async () => {
    const root = await tempFolder()
    const first = await claimsAt(root).take('key')
    const other = claimsAt(root)
    expect(await other.attempt('key')).toBeUndefined()
    const waited: (number | undefined)[] = []
    const taking = other.take('key', { onWait: (pid) => waited.push(pid) })
    const state = watch(taking)
    await sleep(100)
    expect([state.ended, waited]).toEqual([false, [process.pid]])
    await first!.release()
    const second = await taking
    await second!.sending()
    await second!.release()
    expect(await filesOf(root)).toEqual([])
  })

  test('what was sent and is finished is not taken by those who waited', async () => {
    const root = await tempFolder()
    const first = await claimsAt(root).take('key')
    await first!.sending()
    let waiting = 0
    const taking = [1, 2, 3].map(() => claimsAt(root).take('key', { onWait: () => waiting++ }))
    await vi.waitFor(() => expect(waiting).toBe(3), 20_000)
    await first!.release()
    expect(await Promise.all(taking)).toEqual([undefined, undefined, undefined])
    // Whoever comes afterwards begins anew.
    expect(await claimsAt(root).attempt('key')).toBeDefined()
  })

  test('other keys are free', async () => {
    const root = await tempFolder()
    const claims = claimsAt(root)
    await claims.take('key')
    expect(await claims.attempt('other')).toBeDefined()
    expect(await filesOf(root)).toEqual(['key.1', 'other.1'])
  })

  test('an interrupted wait says what it waited for', async () => {
    const root = await tempFolder()
    await claimsAt(root).take('key')
    const stop = new AbortController()
    const onWait = () => stop.abort()
    const error = await rejection(claimsAt(root).take('key', { signal: stop.signal, onWait }))
    expect(error.message).toMatchInlineSnapshot(`
      "Not asked for: the run was interrupted while another process had the picture under way. [STOPPED]
        → Mend that first, then run again; nothing was spent on this picture."
    `)
    expect(await rejection(claimsAt(root).take('free', { signal: stop.signal }))).toMatchObject({
      code: 'STOPPED',
    })
    expect(await filesOf(root)).toEqual(['key.1'])
  })

  test('a claim that was taken over sends nothing, and its release leaves the other alone', async () => {
    const root = await tempFolder()
    const claim = await claimsAt(root).take('key')
    await leaveClaim(root, {}, 'key.2')
    expect((await rejection(claim!.sending())).message).toMatchInlineSnapshot(`
      "This process was paused for so long that another took the picture over; nothing was sent here. [OTHER_PROCESS]
        → Run again: what the other process made is used."
    `)
    await claim!.release()
    expect(await filesOf(root)).toEqual(['key.2'])
  })
})

describe('an owner that died', () => {
  test('is followed by one of those who wait', async () => {
    const root = await tempFolder()
    const owner = await startOwner(root)
    let owners = 0
    let most = 0
    const working = Promise.all(
      Array.from({ length: 4 }, () =>
        claimsAt(root).during('key', async () => {
          most = Math.max(most, ++owners)
          await sleep(20)
          owners--
        }),
      ),
    )
    const state = watch(working)
    await sleep(100)
    expect([state.ended, owners]).toEqual([false, 0])
    await end(owner, 'SIGKILL')
    await working
    expect(most).toBe(1)
    expect(await filesOf(root)).toEqual([])
  })

  test('before its claim was whole: by silence', async () => {
    const root = await tempFolder()
    await mkdir(folderOf(root), { recursive: true })
    await writeFile(join(folderOf(root), 'key.1'), '{"v":1,"id"')
    const claim = await claimsAt(root).attempt('key')
    expect(await filesOf(root)).toEqual(['key.1', 'key.2'])
    await claim!.release()
    expect(await filesOf(root)).toEqual([])
  })

  test('on another boot, with a pid that runs here: by silence', async () => {
    const root = await tempFolder()
    await leaveClaim(root, { boot: 'another-boot' })
    const claim = await claimsAt(root).take('key')
    await claim!.sending()
    expect(await filesOf(root)).toEqual(['key.1', 'key.2'])
  })

  test('whose pid another process has now', async () => {
    const root = await tempFolder()
    await leaveClaim(root, { started: '1' })
    expect(await claimsAt(root, { ...QUICK, staleMs: 1e9 }).attempt('key')).toBeDefined()
  })
})

describe('an owner that lives', () => {
  test('and is paused is never followed, and goes on afterwards', async () => {
    const root = await tempFolder()
    const owner = await startOwner(root)
    owner.kill('SIGSTOP')
    const taking = claimsAt(root, { ...QUICK, staleMs: 1 }).take('key')
    const state = watch(taking)
    await sleep(500)
    expect([state.ended, await filesOf(root)]).toEqual([false, ['key.1']])
    owner.kill('SIGCONT')
    owner.stdin!.write('finish\n')
    expect(await taking).toBeUndefined()
    expect(await filesOf(root)).toEqual([])
  })

  test.each([
    ['another machine', { boot: 'another-boot' }],
    [
      'another container of this machine, where its pid means another process',
      { space: 'pid:[1]', pid: 999_999_999 },
    ],
  ])('on %s is known by its heartbeat', async (_, change) => {
    const root = await tempFolder()
    const file = await leaveClaim(root, change)
    let beats = 0
    const beating = setInterval(() => {
      beats++
      writeFile(file, '.', { flag: 'a' })
    }, 50)
    onTestFinished(() => clearInterval(beating))
    expect(await claimsAt(root).attempt('key')).toBeUndefined()
    const taking = claimsAt(root).take('key')
    const state = watch(taking)
    // Well past the time of silence.
    await vi.waitFor(() => expect(beats).toBeGreaterThan(16), 10_000)
    expect([state.ended, await filesOf(root)]).toEqual([false, ['key.1']])
    clearInterval(beating)
    expect(await taking).toBeDefined()
  })

  test.each([
    ['the future', 4_000_000_000],
    ['the past', 1],
  ])('has files from %s: their times mean nothing', async (_, seconds) => {
    const root = await tempFolder()
    const living = await leaveClaim(root)
    await utimes(living, seconds, seconds)
    expect(await claimsAt(root, { ...QUICK, staleMs: 1 }).attempt('key')).toBeUndefined()
    const dead = await leaveClaim(root, { boot: 'another-boot' }, 'other.1')
    await utimes(dead, seconds, seconds)
    expect(await claimsAt(root).attempt('other')).toBeDefined()
  })

  test('beats, and does not keep the process alive for it', async () => {
    const root = await tempFolder()
    await claimsAt(root).take('key')
    const file = join(folderOf(root), 'key.1')
    await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toMatch(/\n\.{3,}$/), 20_000)
    const child = startChild(root, 'leave')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

test('8 processes, some killed at work: never two owners, and everyone comes to its end', async () => {
  const root = await tempFolder()
  const children = Array.from({ length: 8 }, () => startChild(root, 'work', '25'))
  const exits = children.map((child) => once(child, 'exit'))
  const log = () => readFile(join(root, 'log'), 'utf8').catch(() => '')
  const killed = new Set<number>()
  for (let kills = 1; kills <= 3; kills++) {
    await vi.waitFor(async () => expect((await log()).split('\n').length).toBeGreaterThan(kills * 20), 30_000)
    killed.add(children[kills]!.pid!)
    children[kills]!.kill('SIGKILL')
  }
  await Promise.all(exits)
  let owner: string | undefined
  const lines = (await log()).trim().split('\n')
  for (const line of lines) {
    const [what, pid] = line.split(' ')
    if (what === 'in') {
      // Whoever died at work has no last line.
      expect(owner === undefined || killed.has(Number(owner)), line).toBe(true)
      owner = pid
    } else {
      expect(pid).toBe(owner)
      owner = undefined
    }
  }
  expect(lines.filter((line) => line.startsWith('out')).length).toBeGreaterThanOrEqual(5 * 25)
  expect((await filesOf(root)).filter((file) => !file.endsWith('.tmp'))).toEqual([])
}, 60_000)
