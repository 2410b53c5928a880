// Finished pictures go around the bundlers of Rollup's kind: what others see of them, and what lies on the disk.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { type RollupBuild, rollup } from 'rollup'
import sharp from 'sharp'
import type { Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import forRolldown from '../../src/rolldown.ts'
import forRollup from '../../src/rollup.ts'
import generateImages from '../../src/vite.ts'
import { filesOf, picturesIn } from '../bundlers/bundler.ts'
import { start } from '../bundlers/project.ts'
import { VITES } from '../vite/site.ts'

const BOAT = ['boat-128.avif', 'boat-128.png', 'boat-128.webp', 'boat-64.avif', 'boat-64.png', 'boat-64.webp']
const isPicture = (file: string) => /\.(avif|webp|png)$/.test(file)

async function expectWhole(files: ReadonlyMap<string, Uint8Array>) {
  const pictures = [...files].filter(([file]) => isPicture(file))
  for (const [, bytes] of pictures) await sharp(bytes).raw().toBuffer()
}

/** A plugin that looks at every picture of a bundle, as those that optimise pictures do. */
function optimizer(seen: string[]): Plugin {
  return {
    name: 'optimizer',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && isPicture(file.fileName)) seen.push(file.fileName)
    },
  }
}

/** Bundles a project from its own folder, and writes outputs of it. */
async function bundled(
  run: typeof rollup,
  root: string,
  plugin: unknown,
  write: (bundle: RollupBuild) => Promise<void>,
) {
  const before = process.cwd()
  process.chdir(root)
  try {
    const input = join(root, 'src/main.js')
    const bundle = await run({ input, plugins: [plugin as never], onLog() {} })
    await write(bundle)
    await bundle.close()
  } finally {
    process.chdir(before)
  }
}

describe.each(VITES)('%s', (_, load) => {
  test('shares the bytes of cache and outputs, hides them from other plugins, and lists them in the manifest of chunks', async () => {
    const vite = await load()
    const { site, api, wish } = await start({ boat: './boat.png?generate&as=picture' })
    const seen: string[] = []
    const build = (outDir: string) =>
      vite.build({
        root: site.root,
        configFile: false,
        logLevel: 'silent',
        plugins: [generateImages(wish().plugin), optimizer(seen)],
        build: { outDir, manifest: true, rollupOptions: { input: join(site.root, 'src/main.js') } },
      })
    await build('one')
    await build('two')
    const one = await filesOf(join(site.root, 'one'))
    expect(picturesIn(one)).toEqual(BOAT)
    await expectWhole(one)
    expect(seen).toEqual([])
    const manifest = JSON.parse(String(one.get('.vite/manifest.json')))
    expect(manifest['src/main.js'].assets.toSorted()).toEqual([...one.keys()].filter(isPicture).toSorted())
    for (const file of one.keys()) {
      if (!isPicture(file)) continue
      const [first, second] = [
        await stat(join(site.root, 'one', file)),
        await stat(join(site.root, 'two', file)),
      ]
      expect(first.ino).toBe(second.ino)
    }
    // The boat and the hero.
    expect(api.posts).toBe(2)
  })

  test('writes beside a file of the output, never into it, and mends what was written into it', async () => {
    const vite = await load()
    const { site, wish } = await start({ boat: './boat.png?generate&as=picture' })
    const build = () =>
      vite.build({
        root: site.root,
        configFile: false,
        logLevel: 'silent',
        plugins: [generateImages(wish().plugin)],
        build: { emptyOutDir: false, rollupOptions: { input: join(site.root, 'src/main.js') } },
      })
    await build()
    const [name] = [...(await filesOf(join(site.root, 'dist'))).keys()].filter(isPicture)
    const file = join(site.root, 'dist', name!)
    const whole = await readFile(file)
    await writeFile(file, 'somebody wrote into the output, and so into the cache')
    await build()
    expect(await readFile(file)).toEqual(whole)
  })

  test('fills the pictures of a server whose framework takes them from there', async () => {
    const vite = await load()
    const { site, wish } = await start({ boat: './boat.png?generate&as=picture' })
    await vite.build({
      root: site.root,
      configFile: false,
      logLevel: 'silent',
      plugins: [generateImages(wish().plugin)],
      build: { ssr: join(site.root, 'src/main.js'), ssrEmitAssets: true },
    })
    const files = await filesOf(join(site.root, 'dist'))
    expect(picturesIn(files)).toEqual(BOAT)
    await expectWhole(files)
  })
})

test.each([
  ['Rollup', rollup as never, forRollup],
  ['Rolldown', rolldown as never, forRolldown],
])(
  '%s: two outputs of a package that may be published have whole files of their own, in one folder or in two',
  async (_, run, plugin) => {
    const { site, wish } = await start({ boat: './boat.png?generate&as=picture' })
    await site.write({ 'package.json': { name: 'boats', version: '1.0.0' } })
    await bundled(run, site.root, plugin(wish().plugin), async (bundle) => {
      const write = (dir: string, format: 'es' | 'cjs') =>
        bundle.write({ dir: join(site.root, dir), format, entryFileNames: `[name].${format}.js` })
      await Promise.all([write('one', 'es'), write('one', 'cjs'), write('two', 'es')])
    })
    for (const dir of ['one', 'two']) {
      const files = await filesOf(join(site.root, dir))
      expect(picturesIn(files)).toEqual(BOAT)
      await expectWhole(files)
      const stats = await Promise.all([...files.keys()].map((file) => stat(join(site.root, dir, file))))
      // npm leaves out the second name of a file.
      expect(stats.map(({ nlink }) => nlink)).toEqual(stats.map(() => 1))
    }
  },
)

test.each([
  ['Rollup', rollup as never, forRollup],
  ['Rolldown', rolldown as never, forRolldown],
])('%s: the outputs of a private package share the bytes of the cache', async (_, run, plugin) => {
  const { site, wish } = await start({ boat: './boat.png?generate&as=picture' })
  await bundled(run, site.root, plugin(wish().plugin), async (bundle) => {
    for (const dir of ['one', 'two', 'two']) await bundle.write({ dir: join(site.root, dir), format: 'es' })
  })
  const inodes = async (dir: string) => {
    const files = await filesOf(join(site.root, dir))
    expect(picturesIn(files)).toEqual(BOAT)
    await expectWhole(files)
    const pictures = [...files.keys()].filter(isPicture)
    return Promise.all(pictures.map(async (file) => [file, (await stat(join(site.root, dir, file))).ino]))
  }
  expect(await inodes('one')).toEqual(await inodes('two'))
})
