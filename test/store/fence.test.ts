// Links that a commit may bring. Nothing outside of the project is read or written through them.
import { mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFence } from '../../src/store/fence.ts'
import type { Store } from '../../src/store/index.ts'
import { keyFor, openStore, original, rejection, tempFolder, tree } from './support.ts'

const key = keyFor('A boat.')
let outside: string
let root: string
let store: Store
beforeEach(async () => {
  outside = await realpath(await tempFolder())
  root = await realpath(await tempFolder())
  store = openStore(root)
})

/** Puts a link into the project's folder of pictures. */
async function link(path: string, target: string): Promise<void> {
  const file = join(store.layout.folder, path)
  await mkdir(join(file, '..'), { recursive: true })
  await symlink(target, file)
}

describe('the fence', () => {
  it('lets what lies inside pass, there or not, through links too', async () => {
    await mkdir(join(root, 'a/b'), { recursive: true })
    await writeFile(join(root, 'a/file'), 'x')
    await symlink('a/b', join(root, 'inside'))
    await symlink('a/file', join(root, 'link'))
    await symlink('nowhere', join(root, 'dangling'))
    const fence = createFence(root)
    for (const folder of [
      '',
      'a',
      'a/b',
      'a/none/deeper',
      'inside',
      'inside/none',
      'dangling',
      'a/file/below',
    ])
      await fence.folder(join(root, folder))
    expect((await fence.stat(join(root, 'a/file')))?.size).toBe(1)
    expect((await fence.stat(join(root, 'link')))?.size).toBe(1)
    expect(await fence.stat(join(root, 'dangling'))).toBeUndefined()
    expect(await fence.stat(join(root, 'inside/none'))).toBeUndefined()
    await fence.contents(root)
    await fence.contents(join(root, 'none'))
  })

  it('lets a root that is a link pass, and measures by where it leads', async () => {
    await mkdir(join(root, 'project/pictures'), { recursive: true })
    await symlink(join(root, 'project'), join(outside, 'root'))
    const linked = join(outside, 'root')
    const fence = createFence(linked)
    await fence.folder(join(linked, 'pictures'))
    await symlink('../other', join(root, 'project/sibling'))
    expect((await rejection(fence.folder(join(linked, 'sibling')))).sentence).toBe(
      `sibling is a link that leads out of the project, to ${join(root, 'other')}.`,
    )
  })

  it.each<[string, Record<string, string>, string, string]>([
    ['an absolute link', { a: 'OUT' }, 'a', 'a'],
    ['one above the folder', { a: 'OUT' }, 'a/b/c', 'a'],
    ['a relative link', { 'a/b': '../../x' }, 'a/b', 'a/b'],
    ['a link to nothing', { a: 'OUT/none' }, 'a', 'a'],
    ['a chain of links', { a: 'b', b: 'c', c: 'OUT' }, 'a/d', 'a'],
    ['a link inside that goes on through another', { in: 'OUT', a: 'in/x' }, 'a', 'a'],
    ['a folder whose name begins as the root does', { a: 'ROOT-other' }, 'a', 'a'],
  ])('stops at %s, and names it', async (_, links, path, named) => {
    for (const [name, target] of Object.entries(links)) {
      await mkdir(join(root, name, '..'), { recursive: true })
      await symlink(target.replace('OUT', outside).replace('ROOT', root), join(root, name))
    }
    const fence = createFence(root)
    for (const look of [fence.folder, fence.stat, fence.contents]) {
      const error = await rejection(look(join(root, path)))
      expect([error.code, error.sentence.split(' ')[0]]).toEqual(['LEAVES_PROJECT', named])
    }
    await rm(join(root, named))
    await fence.folder(join(root, path))
  })

  it('looks at a folder once, until it forgets', async () => {
    const fence = createFence(root)
    await fence.folder(join(root, 'a'))
    await symlink(outside, join(root, 'a'))
    await fence.folder(join(root, 'a'))
    fence.forget()
    expect((await rejection(fence.folder(join(root, 'a')))).code).toBe('LEAVES_PROJECT')
  })

  it('looks at every link in a folder', async () => {
    await mkdir(join(root, 'a'))
    await symlink('/dev/zero', join(root, 'a/endless'))
    const error = await rejection(createFence(root).contents(join(root, 'a')))
    expect(error.message).toBe(
      'a/endless is a link that leads out of the project, to /dev/zero. [LEAVES_PROJECT]\n  → Put a file or folder of the project in its place. If nobody here made it, see which commit did: git log -- a/endless.',
    )
  })
})

