// Finished pictures go around webpack and Rspack: what other plugins see of them, and what lies on the disk.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Compiler, Configuration } from 'webpack'
import { filesOf, picturesIn } from '../bundlers/bundler.ts'
import { type Project, start } from '../bundlers/project.ts'
import { build } from '../bundlers/webpack-like.ts'
import { BOTH } from '../bundlers/webpack-own.ts'

const BOAT = ['boat-128.avif', 'boat-128.png', 'boat-128.webp', 'boat-64.avif', 'boat-64.png', 'boat-64.webp']
const CACHE = 'node_modules/.cache/unplugin-generate-images/renditions'
const isPicture = (file: string) => /\.(avif|webp|png)$/.test(file)

describe.each(BOTH)('%s', (_, own) => {
  const run = async (
    { wish }: Project,
    more: Parameters<Project['wish']>[0] = {},
    change?: (configuration: Configuration) => Configuration,
  ) => {
    const { errors, files } = await build(wish(more), own, change)
    expect(errors).toEqual([])
    for (const [file, bytes] of files) if (isPicture(file)) await sharp(bytes).raw().toBuffer()
    return files
  }
  const withPlugin = (apply: (compiler: Compiler) => void) => (configuration: Configuration) => ({
    ...configuration,
    plugins: [...configuration.plugins!, { apply }],
  })
  /** The files of the cache, by inode. */
  const cached = async ({ site }: Project) => {
    const files = (await site.tree(CACHE)).filter((file) => file.endsWith('.data'))
    const rows = files.map(async (file) => {
      const path = join(site.root, CACHE, file)
      const { ino, mtimeMs } = await stat(path)
      return [ino, { mtimeMs, bytes: await readFile(path) }] as const
    })
    return new Map(await Promise.all(rows))
  }
  const inodes = async ({ site }: Project, folder: string) => {
    const files = [...(await filesOf(join(site.root, folder))).keys()].filter(isPicture)
    return Promise.all(files.map(async (file) => (await stat(join(site.root, folder, file))).ino))
  }

  test('shares the bytes of cache and outputs, and tells their sizes', async () => {
    const project = await start({ boat: './boat.png?generate&as=picture' })
    const sizes: Record<string, number> = {}
    const all = { all: false, assets: true, cachedAssets: true, groupAssetsByEmitStatus: false }
    const measure = withPlugin((compiler) =>
      compiler.hooks.done.tap('measure', (stats) => {
        for (const { name, size } of stats.toJson(all).assets!) sizes[name] = size
      }),
    )
    const one = await run(project, { out: 'one', clean: true }, measure)
    expect(picturesIn(one)).toEqual(BOAT)
    for (const [file, bytes] of one)
      if (isPicture(file)) expect([file, sizes[file]]).toEqual([file, bytes.length])
    const before = await cached(project)
    await run(project, { out: 'two' })
    await run(project, { out: 'two', clean: true })
    for (const folder of ['one', 'two'])
      expect((await inodes(project, folder)).toSorted()).toEqual([...before.keys()].toSorted())
    expect(await cached(project)).toEqual(before)
  })

  test('shares nothing in a library, where both of its outputs may be published', async () => {
    const project = await start({ boat: './boat.png?generate&as=picture' })
    const library = (configuration: Configuration): Configuration => ({
      ...configuration,
      output: { ...configuration.output, library: { name: 'boats', type: 'umd' } },
    })
    expect(picturesIn(await run(project, {}, library))).toEqual(BOAT)
    const kept = await cached(project)
    for (const inode of await inodes(project, 'dist')) expect(kept.has(inode)).toBe(false)
  })

  test('writes what another plugin made of a picture, and nothing into the cache', async () => {
    const project = await start({ boat: './boat.webp?generate' })
    await run(project)
    const before = await cached(project)
    const mark = Buffer.from('marked')
    const { files } = await build(
      project.wish(),
      own,
      withPlugin((compiler) => {
        const { sources, Compilation } = compiler.webpack
        compiler.hooks.thisCompilation.tap('marker', (compilation) => {
          const stage = Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_TRANSFER
          compilation.hooks.processAssets.tap({ name: 'marker', stage }, (assets) => {
            for (const [name, source] of Object.entries(assets)) {
              if (!isPicture(name)) continue
              const marked = Buffer.concat([source.buffer(), mark])
              compilation.updateAsset(name, new sources.RawSource(marked))
            }
          })
        })
      }),
    )
    const pictures = [...files].filter(([file]) => isPicture(file))
    expect(pictures).toHaveLength(1)
    expect(Buffer.from(pictures[0]![1]).subarray(-mark.length)).toEqual(mark)
    expect(await cached(project)).toEqual(before)
  })

  test.each<[string, (configuration: Configuration) => Configuration]>([
    [
      'where names say nothing of the content',
      ({ output, ...rest }) => ({ ...rest, output: { ...output, assetModuleFilename: '[name][ext]' } }),
    ],
    [
      'where nothing is compared before it is written',
      ({ output, ...rest }) => ({ ...rest, output: { ...output, compareBeforeEmit: false } }),
    ],
  ])('brings the present picture over an earlier one, %s', async (_, change) => {
    const project = await start({ boat: './boat.webp?generate' })
    await run(project)
    const before = await cached(project)
    const first = await run(project, {}, change)
    const rendered = (bytes: Uint8Array) => sharp(bytes).stats()
    await project.site.write({
      'src/images.prompts.json': { images: { boat: { prompt: 'Another boat.', widths: [64, 128] } } },
    })
    const second = await run(project, { clean: true }, change)
    const [old] = [...first].filter(([file]) => isPicture(file)).map(([, bytes]) => bytes)
    const [now] = [...second].filter(([file]) => isPicture(file)).map(([, bytes]) => bytes)
    expect(await rendered(now!)).not.toEqual(await rendered(old!))
    for (const [inode, file] of before) expect((await cached(project)).get(inode)).toEqual(file)
  })

  test('brings them where names have no ending, out of a cache of the host as well', async () => {
    const project = await start({ boat: './boat.webp?generate' })
    const change = ({ output, ...rest }: Configuration): Configuration => ({
      ...rest,
      output: { ...output, assetModuleFilename: 'pictures/[contenthash]' },
    })
    const inPictures = async () => {
      const files = await run(project, { cache: true, clean: true }, change)
      return [...files].filter(([file]) => file.startsWith('pictures/'))
    }
    const first = await inPictures()
    expect(first).toHaveLength(1)
    expect((await sharp(first[0]![1]).metadata()).format).toBe('webp')
    expect(await inPictures()).toEqual(first)
  })

  test('has no files of a module that nothing uses', async () => {
    const project = await start({ boat: './boat.webp?generate' })
    await project.site.write({
      'package.json': { private: true, sideEffects: ['./src/main.js'] },
      'src/main.js': `import { boat } from './all.js'\nglobalThis.seen = { boat }\n`,
      'src/all.js': `import boat from './boat.webp?generate'\nimport hero from 'blog/hero?generate'\nexport { boat, hero }\n`,
    })
    expect(picturesIn(await run(project))).toEqual(['boat-128.webp'])
  })

  test('brings the files of a child compilation', async () => {
    const project = await start({ boat: './boat.webp?generate' })
    await project.site.write({
      'src/page.js': `import hero from 'blog/hero?generate'\nglobalThis.seen = { hero }\n`,
    })
    const page = withPlugin((compiler) =>
      compiler.hooks.make.tapAsync('page', (compilation, done) => {
        const child = compilation.createChildCompiler('page', { filename: 'page.js' }, [])
        new compiler.webpack.EntryPlugin(compiler.context, './src/page.js', 'page').apply(child)
        child.runAsChild((error) => done(error as Error))
      }),
    )
    const files = await run(project, {}, page)
    expect(picturesIn(files)).toEqual(['boat-128.webp', 'hero-120.jpg'])
    const [hero] = [...files].filter(([file]) => file.endsWith('.jpg')).map(([, bytes]) => bytes)
    expect((await sharp(hero).metadata()).width).toBe(120)
  })
})
