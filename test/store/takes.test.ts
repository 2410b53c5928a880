import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { bytesOf, freshStore, keyFor, openStore, original, rejection, sha256 } from './support.ts'

const key = keyFor('A boat.')
const take = (look: string, number = 1) => original('A boat.', { look, take: number })

describe('takes', () => {
  it('are numbered, listed, and kept once each', async () => {
    const store = await freshStore()
    for (const look of ['one', 'two', 'one', 'three']) await store.originals.addTake(take(look))
    const listed = await store.takes.list(key)
    expect(listed.map(({ record }) => [record.take, record.original.file])).toEqual([
      [1, '1.png'],
      [2, '2.png'],
      [3, '3.png'],
    ])
    expect(await readFile(listed[2]!.file)).toEqual(bytesOf('three'))
    expect(await store.originals.nextTake(key)).toBe(4)
  })

  it('are put under a name, and stay', async () => {
    const store = await freshStore()
    await store.originals.commit({ name: 'a', ...take('one') })
    await store.originals.addTake(take('two', 2))
    const { record } = await store.originals.copy((await store.takes.get(key, 2))!, 'a')
    expect(record).toMatchObject({ take: 2, original: { file: 'a.png', sha256: sha256(bytesOf('two')) } })
    expect((await store.takes.list(key)).map(({ record }) => record.take)).toEqual([1, 2])
  })

  it('that are damaged are not listed, and asked for alone they say so', async () => {
    const store = await freshStore()
    await store.originals.addTake(take('one'))
    const two = await store.originals.addTake(take('two', 2))
    await truncate(two.file, 100)
    expect((await store.takes.list(key)).map(({ record }) => record.take)).toEqual([1])
    expect((await rejection(store.takes.get(key, 2))).hint).toContain(
      `remove generated-images/.takes/${key}/2.json`,
    )
    expect(await store.takes.get(key, 3)).toBeUndefined()
    expect(await store.takes.holds(sha256(bytesOf('two')))).toBe(false)
    // Its number is not given away.
    expect((await store.originals.addTake(take('two', 2))).record.take).toBe(3)
    expect(await store.originals.nextTake(key)).toBe(4)
  })

  it('go on from a picture that a crash left without its record', async () => {
    const store = await freshStore()
    await store.originals.addTake(take('one'))
    await rm(store.layout.takeRecord(key, 1))
    expect(await store.takes.list(key)).toEqual([])
    expect((await store.originals.addTake(take('one'))).record.take).toBe(1)
    await rm(store.layout.takeRecord(key, 1))
    expect((await store.originals.addTake(take('other'))).record.take).toBe(2)
    expect(await readFile(store.layout.take(key, 1, 'png'))).toEqual(bytesOf('one'))
  })

  it('of several processes at once get numbers of their own', async () => {
    const { layout } = await freshStore()
    const looks = Array.from({ length: 8 }, (_, index) => `look ${index}`)
    const added = await Promise.all(looks.map((look) => openStore(layout.root).originals.addTake(take(look))))
    expect(added.map(({ record }) => record.take).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const kept = await openStore(layout.root).takes.list(key)
    expect(kept.map(({ record }) => record.original.sha256).sort()).toEqual(
      looks.map((look) => sha256(bytesOf(look))).sort(),
    )
  })

  it('of the same bytes at once are one take, whole', async () => {
    const { layout } = await freshStore()
    await Promise.all(Array.from({ length: 8 }, () => openStore(layout.root).originals.addTake(take('same'))))
    expect(await openStore(layout.root).takes.list(key)).toMatchObject([{ record: { take: 1 } }])
    expect(await readdir(layout.takesOf(key))).toEqual(['1.json', '1.png'])
  })

  it('are forgotten on demand, with their folder', async () => {
    const store = await freshStore()
    await store.takes.remove(await store.originals.addTake(take('one')))
    expect(await readdir(store.layout.takes)).toEqual(['.claims'])
  })

  it('skip over files of somebody else', async () => {
    const store = await freshStore()
    await store.originals.addTake(take('one'))
    await writeFile(`${store.layout.takesOf(key)}/notes.json`, '{}')
    expect(await store.takes.list(key)).toHaveLength(1)
    expect(await store.takes.holds(sha256(bytesOf('one')))).toBe(true)
  })
})
