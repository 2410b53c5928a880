import { link, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMemo } from '../../src/store/memo.ts'
import { later, tempFolder } from './support.ts'

async function setUp(now = later) {
  const root = await tempFolder()
  const memoFile = join(root, 'cache/memo.json')
  const file = join(root, 'a.png')
  await writeFile(file, 'picture')
  const open = () => createMemo({ file: memoFile, root, now })
  return { memoFile, file, open, memo: open() }
}

describe('the memo', () => {
  it('knows a file that is as it was, also in a later process', async () => {
    const { memo, open, file } = await setUp()
    expect(await memo.lookup(file, await stat(file))).toBeUndefined()
    await memo.remember(file, await stat(file), 'hash')
    expect(await memo.lookup(file, await stat(file))).toBe('hash')
    await memo.save()
    expect(await open().lookup(file, await stat(file))).toBe('hash')
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ['written again with the same size', (file) => writeFile(file, 'PICTURE')],
    ['of another size', (file) => writeFile(file, 'more than that')],
    [
      'replaced by another file of the same size and time',
      async (file) => {
        const { atime, mtime } = await stat(file)
        await writeFile(`${file}.new`, 'PICTURE')
        await utimes(`${file}.new`, atime, mtime)
        await rename(`${file}.new`, file)
      },
    ],
    [
      'written again, with its old time set back',
      async (file) => {
        const { atime, mtime } = await stat(file)
        await writeFile(file, 'PICTURE')
        await utimes(file, atime, mtime)
      },
    ],
  ])('does not know a file %s', async (_, change) => {
    const { memo, file } = await setUp()
    await utimes(file, 1_700_000_000, 1_700_000_000)
    await memo.remember(file, await stat(file), 'hash')
    await change(file)
    expect(await memo.lookup(file, await stat(file))).toBeUndefined()
  })

  it('does not trust a file that was changed less than two seconds before', async () => {
    const { file, open } = await setUp(Date.now)
    const memo = open()
    await memo.remember(file, await stat(file), 'hash')
    expect(await memo.lookup(file, await stat(file))).toBeUndefined()
  })

  it('knows a file through a new hard link only where links are expected', async () => {
    const { memo, file } = await setUp()
    await memo.remember(file, await stat(file), 'hash')
    // The clock of file times ticks a few times in a hundredth of a second.
    await new Promise((resolve) => setTimeout(resolve, 30))
    await link(file, `${file}.link`)
    expect(await memo.lookup(file, await stat(file))).toBeUndefined()
    expect(await memo.lookup(file, await stat(file), { linked: true })).toBe('hash')
  })

  it.each(['', '{', '[]', '{"v":2,"files":{}}', '{"v":1,"files":{"a.png":{"sha256":1}}}', '\0'.repeat(100)])(
    'ignores a corrupt memo: %j',
    async (text) => {
      const { memo, memoFile, file, open } = await setUp()
      await memo.remember(file, await stat(file), 'hash')
      await memo.save()
      await writeFile(memoFile, text)
      const next = open()
      expect(await next.lookup(file, await stat(file))).toBeUndefined()
      await next.remember(file, await stat(file), 'hash')
      await next.save()
      expect(JSON.parse(await readFile(memoFile, 'utf8')).files['a.png'].sha256).toBe('hash')
    },
  )

  it('forgets, and holds no absolute path', async () => {
    const { memo, memoFile, file } = await setUp()
    await memo.remember(file, await stat(file), 'hash')
    await memo.save()
    expect(await readFile(memoFile, 'utf8')).not.toContain(file)
    await memo.forget(file)
    expect(await memo.lookup(file, await stat(file))).toBeUndefined()
  })

  it('says nothing where it can not be saved', async () => {
    const { file, memoFile } = await setUp()
    const memo = createMemo({ file: join(file, 'memo.json'), root: memoFile, now: later })
    await memo.remember(file, await stat(file), 'hash')
    await expect(memo.save()).resolves.toBeUndefined()
  })
})
