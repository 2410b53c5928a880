import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshStore, keyFor, openStore, rejection, requestOf, runningProcess, tree } from './support.ts'

const entry = (id: string, at = '2026-11-22T10:00:00.000Z') => ({
  id,
  key: keyFor('A boat.'),
  name: 'src/boat',
  request: requestOf('A boat.'),
  n: 1,
  provider: 'api.cometapi.com',
  estimateUsd: 0.053,
  at,
})
const begun = (id: string, at?: string) => ({ ...entry(id, at), pid: process.pid })

describe('the spool', () => {
  it('holds a request before it is sent, and nothing after it is finished', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    expect(await openStore(store.layout.root).spool.pending()).toEqual([{ entry: entry('r1'), pictures: [] }])
    await store.spool.receive('r1', '{"data":[]}', { contentType: 'application/json' })
    await store.spool.finish('r1')
    expect(await store.spool.pending()).toEqual([])
    expect(await readdir(store.layout.spool)).toEqual([])
    await expect(store.spool.finish('r1')).resolves.toBeUndefined()
  })

  it('holds an answer byte for byte, with its pictures in order', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    const raw = Buffer.from([0xff, 0x00, 0xfe, 0x7b])
    await store.spool.receive('r1', raw, { contentType: 'text/html' })
    for (const index of [10, 2, 0]) await store.spool.addPicture('r1', index, Buffer.from(`picture ${index}`))
    const [left] = await openStore(store.layout.root).spool.pending()
    expect(left!.body?.contentType).toBe('text/html')
    expect(await readFile(left!.body!.file)).toEqual(raw)
    expect(left!.pictures.map(({ index }) => index)).toEqual([0, 2, 10])
    expect(await readFile(left!.pictures[1]!.file, 'utf8')).toBe('picture 2')
    await store.spool.finish('r1')
    expect(await readdir(store.layout.spool)).toEqual([])
  })

  it('knows a body whose kind was not noted any more', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    await store.spool.receive('r1', '{}')
    expect(await store.spool.pending()).toMatchObject([
      { body: { file: join(store.layout.spool, 'r1.body') } },
    ])
  })

  it('lists the oldest first, and never gives an id twice', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('b', '2026-11-22T10:00:02.000Z'))
    await store.spool.begin(begun('a', '2026-11-22T10:00:03.000Z'))
    await store.spool.begin(begun('c', '2026-11-22T10:00:01.000Z'))
    expect((await store.spool.pending()).map((left) => left.entry.id)).toEqual(['c', 'b', 'a'])
    await expect(store.spool.begin(begun('a'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(store.spool.begin(begun('../a'))).rejects.toThrow(TypeError)
  })

  it('leaves alone what another running process is at, until that ends', async () => {
    const store = await freshStore()
    const { pid, stop } = await runningProcess()
    await store.spool.begin({ ...entry('theirs'), pid })
    await store.spool.begin(begun('ours'))
    const ids = async (kind: 'pending' | 'all') =>
      (await store.spool[kind]()).map((left) => left.entry.id).sort()
    expect(await ids('pending')).toEqual(['ours'])
    expect(await ids('all')).toEqual(['ours', 'theirs'])
    await stop()
    expect(await ids('pending')).toEqual(['ours', 'theirs'])
    expect(await ids('all')).toEqual(['ours', 'theirs'])
  })

  it('sets aside what can not be decoded, with the reason and every byte', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    await store.spool.receive('r1', '<html>', { contentType: 'text/html' })
    await store.spool.addPicture('r1', 0, Buffer.from('half a picture'))
    await store.spool.setAside('r1', 'the answer is HTML')
    expect(await store.spool.pending()).toEqual([])
    expect(await tree(store.layout.takes)).toEqual([
      '.rejected/r1.0.picture',
      '.rejected/r1.body',
      '.rejected/r1.json',
    ])
    expect(await readFile(join(store.layout.rejected, 'r1.body'), 'utf8')).toBe('<html>')
    expect(JSON.parse(await readFile(join(store.layout.rejected, 'r1.json'), 'utf8'))).toMatchObject({
      reason: 'the answer is HTML',
      request: { prompt: 'A boat.' },
    })
  })

  it('leaves files of somebody else alone', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    for (const name of ['my notes.json', '.hidden.json', 'a.b.done'])
      await writeFile(join(store.layout.spool, name), 'x')
    await store.prepare()
    expect(await store.spool.pending()).toHaveLength(1)
    expect(await readdir(store.layout.spool)).toHaveLength(4)
  })

  it('stops at a journal that can not be read, for its answer may be paid', async () => {
    const store = await freshStore()
    await store.spool.begin(begun('r1'))
    await writeFile(join(store.layout.spool, 'r1.json'), '{"v":1')
    const error = await rejection(store.spool.pending())
    expect(error.message).toMatchInlineSnapshot(`
      "The journal generated-images/.takes/.spool/r1.json can't be read: it is not a journal. [SPOOL_UNREADABLE]
        → Files of the same name beside it may hold a paid answer: move them all away together, then run again."
    `)
  })
})

it('knows how old a journal is by the clock of the disk', async () => {
  const store = await freshStore({ now: () => Date.UTC(2100, 0) })
  await store.spool.begin(begun('one', '1999-01-01T00:00:00.000Z'))
  expect(await store.spool.age('one')).toBeLessThan(60_000)
  const file = join(store.layout.spool, 'one.json')
  const then = new Date(Date.now() - 3600_000)
  await utimes(file, then, then)
  expect(await store.spool.age('one')).toBeGreaterThan(3500_000)
  expect(await readdir(store.layout.spool)).toEqual(['one.json'])
  await expect(store.spool.age('two')).rejects.toMatchObject({ code: 'ENOENT' })
})
