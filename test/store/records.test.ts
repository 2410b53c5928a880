import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFence } from '../../src/store/fence.ts'
import { createLayout, type Layout } from '../../src/store/layout.ts'
import { createRecords } from '../../src/store/records.ts'
import { later, openStore, original, tempFolder } from './support.ts'

let layout: Layout
let file: string
beforeEach(async () => {
  const root = await tempFolder()
  const store = openStore(root)
  await store.originals.commit({ name: 'boat', ...original('A boat.') })
  layout = createLayout(root)
  file = layout.record('boat')
})
const open = (now: () => number) => createRecords({ layout, fence: createFence(layout.root), now })

describe('records', () => {
  it('are read once while their file stays as it is', async () => {
    const records = open(later)
    const first = await records.read(file)
    expect(first?.request.prompt).toBe('A boat.')
    expect(await records.read(file)).toBe(first)
  })

  it.each<[string, (text: string) => Promise<void>]>([
    [
      'written again, with its old time set back',
      async (text) => {
        const { atime, mtime } = await stat(file)
        await writeFile(file, text)
        await utimes(file, atime, mtime)
      },
    ],
    [
      'replaced by another of the same size and time',
      async (text) => {
        const { atime, mtime } = await stat(file)
        await writeFile(`${file}.new`, text)
        await utimes(`${file}.new`, atime, mtime)
        await rename(`${file}.new`, file)
      },
    ],
  ])('are read again where the file was %s', async (_, change) => {
    const records = open(later)
    const first = await records.read(file)
    const text = await readFile(file, 'utf8')
    await change(text.replace(/"generatedAt": "2/, '"generatedAt": "3'))
    expect((await records.read(file))?.generatedAt).toBe(first?.generatedAt.replace(/^2/, '3'))
  })

  it('are not remembered where the file was changed less than two seconds before', async () => {
    const records = open(Date.now)
    const first = await records.read(file)
    const second = await records.read(file)
    expect(second).toEqual(first)
    expect(second).not.toBe(first)
  })

  it('are told as unreadable each time', async () => {
    const records = open(later)
    await records.read(file)
    await writeFile(file, '<<<<<<< ours\n{}\n')
    for (let time = 0; time < 2; time++)
      await expect(records.read(file)).rejects.toThrow('it has the conflict marks of a merge')
  })
})

describe('records from one process to the next', () => {
  let index: string
  beforeEach(() => {
    index = `${layout.root}/cache/records.json`
  })
  const reopen = (now = later) => createRecords({ layout, fence: createFence(layout.root), now, index })
  const saved = async (now = later) => {
    const records = reopen(now)
    const record = await records.read(file)
    await records.save()
    return record
  }

  it('are taken from the index, of which a file has its own where it did not change', async () => {
    const first = await saved()
    const text = await readFile(index, 'utf8')
    await writeFile(index, text.replace('"A boat."', '"Seen in the index."'))
    expect((await reopen().read(file))?.request.prompt).toBe('Seen in the index.')
    await writeFile(index, text)
    expect(await reopen().read(file)).toEqual(first)
  })

  it('are read again where their file changed, also with its old size and time', async () => {
    await saved()
    const { atime, mtime } = await stat(file)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/"generatedAt": "2/, '"generatedAt": "3'))
    await utimes(file, atime, mtime)
    expect((await reopen().read(file))?.generatedAt).toMatch(/^3/)
    await writeFile(file, text.replace(/"key": "./, '"key": "x'))
    await expect(reopen().read(file)).rejects.toThrow('64 lower-case hexadecimal digits')
  })

  it('are forgotten where there is no file any more', async () => {
    await saved()
    const other = layout.record('other')
    await rename(file, other)
    const records = reopen()
    await records.read(other)
    await records.save()
    expect(JSON.parse(await readFile(index, 'utf8')).rows.map(([path]: [string]) => path)).toEqual([
      'other.json',
    ])
  })

  it('are not remembered where their file changed less than two seconds before', async () => {
    await saved(Date.now)
    await expect(readFile(index, 'utf8')).rejects.toThrow('ENOENT')
  })

  it.each(['', '{', '[]', '{"v":1}', '{"v":1,"rows":{}}', '{"v":1,"rows":[[]]}', '{"v":2,"rows":[]}'])(
    'are read where the index is %j',
    async (text) => {
      await saved()
      await writeFile(index, text)
      expect((await saved())?.request.prompt).toBe('A boat.')
      expect(await readFile(index, 'utf8')).toContain('A boat.')
    },
  )
})
