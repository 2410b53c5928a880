// Renditions of kept pictures: each is made once, shared by its bytes, and mended by being made again.
import { readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Project } from '../../src/config/project.ts'
import { type Collection, picturesOf, type UsedPicture } from '../../src/pipeline/collect.ts'
import { layOut } from '../../src/pipeline/lay-out.ts'
import type { WantedRendition } from '../../src/pipeline/renditions.ts'
import { renditionSpecOf } from '../../src/render/spec.ts'
import type { CachedRendition, Holding } from '../../src/store/index.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

const BOAT = { prompt: 'A paper boat.', widths: [48, 96], formats: ['avif', 'webp'], as: 'picture' }
/** Two widths of avif and webp, and of the png that the specifier names. */
const FILES = 6

let api: TestApi
let site: Site
beforeEach(async () => {
  api = await startPaidApi()
  site = await createSite(
    { ...manifest({ boat: BOAT }), 'main.ts': "import boat from './boat.png?generate'" },
    api.baseURL,
  )
  await site.run()
})

/** One picture's original and the renditions that its first use wants. */
async function wantedOf(project: Project, collection: Collection, name: string) {
  const uses = collection.uses.flatMap(({ use }) => picturesOf(use))
  const used: UsedPicture = uses.find(({ picture }) => picture.name === name)!
  const found = await project.store.originals.inspect(name, used.picture.spec.key)
  if (found.state !== 'kept') throw new Error(`${name} is ${found.state}`)
  const original: Holding = { record: found.record, file: found.file }
  const wanted = layOut(used, found.record.original).files.map(({ format, width, height, stem }) => {
    const request = { original: found.record.original, look: used.look, format, width, height }
    const spec = renditionSpecOf({ ...request, provenance: true, encoder: project.encoder() })
    return { spec, stem }
  })
  return { original, wanted }
}

/** A build of everything that is used, in a process of its own: its files and its counts. */
async function build(names = ['boat']) {
  const project = await site.open()
  const collection = await project.collect()
  const files: CachedRendition[] = []
  for (const name of names) {
    const { original, wanted } = await wantedOf(project, collection, name)
    // Which of them were new is told by the counts.
    for (const { fresh: _, ...file } of await project.renditions.ensure(original, wanted)) files.push(file)
  }
  await project.close()
  return { files, counts: { ...project.renditions.counts } }
}

test('the first build makes them all, the second none', async () => {
  const first = await build()
  expect(first.counts).toEqual({ rendered: FILES, cached: 0 })
  expect(first.files.map(({ file, width }) => [basename(file), width])).toEqual([
    ['boat-48.avif', 48],
    ['boat-96.avif', 96],
    ['boat-48.webp', 48],
    ['boat-96.webp', 96],
    ['boat-48.png', 48],
    ['boat-96.png', 96],
  ])
  const second = await build()
  expect(second.counts).toEqual({ rendered: 0, cached: FILES })
  expect(second.files).toEqual(first.files)
  expect(api.posts).toBe(1)
})

test('what an edit adds is made, the rest is there', async () => {
  await build()
  await site.write(manifest({ boat: { ...BOAT, widths: [48, 64, 96] } }))
  expect((await build()).counts).toEqual({ rendered: 3, cached: FILES })
  expect(api.posts).toBe(1)
})

test.each([
  ['cut short', (file: string) => truncate(file, 20)],
  ['of other bytes', async (file: string) => writeFile(file, Buffer.alloc((await stat(file)).size))],
])('a damaged entry, %s, is made again', async (_, damage) => {
  const { files } = await build()
  const [damaged] = files
  const bytes = await readFile(damaged!.file)
  // The readable name is a hard link to the bytes: both are damaged.
  await damage(damaged!.file)
  const mended = await build()
  expect(mended.counts).toEqual({ rendered: 1, cached: FILES - 1 })
  expect(mended.files).toEqual(files)
  expect(await readFile(damaged!.file)).toEqual(bytes)
})

test('without its cache a project makes the same bytes', async () => {
  const first = await build()
  await site.remove('node_modules')
  const second = await build()
  expect(second.counts).toEqual({ rendered: FILES, cached: 0 })
  expect(second.files).toEqual(first.files)
})

test('however many ask at once, each is made once', async () => {
  const project = await site.open()
  const { original, wanted } = await wantedOf(project, await project.collect(), 'boat')
  const some: WantedRendition[] = wanted.slice(0, 2)
  const { renditions } = project
  const early = [renditions.ensure(original, some), renditions.ensure(original, wanted)]
  // One that comes when the first are already done.
  const late = early[0]!.then(() => renditions.ensure(original, wanted))
  const [first, all, again] = await Promise.all([...early, late])
  expect(renditions.counts.rendered).toBe(FILES)
  expect(all!.slice(0, 2)).toEqual(first)
  expect(again).toEqual(all)
  await project.close()
})

test('the same one wanted under two names at once is made once', async () => {
  const project = await site.open()
  const { original, wanted } = await wantedOf(project, await project.collect(), 'boat')
  const [one] = wanted
  const files = await project.renditions.ensure(original, [one!, { ...one!, stem: 'ship-48' }])
  expect(files.map(({ file }) => basename(file))).toEqual(['boat-48.avif', 'ship-48.avif'])
  expect(files[0]!.sha256).toBe(files[1]!.sha256)
  expect(project.renditions.counts.rendered).toBe(1)
  await project.close()
})

test('two names with the bytes of one original share them', async () => {
  await site.write({
    ...manifest({ boat: BOAT, ship: BOAT }),
    'main.ts': "import boat from './boat.png?generate'\nimport ship from './ship.png?generate'",
  })
  await site.run()
  const { files, counts } = await build(['boat', 'ship'])
  expect(counts).toEqual({ rendered: FILES, cached: FILES })
  const [boat, ship] = [files[0]!, files[FILES]!]
  expect([basename(boat.file), basename(ship.file)]).toEqual(['boat-48.avif', 'ship-48.avif'])
  expect((await stat(boat.file)).ino).toBe((await stat(ship.file)).ino)
  expect(api.posts).toBe(1)
})

test('a failure is told to all who wait, and is not remembered', async () => {
  const project = await site.open()
  const { original, wanted } = await wantedOf(project, await project.collect(), 'boat')
  const bytes = await readFile(original.file)
  await writeFile(original.file, 'no picture')
  const both = [project.renditions.ensure(original, wanted), project.renditions.ensure(original, wanted)]
  const results = await Promise.allSettled(both)
  expect(results.map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
    'ORIGINAL_CHANGED',
    'ORIGINAL_CHANGED',
  ])
  await writeFile(original.file, bytes)
  expect(await project.renditions.ensure(original, wanted)).toHaveLength(FILES)
  await project.close()
})

test('a placeholder is made once', async () => {
  const project = await site.open()
  const { original } = await wantedOf(project, await project.collect(), 'boat')
  const request = { kind: 'blur', frame: { kind: 'whole' }, fit: 'cover', position: 'centre' } as const
  const made = await project.renditions.placeholder(original, request)
  expect(made).toMatch(/^data:image\//)
  // Out of the cache, without the original.
  await site.remove('generated-images/boat.png')
  expect(await project.renditions.placeholder(original, request)).toBe(made)
  await project.close()
})
