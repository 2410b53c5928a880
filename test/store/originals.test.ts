import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseRecord } from '../../src/store/record.ts'
import {
  bytesOf,
  freshStore,
  keyFor,
  openStore,
  original,
  rejection,
  sha256,
  tempFolder,
  tree,
} from './support.ts'

const key = keyFor('A boat.')
const shipKey = keyFor('A ship.')

describe('prepare', () => {
  it('keeps takes and the ledger out of git, and a person’s own file as it is', async () => {
    const store = await freshStore()
    const text = await readFile(store.layout.gitignore, 'utf8')
    expect(text.split('\n')).toEqual(expect.arrayContaining(['.takes/', '.ledger.jsonl']))
    await writeFile(store.layout.gitignore, 'mine')
    await store.prepare()
    expect(await readFile(store.layout.gitignore, 'utf8')).toBe('mine')
    expect(await tree(store.layout.root)).toEqual(['generated-images/.gitignore'])
  })

  it('says where the folder can’t be made', async () => {
    const root = await tempFolder()
    await writeFile(join(root, 'generated-images'), '')
    const error = await rejection(openStore(root).prepare())
    expect(error.code).toBe('FOLDER_UNWRITABLE')
  })
})

describe('commit', () => {
  it('keeps the bytes as they came, and a record beside them', async () => {
    const store = await freshStore()
    const { record, file } = await store.originals.commit({ name: 'src/blog/hero', ...original('A boat.') })
    expect(await readFile(file)).toEqual(bytesOf('A boat.'))
    expect(await tree(store.layout.folder)).toEqual(['.gitignore', 'src/blog/hero.json', 'src/blog/hero.png'])
    const text = await readFile(store.layout.record('src/blog/hero'), 'utf8')
    expect(parseRecord(text, 'hero.json')).toEqual(record)
    expect(text).not.toContain(store.layout.root)
    expect(text).toMatchInlineSnapshot(`
      "{
        "answer": {
          "created": 1790000000,
          "usage": {
            "output_tokens": 1756
          }
        },
        "cost": {
          "basis": "usage",
          "usd": 0.053
        },
        "generatedAt": "2026-11-22T10:00:00.000Z",
        "key": "7153fef92ac510b439906f603c3fcfb9cf4a0784dcc43eb1196c90947a9b3fd5",
        "original": {
          "bytes": 5004,
          "file": "hero.png",
          "hasAlpha": false,
          "height": 1024,
          "sha256": "e6999a4c195474ce6734d331905e58487882acb73d11005c04be62cd5eb6a599",
          "type": "png",
          "width": 1024
        },
        "provider": "api.cometapi.com",
        "request": {
          "model": "gpt-image-2",
          "prompt": "A boat.",
          "size": "1024x1024"
        },
        "take": 1,
        "version": 1
      }
      "
    `)
  })

  it('names the file by its real type', async () => {
    const store = await freshStore()
    const { file } = await store.originals.commit({ name: 'a', ...original('A boat.', { type: 'jpeg' }) })
    expect(file).toBe(join(store.layout.folder, 'a.jpg'))
  })

  it('does nothing for what is there already', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    const before = await stat(store.layout.record('a'))
    await store.originals.commit({
      name: 'a',
      ...original('A boat.', { generatedAt: '2027-01-01T00:00:00.000Z' }),
    })
    expect((await stat(store.layout.record('a'))).ino).toBe(before.ino)
    expect(await tree(store.layout.folder)).toEqual(['.gitignore', 'a.json', 'a.png'])
  })

  it('moves the picture that it replaces to the takes, for it was paid for', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    await store.originals.commit({ name: 'a', ...original('A ship.') })
    expect(await readFile(store.layout.picture('a', 'png'))).toEqual(bytesOf('A ship.'))
    const takes = await store.takes.list(key)
    expect(takes).toMatchObject([{ record: { key, take: 1, original: { file: '1.png' } } }])
    expect(await readFile(takes[0]!.file)).toEqual(bytesOf('A boat.'))
    expect(await store.takes.list(shipKey)).toEqual([])
  })

  it('brings the old picture back when an edited prompt is set back', async () => {
    const store = await freshStore()
    const first = await store.originals.commit({ name: 'a', ...original('A boat.') })
    await store.originals.commit({ name: 'a', ...original('A ship.') })
    const found = await store.originals.findByKey(key)
    const back = await store.originals.copy(found!, 'a')
    expect(back).toEqual(first)
    expect(await store.originals.inspect('a', key, { deep: true })).toMatchObject({ state: 'kept' })
    // And forth again.
    await store.originals.copy((await store.originals.findByKey(shipKey))!, 'a')
    expect(await store.originals.inspect('a', shipKey, { deep: true })).toMatchObject({ state: 'kept' })
    expect(await readFile(store.layout.picture('a', 'png'))).toEqual(bytesOf('A ship.'))
    expect(await readdir(store.layout.takesOf(key))).toEqual(['1.json', '1.png'])
  })

  it('keeps every take of one key', async () => {
    const store = await freshStore()
    for (const take of [1, 2, 3]) {
      expect(await store.originals.nextTake(key)).toBe(take)
      await store.originals.commit({ name: 'a', ...original('A boat.', { look: `look ${take}`, take }) })
    }
    expect((await store.takes.list(key)).map((take) => take.record.take)).toEqual([1, 2])
    expect((await store.originals.inspect('a', key)).record?.take).toBe(3)
  })

  it('of another type removes the old file, which is in the takes', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    await store.originals.commit({ name: 'a', ...original('A ship.', { type: 'webp' }) })
    expect(await tree(store.layout.folder)).toEqual([
      '.gitignore',
      `.takes/${key}/1.json`,
      `.takes/${key}/1.png`,
      'a.json',
      'a.webp',
    ])
    expect(sha256(await readFile(store.layout.take(key, 1, 'png')))).toBe(sha256(bytesOf('A boat.')))
  })

  it('with the bytes of the old picture under a new key keeps both records', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    const adopted = original('A ship.', {
      look: 'A boat.',
      adopted: true,
      cost: { usd: 0, basis: 'adopted' },
    })
    await store.originals.commit({ name: 'a', ...adopted })
    expect(await store.originals.inspect('a', shipKey)).toMatchObject({
      state: 'kept',
      record: { adopted: true },
    })
    expect(await store.originals.findByKey(key)).toMatchObject({
      record: { key, provider: 'api.cometapi.com' },
    })
  })

  it('many at once, to one name and to several, lose nothing', async () => {
    const store = await freshStore()
    const prompts = Array.from({ length: 6 }, (_, index) => `Prompt ${index}.`)
    await Promise.all([
      ...prompts.map((prompt) => store.originals.commit({ name: 'same', ...original(prompt) })),
      ...prompts.map((prompt) => store.originals.commit({ name: `own/${prompt}x`, ...original(prompt) })),
    ])
    for (const prompt of prompts) {
      expect(await store.originals.findByKey(keyFor(prompt))).toMatchObject({
        record: { request: { prompt } },
      })
      expect(await store.originals.inspect(`own/${prompt}x`, keyFor(prompt), { deep: true })).toMatchObject({
        state: 'kept',
      })
    }
    const same = await store.originals.inspect('same', undefined, { deep: true })
    expect(same.state).toBe('kept')
    expect(prompts).toContain(same.record?.request.prompt)
    expect(
      (await tree(store.layout.folder)).filter(
        (file) => file.endsWith('.tmp') || file.includes('.exchanges/'),
      ),
    ).toEqual([])
  })

  it('never overwrites a file that no record claims, and keeps what was paid for', async () => {
    const store = await freshStore()
    await writeFile(store.layout.picture('a', 'png'), 'my own picture')
    const error = await rejection(store.originals.commit({ name: 'a', ...original('A boat.') }))
    expect(error.code).toBe('UNCLAIMED_FILE')
    expect(await readFile(store.layout.picture('a', 'png'), 'utf8')).toBe('my own picture')
    await rm(store.layout.picture('a', 'png'))
    await store.originals.copy((await store.originals.findByKey(key))!, 'a')
    expect(await store.originals.inspect('a', key)).toMatchObject({ state: 'kept' })
  })

  it('claims an unclaimed file that has the very same bytes', async () => {
    const store = await freshStore()
    await writeFile(store.layout.picture('a', 'png'), bytesOf('A boat.'))
    await store.originals.commit({ name: 'a', ...original('A boat.', { adopted: true }) })
    expect(await store.originals.inspect('a', key)).toMatchObject({ state: 'kept' })
  })

  it.each<[string, string, (file: string, record: string) => Promise<void>]>([
    ['a changed picture', 'BROKEN_ORIGINAL', (file) => writeFile(file, 'edited by hand')],
    ['a picture that is gone', 'BROKEN_ORIGINAL', (file) => rm(file)],
    [
      'an LFS pointer',
      'LFS_POINTER',
      (file) => writeFile(file, 'version https://git-lfs.github.com/spec/v1\n'),
    ],
    ['a damaged record', 'RECORD_UNREADABLE', (_, record) => truncate(record, 10)],
    [
      'a record of a newer version',
      'RECORD_TOO_NEW',
      async (_, record) =>
        writeFile(record, (await readFile(record, 'utf8')).replace('"version": 1', '"version": 2')),
    ],
  ])('leaves %s as it is', async (_, code, sabotage) => {
    const store = await freshStore()
    const { file } = await store.originals.commit({ name: 'a', ...original('A boat.') })
    await sabotage(file, store.layout.record('a'))
    const read = () =>
      Promise.all([file, store.layout.record('a')].map((path) => readFile(path).catch(() => 'none')))
    const before = await read()
    expect((await rejection(store.originals.commit({ name: 'a', ...original('A ship.') }))).code).toBe(code)
    expect(await read()).toEqual(before)
    expect(await store.originals.findByKey(shipKey)).toMatchObject({ record: { key: shipKey } })
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ['gone', (file) => rm(file)],
    ['an LFS pointer', (file) => writeFile(file, 'version https://git-lfs.github.com/spec/v1\n')],
  ])('mends a picture that is %s with the bytes of its record', async (_, sabotage) => {
    const store = await freshStore()
    const { file } = await store.originals.commit({ name: 'a', ...original('A boat.') })
    await sabotage(file)
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    expect(await store.originals.inspect('a', key, { deep: true })).toMatchObject({ state: 'kept' })
  })

  it('claims a picture that was changed on purpose', async () => {
    const store = await freshStore()
    const { file } = await store.originals.commit({ name: 'a', ...original('A boat.') })
    await writeFile(file, bytesOf('retouched'))
    await store.originals.commit({ name: 'a', ...original('A boat.', { look: 'retouched', adopted: true }) })
    expect(await store.originals.inspect('a', key, { deep: true })).toMatchObject({
      state: 'kept',
      record: { adopted: true },
    })
  })

  it('keeps nothing under a record that could not be read again, and no bad name', async () => {
    const store = await freshStore()
    const wrong = { ...original('A boat.'), key: shipKey }
    expect((await rejection(store.originals.commit({ name: 'a', ...wrong }))).code).toBe('RECORD_UNREADABLE')
    expect((await rejection(store.originals.commit({ name: '../a', ...original('A boat.') }))).code).toBe(
      'BAD_NAME',
    )
    expect(await tree(store.layout.root)).toEqual(['generated-images/.gitignore'])
  })
})

