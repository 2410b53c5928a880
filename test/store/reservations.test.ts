import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { markProcess } from '../../src/store/process-mark.ts'
import { freshStore } from './support.ts'

const reservation = { owner: 'a', at: '2026-11-23T10:00:00.000Z', pictures: [{ key: 'k', usd: 0.05 }] }

describe('reservations', () => {
  it('are seen until they end', async () => {
    const { reservations } = await freshStore()
    expect(await reservations.list()).toEqual([])
    const end = await reservations.add(reservation)
    await reservations.add({ ...reservation, owner: 'b' })
    expect((await reservations.list()).map(({ owner }) => owner).sort()).toEqual(['a', 'b'])
    await end()
    await end()
    expect(await reservations.list()).toMatchObject([{ ...reservation, owner: 'b' }])
  })

  it('of a process that has ended count for nothing and are swept; damaged ones too', async () => {
    const { reservations, layout } = await freshStore()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    const mark = await markProcess(child.pid!)
    await reservations.add(reservation)
    const [file] = await readdir(layout.runs)
    const written = JSON.parse(await readFile(join(layout.runs, file!), 'utf8'))
    const theirs = join(layout.runs, 'theirs.json')
    await writeFile(theirs, JSON.stringify({ ...written, owner: 'child', process: mark }))
    await writeFile(join(layout.runs, 'torn.json'), '{"v":1')
    expect((await reservations.list()).map(({ owner }) => owner).sort()).toEqual(['a', 'child'])
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await reservations.list()).map(({ owner }) => owner)).toEqual(['a'])
    await reservations.sweep()
    expect(await readdir(layout.runs)).toEqual([file])
  })

  it('of another machine count for a day', async () => {
    const now = Date.parse('2026-11-24T11:00:00.000Z')
    const { reservations, layout } = await freshStore({ now: () => now })
    await reservations.add(reservation)
    const [file] = await readdir(layout.runs)
    const written = JSON.parse(await readFile(join(layout.runs, file!), 'utf8'))
    const elsewhere = { ...written, process: { pid: 1, boot: 'another', space: 'another' } }
    await writeFile(join(layout.runs, file!), JSON.stringify(elsewhere))
    expect(await reservations.list()).toEqual([])
    await writeFile(
      join(layout.runs, file!),
      JSON.stringify({ ...elsewhere, at: '2026-11-23T12:00:00.000Z' }),
    )
    expect(await reservations.list()).toHaveLength(1)
  })
})
