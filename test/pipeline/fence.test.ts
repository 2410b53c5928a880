// A commit that brings links in the place of the project's folders and files: a run stops before it pays, and nothing
// outside is read or written.
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { shell } from '../cli/support.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, KEY, manifest, type Site } from '../support/site.ts'

let api: TestApi
let outside: string
let site: Site
beforeEach(async () => {
  api = await startPaidApi()
  outside = await realpath(await mkdtemp(join(tmpdir(), 'outside-')))
  const folder = outside
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(outside, 'profile'), 'mine')
  const images = { 'blog/hero': 'A hero.', boat: { prompt: 'A boat.', alt: 'A boat' } }
  site = await createSite(manifest(images), api.baseURL)
})

async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(join(site.root, path)), { recursive: true })
  await symlink(target, join(site.root, path))
}

const sh = (...argv: string[]) =>
  shell(argv, {
    cwd: site.root,
    environment: { GENERATE_IMAGES_BASE_URL: api.baseURL, GENERATE_IMAGES_API_KEY: KEY },
  })

/** Nothing was sent, and what lies outside is as it was. */
async function expectUntouched(): Promise<void> {
  expect(api.posts).toBe(0)
  expect(await readdir(outside)).toEqual(['profile'])
  expect(await readFile(join(outside, 'profile'), 'utf8')).toBe('mine')
}

describe.each([
  ['the folder of pictures', 'generated-images', '', 'by all'],
  ['a folder in it', 'generated-images/blog', '', 'by check'],
  ['a picture', 'generated-images/boat.png', 'profile', 'by check'],
  ['a picture that leads to nothing', 'generated-images/boat.webp', 'none', 'by check'],
  ['a record', 'generated-images/boat.json', 'profile', 'by check'],
  ['the folder of takes', 'generated-images/.takes', '', 'by all'],
  ['the spool', 'generated-images/.takes/.spool', '', 'by all'],
  ['the ledger', 'generated-images/.ledger.jsonl', 'profile', 'by all'],
  ['a ledger that leads to nothing', 'generated-images/.ledger.jsonl', 'none', 'by all'],
  ['the declarations', 'generate-images.d.ts', 'profile', 'by a run'],
  ['declarations that lead to nothing', 'generate-images.d.ts', 'none', 'by a run'],
])('a link out in the place of %s', (_, path, target, told) => {
  test('stops a run before the first request', async () => {
    await link(path, join(outside, target))
    const { status, out, err } = await sh('generate')
    expect(err).toContain(`${path} is a link that leads out of the project, to ${join(outside, target)}`)
    expect(err).toContain('[LEAVES_PROJECT]')
    expect([status, out]).toEqual([2, ''])
    await expectUntouched()
    await rm(join(site.root, path))
    expect((await sh('generate', '--json')).status).toBe(0)
    expect(api.posts).toBe(2)
  })

  test.runIf(told !== 'by a run')('is told by those that only look, which read nothing there', async () => {
    await link(path, join(outside, target))
    for (const command of told === 'by all' ? ['plan', 'check'] : ['check']) {
      const { status, err } = await sh(command)
      expect(err).toContain('[LEAVES_PROJECT]')
      expect(status).toBe(told === 'by all' ? 2 : 1)
    }
    await expectUntouched()
  })
})

test('a link that stays inside the project is a folder like any other', async () => {
  await mkdir(join(site.root, 'art/posts'), { recursive: true })
  await link('generated-images', 'art')
  await link('art/blog', 'posts')
  expect((await site.run()).report.failed).toEqual([])
  expect(api.posts).toBe(2)
  expect(await site.tree('art/posts')).toEqual(['hero.json', 'hero.png'])
  expect((await site.plan()).totals).toMatchObject({ kept: 2, missing: 0 })
})

test('a root that is a link itself is fine', async () => {
  await symlink(site.root, join(outside, 'linked'))
  const { status } = await shell(['generate'], {
    cwd: join(outside, 'linked'),
    environment: { GENERATE_IMAGES_BASE_URL: api.baseURL, GENERATE_IMAGES_API_KEY: KEY },
  })
  expect([status, api.posts]).toEqual([0, 2])
})

test('a picture that is asked for nowhere stops nothing', async () => {
  await link('generated-images/other', outside)
  expect((await site.run()).report).toMatchObject({ failed: [], requests: 2 })
  expect(await readdir(outside)).toEqual(['profile'])
})

test('what was paid for before the link came is not lost', async () => {
  // Killed after the answer came: it lies in the spool when the commit arrives.
  const project = await site.open()
  const collection = await project.collect()
  project.store.originals.commit = () => Promise.reject(new Error('killed'))
  await project.store.prepare()
  const never = new AbortController().signal
  const plan = await project.plan(collection, { filter: (name) => name === 'blog/hero' })
  await (await project.generate(plan, { soon: never, now: never, onEvent: () => {} })).done
  await project.close()
  expect(api.posts).toBe(1)

  await link('generated-images/blog', outside)
  const { err } = await sh('generate', '--filter', 'blog/hero')
  expect(err).toContain('[LEAVES_PROJECT]')
  expect(api.posts).toBe(1)
  expect(await readdir(outside)).toEqual(['profile'])
  await rm(join(site.root, 'generated-images/blog'))
  expect((await site.run({ filter: (name) => name === 'blog/hero' })).report).toMatchObject({ failed: [] })
  expect(api.posts).toBe(1)
  expect(await site.tree('generated-images/blog')).toEqual(['hero.json', 'hero.png'])
})