describe("a link in the place of the store's own files", () => {
  it.each([
    '',
    '.takes',
    '.takes/.spool',
    '.takes/.rejected',
    '.takes/.exchanges',
    '.takes/.claims',
    '.takes/.runs',
  ])('generated-images/%s: nothing is begun, nothing is written', async (path) => {
    await link(path, outside)
    for (const begin of [store.prepare, store.assertInside])
      expect(await rejection(begin())).toMatchObject({
        code: 'LEAVES_PROJECT',
        sentence: `${['generated-images', path].filter(Boolean).join('/')} is a link that leads out of the project, to ${outside}.`,
      })
    expect(await readdir(outside)).toEqual([])
  })

  it.each([
    '.ledger.jsonl',
    `.takes/${key}`,
    '.takes/.spool/a.json',
    '.takes/.spool/a.0.picture',
    '.takes/.claims/key.1',
    '.takes/.exchanges/a.json',
  ])('generated-images/%s: likewise, also where the link leads to nothing', async (path) => {
    for (const target of [outside, join(outside, 'profile')]) {
      await link(path, target)
      expect((await rejection(store.prepare())).code).toBe('LEAVES_PROJECT')
      expect((await rejection(store.assertInside())).code).toBe('LEAVES_PROJECT')
      expect(await readdir(outside)).toEqual([])
      await rm(join(store.layout.folder, path))
    }
    await store.prepare()
  })

  it('is fine where it stays inside', async () => {
    await mkdir(join(root, 'art'))
    await symlink('art', store.layout.folder)
    await store.prepare()
    await store.originals.commit({ name: 'src/boat', ...original('A boat.') })
    expect(await store.originals.inspect('src/boat', key)).toMatchObject({ state: 'kept' })
    expect((await store.originals.list()).map(({ name }) => name)).toEqual(['src/boat'])
    expect(await tree(join(root, 'art'))).toEqual(['.gitignore', 'src/boat.json', 'src/boat.png'])
  })
})

describe('a link in the place of a picture', () => {
  beforeEach(async () => {
    await store.prepare()
  })

  /** Whatever is asked of the name, it is told, and what is paid for goes to the takes. */
  async function expectRefused(name: string, path: string): Promise<void> {
    store.fence.forget()
    const before = await tree(outside)
    for (const wanted of [key, undefined]) {
      const { problem } = await store.originals.inspect(name, wanted)
      expect([problem?.code, problem?.picture]).toEqual(['LEAVES_PROJECT', name])
      expect(problem?.sentence).toContain(`generated-images/${path} is a link`)
    }
    const error = await rejection(store.originals.commit({ name, ...original('A boat.', { look: 'paid' }) }))
    expect(error.code).toBe('LEAVES_PROJECT')
    expect(await store.takes.list(key)).toHaveLength(1)
    expect(await tree(outside)).toEqual(before)
  }

  it('its folder', async () => {
    await link('src', outside)
    await expectRefused('src/boat', 'src')
    await expectRefused('src/deep/er/boat', 'src')
  })

  it('its picture, of any type, to a file or to nothing', async () => {
    await writeFile(join(outside, 'secret'), 'secret')
    for (const extension of ['png', 'jpg', 'webp'])
      for (const target of ['secret', 'none']) {
        await link(`boat.${extension}`, join(outside, target))
        await expectRefused('boat', `boat.${extension}`)
        await rm(join(store.layout.folder, `boat.${extension}`))
      }
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
  })

  it('its record', async () => {
    await link('boat.json', join(outside, 'secret.json'))
    await expectRefused('boat', 'boat.json')
  })

  it('its record and picture, whole, somewhere else', async () => {
    const other = openStore(outside)
    await other.originals.commit({ name: 'boat', ...original('A boat.') })
    await link('boat.json', other.layout.record('boat'))
    await link('boat.png', other.layout.picture('boat', 'png'))
    await expectRefused('boat', 'boat.json')
    expect(await store.originals.findByKey(keyFor('A ship.'))).toBeUndefined()
  })

  it('a take: it is none', async () => {
    await link(`.takes/${key}/1.json`, '/dev/zero')
    expect(await store.takes.list(key)).toEqual([])
    expect((await rejection(store.takes.get(key, 1))).code).toBe('LEAVES_PROJECT')
    expect(await store.takes.holds('0'.repeat(64))).toBe(false)
  })

  it('that stays inside is a picture like any other', async () => {
    await store.originals.commit({ name: 'boat', ...original('A boat.') })
    await mkdir(join(root, 'art'))
    await link('src', '../art')
    await store.originals.commit({ name: 'src/boat', ...original('A boat.') })
    expect(await store.originals.inspect('src/boat', key)).toMatchObject({ state: 'kept' })
    expect(await readdir(join(root, 'art'))).toEqual(['boat.json', 'boat.png'])
    await link('ship.json', 'boat.json')
    await link('ship.png', 'boat.png')
    expect(await store.originals.inspect('ship', key)).toMatchObject({ state: 'kept' })
  })

  it('is not listed', async () => {
    await store.originals.commit({ name: 'boat', ...original('A boat.') })
    await link('src', outside)
    await openStore(outside).originals.commit({ name: 'ship', ...original('A ship.') })
    expect((await store.originals.list()).map(({ name }) => name)).toEqual(['boat'])
  })
})

it('a thousand pictures in two folders are looked at without a real path for each', async () => {
  await store.prepare()
  await store.originals.commit({ name: 'a/0', ...original('A boat.') })
  const names = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? `a/${i}` : `b/${i}`))
  const { look, forget } = store.fence
  for (const name of names.slice(0, 2)) look(store.layout.record(name))
  // What has its place is not looked at again, or this would be seen.
  await rename(join(store.layout.folder, 'a'), join(store.layout.folder, 'was-a'))
  for (const folder of ['a', 'b']) await symlink(outside, join(store.layout.folder, folder))
  for (const name of names) expect(look(store.layout.record(name))).toBeUndefined()
  forget()
  for (const name of names.slice(0, 2))
    expect(() => look(store.layout.record(name))).toThrow('LEAVES_PROJECT')
})
