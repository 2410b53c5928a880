import { chmod, mkdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/index.ts'
import { bytesOf, freshStore, keyFor, openStore, original, tree } from './support.ts'

const key = keyFor('A boat.')
const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'

async function withBoat(): Promise<{ store: Store; file: string; record: string }> {
  const store = await freshStore()
  const { file } = await store.originals.commit({ name: 'src/boat', ...original('A boat.') })
  return { store, file, record: store.layout.record('src/boat') }
}

describe('inspect', () => {
  it('tells kept, stale and missing', async () => {
    const { store, file } = await withBoat()
    expect(await store.originals.inspect('src/boat', key)).toMatchObject({
      state: 'kept',
      file,
      record: { key },
    })
    expect(await store.originals.inspect('src/boat')).toMatchObject({ state: 'kept' })
    expect(await store.originals.inspect('src/boat', keyFor('A ship.'))).toMatchObject({
      state: 'stale',
      record: { key },
    })
    expect(await store.originals.inspect('src/ship', key)).toEqual({ state: 'missing' })
  })

  it('follows a picture whose two files were renamed by hand', async () => {
    const { store, file, record } = await withBoat()
    await rename(file, store.layout.picture('ship', 'png'))
    await rename(record, store.layout.record('ship'))
    expect(await store.originals.inspect('ship', key)).toMatchObject({ state: 'kept' })
    expect(await store.originals.inspect('src/boat', key)).toEqual({ state: 'missing' })
  })

  it('names the way back for each kind of damage', async () => {
    const messages: Record<string, string> = {}
    const damage: Record<string, (file: string, record: string) => Promise<void>> = {
      deleted: (file) => rm(file),
      truncated: (file) => truncate(file, 100),
      emptied: (file) => truncate(file, 0),
      'one bit flipped': async (file) => {
        const bytes = await readFile(file)
        bytes[2000]! ^= 1
        await writeFile(file, bytes)
      },
      'an LFS pointer': (file) => writeFile(file, LFS),
      'a folder': async (file) => {
        await rm(file)
        await mkdir(file)
      },
      'record truncated': (_, record) => truncate(record, 100),
      'record of another prompt': async (_, record) =>
        writeFile(record, (await readFile(record, 'utf8')).replace('A boat.', 'A ship.')),
      'record of a newer version': async (_, record) =>
        writeFile(record, (await readFile(record, 'utf8')).replace('"version": 1', '"version": 7')),
      'record a folder': async (_, record) => {
        await rm(record)
        await mkdir(record)
      },
    }
    for (const [kind, sabotage] of Object.entries(damage)) {
      const { store, file, record } = await withBoat()
      await store.originals.inspect('src/boat', key)
      await sabotage(file, record)
      for (const wanted of [key, keyFor('A ship.'), undefined]) {
        const { state, problem } = await store.originals.inspect('src/boat', wanted)
        expect([kind, state]).toEqual([kind, 'broken'])
        messages[kind] = `${problem!.message}`
      }
    }
    expect(messages).toMatchInlineSnapshot(`
      {
        "a folder": "src/boat: generated-images/src/boat.png can't be read (EISDIR). [BROKEN_ORIGINAL]
        → See what stands there: it must be a file that this user may read.",
        "an LFS pointer": "src/boat: generated-images/src/boat.png is a Git LFS pointer; the picture itself was not fetched. [LFS_POINTER]
        → Run: git lfs pull --include=generated-images/src/boat.png (in CI: check out with LFS).",
        "deleted": "src/boat: generated-images/src/boat.png is not there, but its record generated-images/src/boat.json is. [BROKEN_ORIGINAL]
        → Bring it back with: git checkout -- generated-images/src/boat.png. To have it made again instead, remove generated-images/src/boat.json.",
        "emptied": "src/boat: generated-images/src/boat.png is not the picture that generated-images/src/boat.json describes. [BROKEN_ORIGINAL]
        → Bring it back with: git checkout -- generated-images/src/boat.png generated-images/src/boat.json. To have it made again instead, move both away.",
        "one bit flipped": "src/boat: generated-images/src/boat.png is not the picture that generated-images/src/boat.json describes. [BROKEN_ORIGINAL]
        → Bring it back with: git checkout -- generated-images/src/boat.png generated-images/src/boat.json. To have it made again instead, move both away.",
        "record a folder": "src/boat: The record generated-images/src/boat.json can't be used: EISDIR. [RECORD_UNREADABLE]
        → Bring it back with: git checkout -- generated-images/src/boat.json. Where git does not hold it, move it and its picture away.",
        "record of a newer version": "src/boat: The record generated-images/src/boat.json is of version 7; this package reads up to version 1. [RECORD_TOO_NEW]
        → Update this package: npm install -D unplugin-generate-images@latest.",
        "record of another prompt": "src/boat: The record generated-images/src/boat.json can't be used: its key is not that of its request. [RECORD_UNREADABLE]
        → Bring it back with: git checkout -- generated-images/src/boat.json. Where git does not hold it, move it and its picture away.",
        "record truncated": "src/boat: The record generated-images/src/boat.json can't be used: it is not JSON. [RECORD_UNREADABLE]
        → Bring it back with: git checkout -- generated-images/src/boat.json. Where git does not hold it, move it and its picture away.",
        "truncated": "src/boat: generated-images/src/boat.png is not the picture that generated-images/src/boat.json describes. [BROKEN_ORIGINAL]
        → Bring it back with: git checkout -- generated-images/src/boat.png generated-images/src/boat.json. To have it made again instead, move both away.",
      }
    `)
  })

  it.runIf(process.getuid?.() !== 0)('says when a picture may not be read', async () => {
    const { store, file } = await withBoat()
    await chmod(file, 0)
    expect((await store.originals.inspect('src/boat', key)).problem?.message).toContain('EACCES')
  })

  it('reads no record that is larger than any can be', async () => {
    const { store, record } = await withBoat()
    await truncate(record, 2 ** 31)
    const { state, problem } = await store.originals.inspect('src/boat', key)
    expect([state, problem?.code]).toEqual(['broken', 'RECORD_UNREADABLE'])
    expect(problem?.message).toContain("can't be used: it is larger than 16 MB.")
  })

  it('quotes paths for a shell', async () => {
    const store = await freshStore()
    const { file } = await store.originals.commit({ name: 'my pages/$boat', ...original('A boat.') })
    await rm(file)
    const { problem } = await store.originals.inspect('my pages/$boat', key)
    expect(problem?.hint).toContain('git checkout -- "generated-images/my pages/\\$boat.png"')
  })

  it('trusts the memo by size and time, and nothing when asked to look deep', async () => {
    const { store, file } = await withBoat()
    const bytes = await readFile(file)
    await utimes(file, 1_700_000_000, 1_700_000_000)
    await store.originals.inspect('src/boat', key)
    const stats = await stat(file)
    // A hash that is wrong tells whether it was believed.
    await store.memo.remember(file, stats, '0'.repeat(64))
    expect((await store.originals.inspect('src/boat', key)).state).toBe('broken')
    expect((await store.originals.inspect('src/boat', key, { deep: true })).state).toBe('kept')
    bytes[9]! ^= 1
    await writeFile(file, bytes)
    await utimes(file, 1_700_000_000, 1_700_000_000)
    expect((await store.originals.inspect('src/boat', key)).state).toBe('broken')
  })

  it('shows a file in the way before anything is paid for', async () => {
    const store = await freshStore()
    await writeFile(store.layout.picture('boat', 'png'), 'mine')
    const missing = await store.originals.inspect('boat', key)
    expect(missing.state).toBe('missing')
    expect(missing.problem?.message).toMatchInlineSnapshot(`
      "boat: generated-images/boat.png is in the way: no record claims it, so it is not overwritten. [UNCLAIMED_FILE]
        → Move it away, or give boat another name."
    `)

    await store.originals.commit({ name: 'ship', ...original('A ship.') })
    await writeFile(store.layout.picture('ship', 'webp'), 'mine')
    const stale = await store.originals.inspect('ship', key)
    expect([stale.state, stale.problem?.code]).toEqual(['stale', 'UNCLAIMED_FILE'])
    expect(await store.originals.inspect('ship', keyFor('A ship.'))).not.toHaveProperty('problem')
  })

  it('never writes', async () => {
    const { store } = await withBoat()
    const before = await tree(store.layout.root)
    await store.originals.inspect('src/boat', key, { deep: true })
    await store.originals.inspect('none', key)
    await store.originals.findByKey(keyFor('none'))
    await store.originals.list()
    await store.spool.pending()
    await store.ledger.read()
    expect(await tree(store.layout.root)).toEqual(before)
  })
})

describe('pictures that the emulator drew', () => {
  const drawn = (more: object = {}) => ({ name: 'boat', ...original('A boat.', { emulated: true, ...more }) })

  it('count only where they are accepted', async () => {
    const store = await freshStore()
    const { record } = await store.originals.commit(drawn())
    expect(record).toMatchObject({ emulated: true })
    expect(await store.originals.inspect('boat', key)).toMatchObject({
      state: 'missing',
      record: { emulated: true },
    })
    expect(await store.originals.inspect('boat', key, { acceptEmulated: true })).toMatchObject({
      state: 'kept',
    })
    expect(await store.originals.inspect('boat', keyFor('x'), { acceptEmulated: true })).toMatchObject({
      state: 'stale',
    })
    expect(await store.originals.inspect('boat', keyFor('x'))).toMatchObject({ state: 'missing' })
    expect(await store.originals.findByKey(key)).toBeUndefined()
    expect(await store.originals.findByKey(key, { acceptEmulated: true })).toMatchObject({ record: { key } })
  })

  it('are replaced by paid ones of any type, and go to no take', async () => {
    for (const type of ['png', 'webp'] as const) {
      const store = await freshStore()
      await store.originals.commit(drawn({ look: 'drawn' }))
      await store.originals.commit({ name: 'boat', ...original('A boat.', { type, look: 'paid' }) })
      expect(await store.originals.inspect('boat', key)).toMatchObject({
        state: 'kept',
        record: { original: { type } },
      })
      expect((await store.originals.inspect('boat', key)).record).not.toHaveProperty('emulated')
      expect(await tree(store.layout.folder)).toEqual(['.gitignore', 'boat.json', `boat.${type}`])
    }
  })

  it('are missing when their file is gone, and in nobody’s way', async () => {
    const store = await freshStore()
    const { file } = await store.originals.commit(drawn())
    await rm(file)
    expect(await store.originals.inspect('boat', key, { acceptEmulated: true })).toMatchObject({
      state: 'missing',
    })
    await store.originals.commit({ name: 'boat', ...original('A boat.') })
    expect(await store.originals.inspect('boat', key)).toMatchObject({ state: 'kept' })
  })

  it('do not claim a file that somebody put in their place', async () => {
    const store = await freshStore()
    const { file } = await store.originals.commit(drawn())
    await writeFile(file, bytesOf('my own'))
    expect(await store.originals.inspect('boat', key)).toMatchObject({ state: 'broken' })
    await expect(
      store.originals.commit({ name: 'boat', ...original('A boat.', { look: 'paid' }) }),
    ).rejects.toThrow()
    expect(await readFile(file)).toEqual(bytesOf('my own'))
  })
})

describe('list', () => {
  it('finds every record below the folder, damaged ones too, and no take', async () => {
    const { store } = await withBoat()
    await store.originals.commit({ name: 'a b/[slug]', ...original('A ship.') })
    await store.originals.addTake(original('A boat.', { look: 'second', take: 2 }))
    await writeFile(join(store.layout.folder, 'src/broken.json'), '{')
    const listed = await openStore(store.layout.root).originals.list()
    expect(
      listed.map(({ name, record, problem }) => [name, record?.request.prompt ?? problem?.code]),
    ).toEqual([
      ['a b/[slug]', 'A ship.'],
      ['src/boat', 'A boat.'],
      ['src/broken', 'RECORD_UNREADABLE'],
    ])
  })

  it('is empty where nothing was ever made', async () => {
    const store = openStore('/nowhere/at/all')
    expect(await store.originals.list()).toEqual([])
    expect(await store.originals.findByKey(key)).toBeUndefined()
    expect(await store.originals.inspect('boat', key)).toEqual({ state: 'missing' })
    expect(await store.originals.nextTake(key)).toBe(1)
  })
})
