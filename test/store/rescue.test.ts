import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLayout } from '../../src/store/layout.ts'
import { createRescue } from '../../src/store/rescue.ts'
import { rejection, tempFolder } from './support.ts'

/** A spool that can't be written: a file stands where its folder belongs. */
async function blocked() {
  const root = await tempFolder()
  const layout = createLayout(join(root, 'site'))
  await mkdir(dirname(layout.spool), { recursive: true })
  await writeFile(layout.spool, 'in the way')
  const rescue = createRescue(layout, join(root, 'rescue'))
  return { root, layout, rescue, file: join(layout.spool, 'r1.body') }
}

const folderOf = async (root: string) => (await readdir(root)).find((name) => name.startsWith('rescue-'))!

describe('an answer that is paid for', () => {
  it('is written in its place where that can be', async () => {
    const { root, layout, rescue, file } = await blocked()
    await rm(layout.spool)
    await rescue.write([{ file, bytes: 'answer' }])
    expect(await readFile(file, 'utf8')).toBe('answer')
    expect(await rescue.find('r1')).toEqual([])
    expect(await readdir(root)).toEqual(['site'])
  })

  it('is rescued to a folder that nobody else may read, and found there', async () => {
    const { root, rescue, file } = await blocked()
    const { code, sentence, hint } = await rejection(rescue.write([{ file, bytes: 'answer' }]))
    const rescued = join(root, await folderOf(root), 'r1.body')
    expect(code).toBe('ANSWER_UNWRITTEN')
    expect(sentence).toBe(
      `The answer is paid for and could not be kept in its place: ${file} can't be written (EEXIST). It lies in ${rescued} instead.`,
    )
    expect(hint).toContain('finishes the picture from there for free')
    expect(await rescue.find('r1')).toEqual([rescued])
    expect(await readFile(rescued, 'utf8')).toBe('answer')
    if (process.platform !== 'win32') expect((await stat(dirname(rescued))).mode & 0o777).toBe(0o700)
    await rescue.remove('r1')
    expect(await rescue.find('r1')).toEqual([])
  })

  it('is neither written to nor read from a folder that somebody else may have made', async () => {
    const { root, rescue, file } = await blocked()
    await rescue.write([{ file, bytes: 'answer' }]).catch(() => {})
    const own = join(root, await folderOf(root))
    await rm(own, { recursive: true })
    const elsewhere = await tempFolder()
    await writeFile(join(elsewhere, 'r1.body'), 'not ours')
    await symlink(elsewhere, own)
    expect(await rescue.find('r1')).toEqual([])
    expect((await rejection(rescue.write([{ file, bytes: 'answer' }]))).sentence).toContain('it is lost')
    await rm(own)
    await mkdir(own)
    await rm(join(elsewhere, 'r1.body'))
    if (process.platform !== 'win32') {
      await chmod(own, 0o777)
      expect((await rejection(rescue.write([{ file, bytes: 'answer' }]))).sentence).toContain('it is lost')
      expect(await readdir(own)).toEqual([])
    }
    expect(await readdir(elsewhere)).toEqual([])
  })
})
