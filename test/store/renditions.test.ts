import {
  link,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRenditionCache } from '../../src/store/renditions.ts'
import { keyFor, later, sha256, tempFolder } from './support.ts'

const key = keyFor('a rendition')
const other = keyFor('another rendition')
const bytes = Buffer.alloc(4000, 'avif')
const size = { width: 480, height: 320 }
const DAY = 24 * 3600 * 1000

async function setUp(options: { maxBytes?: number; maxAgeDays?: number } = {}) {
  const root = await tempFolder()
  const dir = join(root, 'renditions')
  const open = (now = later) => createRenditionCache({ dir, now, ...options })
  const entry = (of = key) => join(dir, of.slice(0, 2), of)
  const data = async (of = key) =>
    join(entry(of), (await readdir(entry(of))).find((name) => name.endsWith('.data'))!)
  return { dir, open, cache: open(), entry, data }
}

describe('the rendition cache', () => {
  it('gives a file with a readable name, also to a later process', async () => {
    const { cache, open } = await setUp()
    expect(await cache.get(key, 'boat', 'avif')).toBeUndefined()
    const put = await cache.put(key, 'boat', 'avif', bytes, size)
    expect(put).toEqual({ file: put.file, ...size, bytes: 4000, sha256: sha256(bytes), fresh: true })
    expect(basename(put.file)).toBe('boat.avif')
    expect(await readFile(put.file)).toEqual(bytes)
    expect(await cache.get(key, 'boat', 'avif')).toEqual(put)
    expect(await open().get(key, 'boat', 'avif')).toEqual(put)
  })

  it('shares the bytes among stems', async () => {
    const { cache, entry, data } = await setUp()
    const boat = await cache.put(key, 'boat', 'avif', bytes, size)
    const ship = await cache.get(key, 'ship', 'avif')
    expect(basename(ship!.file)).toBe('ship.avif')
    const [one, two, three] = await Promise.all(
      [boat.file, ship!.file, await data()].map((file) => stat(file)),
    )
    expect(new Set([one!.ino, two!.ino, three!.ino]).size).toBe(1)
    expect((await readdir(entry())).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ['truncated', (file) => truncate(file, 10)],
    ['emptied', (file) => truncate(file, 0)],
    ['flipped by a bit', async (file) => writeFile(file, (await readFile(file)).fill(1, 100, 101))],
    ['deleted', (file) => rm(file)],
    [
      'a folder',
      async (file) => {
        await rm(file)
        await mkdir(file)
      },
    ],
  ])('repairs itself when its data is %s', async (_, sabotage) => {
    const { cache, open, data } = await setUp()
    await cache.put(key, 'boat', 'avif', bytes, size)
    await cache.get(key, 'boat', 'avif')
    const file = await data()
    await sabotage(file)
    expect(await cache.get(key, 'boat', 'avif')).toBeUndefined()
    expect(await open().get(key, 'boat', 'avif')).toBeUndefined()
    await rm(file, { recursive: true, force: true })
    const again = await cache.put(key, 'boat', 'avif', bytes, size)
    expect(await readFile(again.file)).toEqual(bytes)
    expect(await cache.get(key, 'boat', 'avif')).toEqual(again)
  })

  it.each(['', '{', '[]', '{"v":1,"sha256":"x","bytes":1,"width":1,"height":1}'])(
    'takes the description %j for absent',
    async (text) => {
      const { cache, entry } = await setUp()
      await cache.put(key, 'boat', 'avif', bytes, size)
      await writeFile(join(entry(), 'meta.json'), text)
      expect(await cache.get(key, 'boat', 'avif')).toBeUndefined()
      expect(await readdir(entry())).not.toContain('meta.json')
    },
  )

  it('mends a readable name that was replaced, deleted, or is no link', async () => {
    const { cache } = await setUp()
    const { file } = await cache.put(key, 'boat', 'avif', bytes, size)
    await rm(file)
    expect(await readFile((await cache.get(key, 'boat', 'avif'))!.file)).toEqual(bytes)
    await rm(file)
    await writeFile(file, 'something else')
    expect(await readFile((await cache.get(key, 'boat', 'avif'))!.file)).toEqual(bytes)
    await rm(file)
    await writeFile(file, bytes)
    expect(await readFile((await cache.get(key, 'boat', 'avif'))!.file)).toEqual(bytes)
  })

  it('is not disturbed by a hard link into the output, and notices a change through it', async () => {
    const { cache, dir } = await setUp()
    const { file } = await cache.put(key, 'boat', 'avif', bytes, size)
    const output = join(dir, '../boat-output.avif')
    await link(file, output)
    expect(await cache.get(key, 'boat', 'avif')).toBeDefined()
    await writeFile(output, Buffer.alloc(4000, 'x'))
    expect(await cache.get(key, 'boat', 'avif')).toBeUndefined()
  })

  it('reads no file again that a saved index knows, in spite of links that come and go', async () => {
    const { cache, open, dir } = await setUp()
    const { file } = await cache.put(key, 'boat', 'avif', bytes, size)
    await cache.save()
    // A hash that is wrong tells whether it was believed.
    const index = join(dir, 'index.json')
    const wrong = '0'.repeat(64)
    await writeFile(index, (await readFile(index, 'utf8')).replace(sha256(bytes), wrong))
    await link(file, join(dir, 'output.avif'))
    expect((await open().get(key, 'boat', 'avif'))?.sha256).toBe(wrong)
    const { mtimeMs } = await stat(file)
    await utimes(file, mtimeMs / 1000 + 5, mtimeMs / 1000 + 5)
    expect((await open().get(key, 'boat', 'avif'))?.sha256).toBe(sha256(bytes))
  })

  it.each(['', '{', '[]', '{"v":2}', '{"v":1,"rows":{"x":[1]}}'])(
    'verifies everything where the index is %j',
    async (text) => {
      const { cache, open, dir, data } = await setUp()
      await cache.put(key, 'boat', 'avif', bytes, size)
      await cache.save()
      await writeFile(join(dir, 'index.json'), text)
      expect(await open().get(key, 'boat', 'avif')).toBeDefined()
      await truncate(await data(), 10)
      expect(await open().get(key, 'boat', 'avif')).toBeUndefined()
    },
  )

  it('remembers no file that may change once more without a new time', async () => {
    const { cache, open, dir } = await setUp()
    const soon = open(Date.now)
    const { file } = await cache.put(key, 'boat', 'avif', bytes, size)
    const second = Math.floor(Date.now() / 1000)
    await utimes(file, second, second)
    await soon.get(key, 'boat', 'avif')
    await soon.save()
    expect(JSON.parse(await readFile(join(dir, 'index.json'), 'utf8')).rows).toEqual({})
  })

  it('takes many writers of one key, whose bytes may differ', async () => {
    const { open, entry } = await setUp()
    const variants = Array.from({ length: 10 }, (_, index) => Buffer.alloc(3000 + index, String(index)))
    await Promise.all(variants.map((variant) => open().put(key, 'boat', 'avif', variant, size)))
    const got = await open().get(key, 'boat', 'avif')
    const read = await readFile(got!.file)
    expect(variants.some((variant) => variant.equals(read))).toBe(true)
    expect(sha256(read)).toBe(got!.sha256)
    expect((await readdir(entry())).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('refuses a name or key that would leave its folder', async () => {
    const { cache } = await setUp()
    await expect(cache.get('../../x', 'boat', 'avif')).rejects.toThrow(TypeError)
    await expect(cache.put(key, '../boat', 'avif', bytes, size)).rejects.toThrow(TypeError)
    await expect(cache.put(key, 'meta', 'json', bytes, size)).rejects.toThrow(TypeError)
    await expect(cache.getJson('x')).rejects.toThrow(TypeError)
  })

  it('keeps JSON values, and takes a damaged one for absent', async () => {
    const { cache, open, entry } = await setUp()
    const value = { placeholder: 'data:image/webp;base64,AAAA', color: '#ffaa00', list: [1, null] }
    expect(await cache.getJson(key)).toBeUndefined()
    await cache.putJson(key, value)
    expect(await open().getJson(key)).toEqual(value)
    await cache.put(key, 'boat', 'avif', bytes, size)
    expect(await cache.getJson(key)).toEqual(value)
    const file = join(entry(), 'value.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('ffaa00', 'ffaa01'))
    expect(await cache.getJson(key)).toBeUndefined()
    await cache.putJson(key, null)
    expect(await cache.getJson(key)).toBeNull()
  })
})

describe('trimming the rendition cache', () => {
  it('removes what was long unused, and keeps what was used since', async () => {
    const { cache, open } = await setUp({ maxAgeDays: 60 })
    await cache.put(key, 'boat', 'avif', bytes, size)
    await cache.put(other, 'ship', 'avif', bytes, size)
    await open(() => Date.now() + 50 * DAY).get(key, 'boat', 'avif')
    const in70Days = open(() => Date.now() + 70 * DAY)
    expect((await in70Days.trim()).entries).toBe(1)
    expect(await in70Days.get(key, 'boat', 'avif')).toBeDefined()
    expect(await in70Days.get(other, 'ship', 'avif')).toBeUndefined()
  })

  it('stamps a use at most once a day', async () => {
    const { cache, open, entry } = await setUp()
    await cache.put(key, 'boat', 'avif', bytes, size)
    const stamp = async () => (await stat(join(entry(), 'meta.json'))).mtimeMs
    const first = await stamp()
    await open(() => Date.now() + DAY / 2).get(key, 'boat', 'avif')
    expect(await stamp()).toBe(first)
    await open(() => Date.now() + 2 * DAY).get(key, 'boat', 'avif')
    expect(await stamp()).toBeGreaterThan(first + DAY)
  })

  it('removes the longest unused until the rest fits, each file counted once', async () => {
    const keys = Array.from({ length: 5 }, (_, index) => keyFor(`rendition ${index}`))
    const { cache, open, entry } = await setUp({ maxBytes: 13_000 })
    for (const [index, each] of keys.entries()) {
      await cache.put(each, 'boat', 'avif', bytes, size)
      await cache.get(each, 'a-second-name', 'avif')
      const used = Date.now() / 1000 - (5 - index) * 3600
      await utimes(join(entry(each), 'meta.json'), used, used)
    }
    expect((await open().trim()).entries).toBe(2)
    const left = await Promise.all(keys.map((each) => open().get(each, 'boat', 'avif')))
    expect(left.map((found) => found !== undefined)).toEqual([false, false, true, true, true])
  })

  it('never removes what this process used', async () => {
    const { cache, open } = await setUp({ maxBytes: 0, maxAgeDays: 0 })
    await cache.put(key, 'boat', 'avif', bytes, size)
    await cache.put(other, 'ship', 'avif', bytes, size)
    const next = open(() => Date.now() + DAY)
    await next.get(key, 'boat', 'avif')
    expect((await next.trim()).entries).toBe(1)
    expect(await next.get(key, 'boat', 'avif')).toBeDefined()
    expect((await cache.trim()).entries).toBe(0)
  })

  it('is done once a day, or where too much was put since', async () => {
    const { cache, open } = await setUp({ maxBytes: 9000 })
    const days = (count: number) => open(() => Date.now() + count * DAY)
    await cache.put(key, 'boat', 'avif', bytes, size)
    await cache.save()
    const later = days(0.5)
    await later.put(other, 'ship', 'avif', bytes, size)
    await later.save()
    expect(await days(0.5).get(key, 'boat', 'avif')).toBeDefined()
    const full = days(0.6)
    await full.put(keyFor('a third'), 'ship', 'avif', bytes, size)
    await full.save()
    expect(await days(0.6).get(key, 'boat', 'avif')).toBeUndefined()
  })

  it('clears up what a crash left after a day, and nothing in a cache that is not there', async () => {
    const { cache, open, entry } = await setUp()
    expect(await cache.trim()).toMatchObject({ entries: 0, bytes: 0 })
    await mkdir(entry(), { recursive: true })
    await writeFile(join(entry(), '.abc.tmp'), 'half')
    expect((await open().trim()).entries).toBe(0)
    expect((await open(() => Date.now() + 2 * DAY).trim()).entries).toBe(1)
  })

  it('removes nothing that is not an entry, also where links lead elsewhere', async () => {
    const { dir, open, entry } = await setUp()
    const elsewhere = await tempFolder()
    await mkdir(join(elsewhere, 'src/components'), { recursive: true })
    await mkdir(join(elsewhere, 'ab', key), { recursive: true })
    await mkdir(join(dir, 'src/components'), { recursive: true })
    await symlink(elsewhere, join(dir, 'link'))
    await symlink(join(elsewhere, 'ab'), join(dir, 'ab'))
    await mkdir(join(entry(), '..'), { recursive: true })
    await symlink(elsewhere, entry())
    const in70Days = () => open(() => Date.now() + 70 * DAY).trim()
    expect(await in70Days()).toMatchObject({ entries: 0, bytes: 0 })
    await rm(dir, { recursive: true })
    await symlink(elsewhere, dir)
    expect((await in70Days()).entries).toBe(1)
    expect(await readdir(join(elsewhere, 'src'))).toEqual(['components'])
  })
})
