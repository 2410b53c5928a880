import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  copyAtomic,
  createNew,
  linkAtomic,
  linkNew,
  writeAtomic,
  writeTogether,
} from '../../src/store/atomic.ts'
import { rejection, tempFolder } from './support.ts'

describe('writeAtomic', () => {
  it('makes parents, writes, replaces, and leaves nothing else', async () => {
    const folder = await tempFolder()
    const file = join(folder, 'a/b/c.txt')
    await writeAtomic(file, 'one')
    await writeAtomic(file, Buffer.from('two'))
    expect(await readFile(file, 'utf8')).toBe('two')
    expect(await readdir(join(folder, 'a/b'))).toEqual(['c.txt'])
  })

  it('gives the file a new inode, so that hard links to the old one keep it', async () => {
    const folder = await tempFolder()
    const file = join(folder, 'a')
    await writeAtomic(file, 'old')
    await link(file, join(folder, 'kept'))
    await writeAtomic(file, 'new')
    expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('old')
  })

  it('writes a file whose name is as long as a name can be', async () => {
    const folder = await tempFolder()
    const name = `${'n'.repeat(251)}.png`
    await writeAtomic(join(folder, name), 'x')
    expect(await readdir(folder)).toEqual([name])
  })

  it('many writers leave one whole file', async () => {
    const file = join(await tempFolder(), 'deep/file')
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000))
    await Promise.all(texts.map((text) => writeAtomic(file, text)))
    expect(texts).toContain(await readFile(file, 'utf8'))
    expect(await readdir(join(file, '..'))).toEqual(['file'])
  })

  it('keeps the old file and removes its temporary when it fails', async () => {
    const folder = await tempFolder()
    await mkdir(join(folder, 'taken/inside'), { recursive: true })
    const error = await rejection(writeAtomic(join(folder, 'taken'), 'x'))
    expect(error.code).toBe('FOLDER_UNWRITABLE')
    expect(await readdir(folder)).toEqual(['taken'])
  })

  it('says where a file stands in the place of a folder', async () => {
    const folder = await tempFolder()
    await writeFile(join(folder, 'file'), '')
    const error = await rejection(writeAtomic(join(folder, 'file/below/x'), 'x'))
    expect(error.message).toContain(`${folder}/file/below/x can't be written (ENOTDIR)`)
  })

  it.runIf(process.platform === 'linux')('says when the disk is full', async () => {
    const folder = await tempFolder()
    // Writing to /dev/full fails as a full disk does.
    await symlink('/dev/full', join(folder, 'full'))
    const { explainWriteError } = await import('../../src/store/write-error.ts')
    const cause = await writeFile(join(folder, 'full'), 'x').catch((error: unknown) => error)
    expect(explainWriteError(cause, '/pictures/a.png')).toMatchObject({ code: 'NO_SPACE', exitCode: 1 })
  })

  it.runIf(process.getuid?.() !== 0)('says when a folder may not be written', async () => {
    const folder = await tempFolder()
    await chmod(folder, 0o555)
    expect((await rejection(writeAtomic(join(folder, 'x'), 'x'))).code).toBe('FOLDER_UNWRITABLE')
    await chmod(folder, 0o755)
  })
})

describe('createNew and copyAtomic', () => {
  it('create once, and never replace', async () => {
    const folder = await tempFolder()
    const file = join(folder, 'sub/a')
    await createNew(file, 'first')
    await expect(createNew(file, 'second')).rejects.toMatchObject({ code: 'EEXIST' })
    await writeFile(join(folder, 'other'), 'third')
    await expect(copyAtomic(join(folder, 'other'), file, { exclusive: true })).rejects.toMatchObject({
      code: 'EEXIST',
    })
    expect(await readFile(file, 'utf8')).toBe('first')
    expect(await readdir(join(folder, 'sub'))).toEqual(['a'])
  })

  it('have one winner among many', async () => {
    const file = join(await tempFolder(), 'a')
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => createNew(file, String(index))),
    )
    const winners = results.flatMap((result, index) => (result.status === 'fulfilled' ? [String(index)] : []))
    expect(winners).toEqual([await readFile(file, 'utf8')])
  })

  it('copies a file that may only be read, and answers Node’s error for one that is not there', async () => {
    const folder = await tempFolder()
    await writeFile(join(folder, 'from'), 'text', { mode: 0o444 })
    await copyAtomic(join(folder, 'from'), join(folder, 'to'))
    expect(await readFile(join(folder, 'to'), 'utf8')).toBe('text')
    await expect(copyAtomic(join(folder, 'none'), join(folder, 'to'))).rejects.toMatchObject({
      code: 'ENOENT',
    })
    expect(await readFile(join(folder, 'to'), 'utf8')).toBe('text')
  })
})

describe('linkAtomic', () => {
  it('shares the bytes, replaces another file, and is at rest where the link is there already', async () => {
    const folder = await tempFolder()
    const data = join(folder, 'data')
    const alias = join(folder, 'alias')
    await writeFile(data, 'bytes')
    await writeFile(alias, 'other')
    await linkAtomic(data, alias)
    await linkAtomic(data, alias)
    expect((await stat(alias)).ino).toBe((await stat(data)).ino)
    expect((await readdir(folder)).sort()).toEqual(['alias', 'data'])
  })
})

describe('writeTogether', () => {
  it('writes all of them, and leaves nothing else', async () => {
    const folder = join(await tempFolder(), 'a/b')
    const files = ['one', 'two', 'three'].map((bytes) => ({ file: join(folder, bytes), bytes }))
    await writeTogether(files)
    await writeTogether(files)
    expect((await readdir(folder)).sort()).toEqual(['one', 'three', 'two'])
    for (const { file, bytes } of files) expect(await readFile(file, 'utf8')).toBe(bytes)
  })

  it('has the last only where it has all', async () => {
    const folder = await tempFolder()
    await mkdir(join(folder, 'taken/inside'), { recursive: true })
    const files = ['first', 'taken', 'last'].map((name) => ({ file: join(folder, name), bytes: name }))
    const error = await rejection(writeTogether(files))
    expect(error.code).toBe('FOLDER_UNWRITABLE')
    expect((await readdir(folder)).sort()).toEqual(['first', 'taken'])
  })
})

describe('linkNew', () => {
  it('gives a file a second name, which stays when the first goes, and never replaces', async () => {
    const folder = await tempFolder()
    const from = join(folder, 'from')
    await writeFile(from, 'x')
    const file = join(folder, 'deep/file')
    await linkNew(from, file, Buffer.from('x'))
    expect((await stat(file)).ino).toBe((await stat(from)).ino)
    await expect(linkNew(from, file, Buffer.from('x'))).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readdir(join(folder, 'deep'))).toEqual(['file'])
  })

  it('writes the bytes where there is nothing to link to', async () => {
    const folder = await tempFolder()
    const file = join(folder, 'deep/file')
    await linkNew(join(folder, 'gone'), file, Buffer.from('x'))
    expect(await readFile(file, 'utf8')).toBe('x')
    await expect(linkNew(join(folder, 'gone'), file, Buffer.from('y'))).rejects.toMatchObject({
      code: 'EEXIST',
    })
    expect(await readFile(file, 'utf8')).toBe('x')
  })
})
