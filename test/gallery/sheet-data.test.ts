import { execFileSync } from 'node:child_process'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { sheetDataOf } from '../../src/gallery/sheet-data.ts'
import { startPaidApi } from '../support/api.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

async function dataOf(site: Site, since = 'HEAD') {
  const project = await site.open()
  const collection = await project.collect()
  const plan = await project.plan(collection)
  const data = await sheetDataOf(project, collection, plan, { since, now: new Date(0) })
  await project.close()
  return { data, byName: new Map(data.pictures.map((picture) => [picture.name, picture])) }
}

const git = (site: Site, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: site.root })

const sizeOf = async (preview: string) => {
  expect(preview).toMatch(/^data:image\/webp;base64,/)
  const { format, width } = await sharp(Buffer.from(preview.split(',')[1]!, 'base64')).metadata()
  return [format, width]
}

it('has a small preview of each picture, and what a commit has instead of it', async () => {
  const api = await startPaidApi()
  const first = manifest({ same: 'Same.', remade: 'Old.', edited: 'Before.', gone: 'Gone.', none: 'None.' })
  const site = await createSite(first, api.baseURL)
  await site.run({ filter: (name) => name !== 'none' })
  git(site, 'init', '-q')
  git(site, 'add', '.')
  git(site, 'commit', '-qm', 'x')
  const second = { same: 'Same.', remade: 'New.', edited: 'After.', none: 'None.', fresh: 'Fresh.' }
  await site.write(manifest(second))
  await site.run({ filter: (name) => name === 'remade' || name === 'fresh' })
  const posts = api.posts

  const { data, byName } = await dataOf(site)
  expect(data).toMatchObject({ comparedWith: 'HEAD', madeAt: '1970-01-01T00:00:00.000Z', mistakes: [] })
  expect([...byName].map(([name, { state, isNew, before }]) => [name, state, isNew, before?.prompt])).toEqual(
    [
      ['edited', 'stale', false, 'Before.'],
      ['fresh', 'kept', true, undefined],
      ['gone', 'orphaned', false, undefined],
      ['none', 'missing', false, undefined],
      ['remade', 'kept', false, 'Old.'],
      ['same', 'kept', false, undefined],
    ],
  )
  const remade = byName.get('remade')!
  expect(await sizeOf(remade.preview!)).toEqual(['webp', 320])
  expect(await sizeOf(remade.before!.preview!)).toEqual(['webp', 320])
  expect(remade.preview).not.toBe(remade.before!.preview)
  // The same picture, asked for by another prompt.
  expect(byName.get('edited')!.before!.preview).toBeNull()
  expect(byName.get('none')).toMatchObject({ preview: null, file: null, prompt: 'None.' })
  expect(byName.get('none')!.usedIn).toMatchObject([{ file: 'images.prompts.json', open: null }])
  expect(JSON.stringify(data)).not.toContain(site.root)
  expect(api.posts).toBe(posts)
})

it('compares with nothing where there is no git, or no such commit', async () => {
  const api = await startPaidApi()
  const site = await createSite(manifest({ boat: 'A boat.' }), api.baseURL)
  await site.run()
  git(site, 'init', '-q')
  for (const since of ['HEAD', 'no-such-commit', '--output=x', '']) {
    const { data } = await dataOf(site, since)
    expect(data.comparedWith).toBeNull()
    expect(data.pictures).toMatchObject([{ name: 'boat', isNew: false, before: null }])
  }
  expect(await site.tree('.')).not.toContain('x')
})
