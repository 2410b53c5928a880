// Libraries: their output is imported from wherever it lies, and the pictures lie beside it.
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import type { Browser } from 'playwright-core'
import { rolldown } from 'rolldown'
import { type OutputOptions, rollup } from 'rollup'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import forEsbuild from '../../src/esbuild.ts'
import forRolldown from '../../src/rolldown.ts'
import forRollup from '../../src/rollup.ts'
import forVite from '../../src/vite.ts'
import { startBrowser } from '../support/browser.ts'
import { VITES } from '../vite/site.ts'
import { filesOf, picturesIn } from './bundler.ts'
import { expectDecoded, look, serve } from './page.ts'
import { type Project, showing, start } from './project.ts'
import { build as buildLikeWebpack } from './webpack-like.ts'
import { BOTH } from './webpack-own.ts'

const IMPORTS = {
  boat: './boat.png?generate&as=picture',
  url: './boat.webp?generate',
  original: './boat.png?generate&as=original',
}
const ALL = [
  'boat-128.avif',
  'boat-128.png',
  'boat-128.webp',
  'boat-64.avif',
  'boat-64.png',
  'boat-64.webp',
  'boat.png',
]

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** A project whose library exports what a page shows. */
async function startLibrary(): Promise<Project> {
  const project = await start(IMPORTS)
  await project.site.write({
    'src/main.js': `import './part.js'\nexport { boat } from './part.js'\n`,
    'src/part.js': `${showing(IMPORTS)}\nexport { boat }\n`,
  })
  return project
}

/** What a page shows that imports the library from a folder of its own. */
async function lookAt(files: ReadonlyMap<string, Uint8Array>, file = 'main.js') {
  const origin = await serve(() => files, '/vendor/library/')
  return look(browser, origin, `/vendor/library/${file}`)
}

describe.each(VITES)('%s', (_, load) => {
  test.each([
    ['one file', {}],
    ['a file for each module', { preserveModules: true, entryFileNames: '[name].js' }],
  ])('build.lib as ES modules, in %s', async (_, output) => {
    const { site, wish } = await startLibrary()
    const vite = await load()
    await vite.build({
      root: site.root,
      configFile: false,
      logLevel: 'silent',
      base: './',
      plugins: [forVite(wish().plugin)],
      build: {
        minify: false,
        lib: { entry: join(site.root, 'src/main.js'), formats: ['es'], fileName: () => 'main.js' },
        rollupOptions: { output },
      },
    })
    const files = await filesOf(join(site.root, 'dist'))
    const { seen, pictures } = await lookAt(files, files.has('main.js') ? 'main.js' : 'src/main.js')
    // Vite inlines what a library imports for its address alone: all but one are files.
    expect(seen.url).toMatch(/^data:image\/webp;base64,/)
    expect(Object.keys(pictures).filter((address) => address.startsWith('data:'))).toEqual([seen.url])
    expectDecoded(pictures, 8)
    // No hashes, as Vite has it in a library.
    expect([...files.keys()].filter((file) => /^[^/]+\.(avif|png|webp)$/.test(file)).sort()).toEqual(ALL)
  })
})

describe.each(BOTH)('%s', (_, own) => {
  test.each([
    ['module', { module: true }],
    ['umd', {}],
  ])('output.library of the type %s', async (type, experiments) => {
    const { site, wish } = await startLibrary()
    const { errors } = await buildLikeWebpack(wish(), own, (configuration) => ({
      ...configuration,
      experiments: own === BOTH[0][1] && type === 'module' ? { outputModule: true } : {},
      output: {
        ...configuration.output,
        ...experiments,
        library: type === 'umd' ? { name: 'boats', type } : { type },
      },
    }))
    expect(errors).toEqual([])
    const files = await filesOf(join(site.root, 'dist'))
    const { pictures } = await lookAt(files, files.has('main.js') ? 'main.js' : 'src/main.js')
    expectDecoded(pictures, 7)
    expect(picturesIn(files)).toEqual(ALL)
  })
})

describe.each([
  ['Rollup', rollup, forRollup],
  ['Rolldown', rolldown as unknown as typeof rollup, forRolldown as unknown as typeof forRollup],
] as const)('%s', (_, run, plugin) => {
  test.each<[string, OutputOptions]>([
    ['one file', {}],
    ['a file for each module', { preserveModules: true }],
  ])('ES modules, in %s', async (_, output) => {
    const { site, wish } = await startLibrary()
    const before = process.cwd()
    process.chdir(site.root)
    try {
      const bundle = await run({ input: join(site.root, 'src/main.js'), plugins: [plugin(wish().plugin)] })
      await bundle.write({
        dir: join(site.root, 'dist'),
        format: 'es',
        entryFileNames: '[name].js',
        ...output,
      })
      await bundle.close()
    } finally {
      process.chdir(before)
    }
    const files = await filesOf(join(site.root, 'dist'))
    const { pictures } = await lookAt(files, files.has('main.js') ? 'main.js' : 'src/main.js')
    expectDecoded(pictures, 7)
    expect(picturesIn(files)).toEqual(ALL)
  })
})

describe('esbuild', () => {
  test.each([
    ['on the disk', true],
    ['in memory', false],
  ])('ES modules with an outfile, %s', async (_, write) => {
    const { site, wish } = await startLibrary()
    const outfile = join(site.root, 'dist/main.js')
    const { outputFiles = [] } = await esbuild({
      absWorkingDir: site.root,
      entryPoints: ['src/main.js'],
      bundle: true,
      format: 'esm',
      outfile,
      write,
      plugins: [forEsbuild(wish().plugin)],
    })
    const memory = outputFiles.map(
      ({ path, contents }) => [path.slice(join(site.root, 'dist/').length), contents] as const,
    )
    if (!write) expect(await site.tree('dist')).toEqual([])
    const files = write ? await filesOf(join(site.root, 'dist')) : new Map(memory)
    const { pictures } = await lookAt(files, files.has('main.js') ? 'main.js' : 'src/main.js')
    expectDecoded(pictures, 7)
    expect(picturesIn(files)).toEqual(ALL)
  })
})
