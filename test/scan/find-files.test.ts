import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findFiles } from '../../src/scan/find-files.ts'
import { writeProject } from './support.ts'

const empty = (...files: string[]) => Object.fromEntries(files.map((file) => [file, '']))

test('manifests and source files, sorted, with forward slashes', async () => {
  const root = await writeProject(
    empty(
      ...[
        'src/b.ts',
        'src/a.ts',
        'src/deep/er/page.svelte',
        'index.html',
        'styles/main.scss',
        'posts/a.mdx',
        'a.pcss',
      ],
      ...[
        'images.prompts.json',
        'src/images.prompts.json',
        'src/other.json',
        'src/my-images.prompts.json',
        'logo.png',
        'README',
      ],
    ),
  )
  expect(await findFiles(root)).toEqual({
    manifests: ['images.prompts.json', 'src/images.prompts.json'],
    sources: [
      'a.pcss',
      'index.html',
      'posts/a.mdx',
      'src/a.ts',
      'src/b.ts',
      'src/deep/er/page.svelte',
      'styles/main.scss',
    ],
  })
})

test('dependencies, outputs, dot folders, declarations and links are left out', async () => {
  const root = await writeProject(
    empty(
      ...[
        'node_modules/a/a.ts',
        'packages/a/node_modules/b/b.ts',
        '.git/a.ts',
        '.storybook/a.ts',
        '.next/a.js',
      ],
      ...[
        'dist/a.js',
        'packages/a/dist/images.prompts.json',
        'build/a.js',
        'out/a.js',
        'coverage/a.html',
        'generated-images/a.ts',
      ],
      ...['a.d.ts', 'src/b.d.mts', 'src/c.d.cts', 'src/kept.ts'],
    ),
  )
  await symlink(join(root, 'src'), join(root, 'linked'))
  expect(await findFiles(root)).toEqual({ manifests: [], sources: ['src/kept.ts'] })
})

test('links are left out, to files and folders, in the project and out of it', async () => {
  const outside = await writeProject({ 'images.prompts.json': { images: { secret: 'A.' } }, 'main.ts': '' })
  const root = await writeProject(empty('src/a.ts', 'src/images.prompts.json', 'lib/b.ts'))
  await symlink(join(outside, 'images.prompts.json'), join(root, 'images.prompts.json'))
  await symlink(join(outside, 'main.ts'), join(root, 'src/main.ts'))
  await symlink('a.ts', join(root, 'src/again.ts'))
  await symlink(outside, join(root, 'src/out'))
  await symlink(outside, join(root, 'out-there'))
  await symlink('/dev/zero', join(root, 'src/endless.ts'))
  await symlink('..', join(root, 'src/round'))
  expect(await findFiles(root)).toEqual({
    manifests: ['src/images.prompts.json'],
    sources: ['lib/b.ts', 'src/a.ts'],
  })
  const sources = async (...include: string[]) => (await findFiles(root, { include })).sources
  expect(await findFiles(root, { include: ['src', 'lib/*.ts'] })).toEqual({
    manifests: ['src/images.prompts.json'],
    sources: ['lib/b.ts', 'src/a.ts'],
  })
  // Also where a commit puts a link in the place of what is included.
  for (const pattern of ['out-there', 'out-there/', './out-there/**', 'out-there/*.ts', 'out-there/main.ts'])
    expect([pattern, await findFiles(root, { include: [pattern] })]).toEqual([
      pattern,
      { manifests: [], sources: [] },
    ])
  expect(await sources('src/out/main.ts', 'lib')).toEqual(['lib/b.ts'])
  expect(await sources('src/endless.ts', 'src/main.ts')).toEqual([])
})

test('what lies outside of the root is scanned where its owner includes it', async () => {
  const root = await writeProject(empty('app/a.ts', 'shared/b.ts'))
  expect((await findFiles(join(root, 'app'), { include: ['../shared/**', '*.ts'] })).sources).toEqual([
    '../shared/b.ts',
    'a.ts',
  ])
})

test('build and dist are words for sources below a src', async () => {
  const root = await writeProject(
    empty('src/pages/build/index.ts', 'packages/a/src/out/b.ts', 'dist/src/c.ts', 'app/dist.ts'),
  )
  expect((await findFiles(root)).sources).toEqual([
    'app/dist.ts',
    'packages/a/src/out/b.ts',
    'src/pages/build/index.ts',
  ])
})

test('include and exclude take globs, folders and files', async () => {
  const root = await writeProject(
    empty(
      'src/a.ts',
      'src/b.ts',
      'src/deep/c.ts',
      'src/images.prompts.json',
      'docs/d.md',
      'docs/e.txt',
      '.hidden/f.ts',
      'dist/g.ts',
    ),
  )
  const sources = async (selection: Parameters<typeof findFiles>[1]) =>
    (await findFiles(root, selection)).sources
  expect(await sources({ include: ['src'] })).toEqual(['src/a.ts', 'src/b.ts', 'src/deep/c.ts'])
  expect(await sources({ include: ['./src/', 'docs/**'] })).toEqual([
    'docs/d.md',
    'src/a.ts',
    'src/b.ts',
    'src/deep/c.ts',
  ])
  expect(await sources({ include: ['src/*.ts'] })).toEqual(['src/a.ts', 'src/b.ts'])
  expect(await sources({ include: ['.hidden'] })).toEqual(['.hidden/f.ts'])
  expect(await sources({ include: ['dist'] })).toEqual([])
  expect(await sources({ exclude: ['docs', 'src/deep', '**/b.ts'] })).toEqual(['src/a.ts'])
  expect((await findFiles(root, { include: ['src'] })).manifests).toEqual(['src/images.prompts.json'])
  expect((await findFiles(root, { include: ['docs'] })).manifests).toEqual([])
  // A manifest above what is included counts too.
  expect(await findFiles(root, { include: ['src/deep/*.ts'] })).toEqual({
    manifests: ['src/images.prompts.json'],
    sources: ['src/deep/c.ts'],
  })
})

test('a root without files gives none', async () => {
  expect(await findFiles(await writeProject({}))).toEqual({ manifests: [], sources: [] })
})

test('a walk through all folders finds what globs of all folders find', async () => {
  const root = await writeProject(
    empty(
      ...['a.ts', '.b.ts', '.hidden/c.ts', 'd.TS', 'ts', 'e.d.ts', 'f.test.ts', 'src/.g/h.ts', 'src/i.vue'],
      ...[
        'images.prompts.json',
        'src/Images.prompts.json',
        'src/node_modules/j.ts',
        'src/generated-images/k.ts',
      ],
      ...[
        'dist/l.ts',
        'lib/dist/m.ts',
        'src/dist/n.ts',
        'dist/src/o.ts',
        'lib/src/build/out/p.ts',
        'q/r s.md',
      ],
      ...['skipped/t.ts', 'src/skipped/u.ts', 'v.ts/w.ts', 'x.ts'],
    ),
  )
  await symlink('a.ts', join(root, 'linked.ts'))
  await symlink('src', join(root, 'linked'))
  const walked = await findFiles(root, { exclude: ['skipped', './x.ts', 'lib/'] })
  expect(walked).toEqual(await findFiles(root, { exclude: ['skipped', './x.ts', 'lib/', '!(*)'] }))
  expect(walked.sources).toEqual(
    ['a.ts', 'f.test.ts', 'q/r s.md', 'src/dist/n.ts', 'src/i.vue', 'src/skipped/u.ts', 'v.ts/w.ts'].sort(),
  )
})
