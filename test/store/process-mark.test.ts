import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { isRunning, lifeOf, markProcess } from '../../src/store/process-mark.ts'
import { runningProcess } from './support.ts'

it('tells a running process from one that ended', async () => {
  const { pid, stop } = await runningProcess()
  const mark = await markProcess(pid)
  expect(await isRunning(mark)).toBe(true)
  await stop()
  expect(await isRunning(mark)).toBe(false)
})

it('is of one boot and one start', async () => {
  const mark = await markProcess(process.pid)
  expect(await isRunning(mark)).toBe(true)
  expect(await isRunning({ ...mark, boot: 'of yesterday' })).toBe(false)
  if (mark.started !== undefined) expect(await isRunning({ ...mark, started: '1' })).toBe(false)
})

// Has a child that has ended and does not ask how until a moment after it has told of it; ten times.
const PARENT = `
const { spawn } = require('node:child_process')
const { readFileSync } = require('node:fs')
const ended = (pid) => / Z /.test(readFileSync('/proc/' + pid + '/stat', 'latin1'))
function next(rounds) {
  if (rounds === 0) return
  const child = spawn('true').on('exit', () => next(rounds - 1))
  while (!ended(child.pid));
  process.stdout.write(child.pid + '\\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
}
next(10)
`

it.runIf(process.platform === 'linux')(
  'never takes a process for running that has ended, also while its parent asks how',
  async () => {
    const parent = spawn(process.execPath, ['-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const over = once(parent, 'exit')
    const here = await markProcess(process.pid)
    let isOver = false
    const seen = new Set<string>()
    const looking: Promise<void>[] = []
    for await (const line of createInterface({ input: parent.stdout })) {
      const mark = { pid: Number(line), boot: here.boot, ...(here.space && { space: here.space }) }
      const look = async () => {
        while (!isOver) seen.add(await lifeOf(mark))
      }
      looking.push(...Array.from({ length: 20 }, look))
    }
    expect(await over).toEqual([0, null])
    isOver = true
    await Promise.all(looking)
    expect([...seen]).toEqual(['ended'])
  },
)