describe('the same key under another name', () => {
  it('is found, verified and copied', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    const copy = await store.originals.copy((await store.originals.findByKey(key))!, 'b/c')
    expect(copy.record).toMatchObject({ key, original: { file: 'c.png' }, cost: { usd: 0.053 } })
    expect(await readFile(copy.file)).toEqual(bytesOf('A boat.'))
    expect((await stat(copy.file)).ino).not.toBe((await stat(store.layout.picture('a', 'png'))).ino)
    expect(await tree(store.layout.folder)).toEqual(['.gitignore', 'a.json', 'a.png', 'b/c.json', 'b/c.png'])
  })

  it('is not offered where it is damaged, and a whole one is', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    await store.originals.copy((await store.originals.findByKey(key))!, 'b')
    await truncate(store.layout.picture('a', 'png'), 10)
    expect(await store.originals.findByKey(key)).toMatchObject({ file: store.layout.picture('b', 'png') })
    await truncate(store.layout.picture('b', 'png'), 10)
    expect(await store.originals.findByKey(key)).toBeUndefined()
  })

  it('is found for many keys at once', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...original('A boat.') })
    await store.originals.addTake(original('A ship.'))
    const found = await store.originals.findByKeys([key, shipKey, keyFor('none')])
    expect([...found.keys()].sort()).toEqual([key, shipKey].sort())
  })

  it('is not copied from bytes that changed after they were found', async () => {
    const store = await freshStore()
    const held = await store.originals.commit({ name: 'a', ...original('A boat.') })
    await writeFile(held.file, 'edited')
    const error = await rejection(store.originals.copy(held, 'b'))
    expect(error.message).toContain(
      'a: generated-images/a.png is not the picture that generated-images/a.json describes.',
    )
    expect(await store.originals.inspect('b', key)).toEqual({ state: 'missing' })
  })
})
