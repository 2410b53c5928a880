// vite-imagetools, whose query words are ours, in the same build and on the same dev server.
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { build, createServer, type InlineConfig, type Plugin } from 'vite'
import { imagetools } from 'vite-imagetools'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import generateImages from '../../src/vite.ts'
import { startBrowser } from '../support/browser.ts'
import { filesOf } from './bundler.ts'
import { expectDecoded, look, serve } from './page.ts'
import { type Project, showing, start } from './project.ts'

const OURS = {
  boat: './boat.png?generate&as=picture',
  narrow: './boat.webp?generate&w=100',
  original: './boat.png?generate&as=original',
}
const THEIRS = { theirs: './own.png?w=30&format=webp', set: './own.png?w=10;20&format=webp&as=srcset' }
const OWN = await sharp({ create: { width: 60, height: 60, channels: 3, background: 'red' } })
  .png()
  .toBuffer()

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

type Order = 'first' | 'last'

async function startBeside(): Promise<Project> {
  const project = await start(OURS)
  await project.site.write({ 'src/own.png': OWN })
  return project
}

/** A configuration with one of the two plugins, or both, in an order. */
function configOf(
  { site, wish }: Project,
  theirs: Order | 'alone' | 'absent',
  own?: Parameters<typeof imagetools>[0],
) {
  const dir = join(site.root, 'node_modules/.cache/imagetools')
  const tools = imagetools({ cache: { enabled: true, dir }, ...own }) as Plugin
  const ours = generateImages(wish().plugin)
  const plugins = { first: [tools, ours], last: [ours, tools], alone: [tools], absent: [ours] }[theirs]
  return {
    root: site.root,
    configFile: false,
    logLevel: 'silent',
    plugins,
    build: {
      outDir: 'dist',
      minify: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      rollupOptions: { input: join(site.root, 'src/main.js'), output: { entryFileNames: 'main.js' } },
    },
  } satisfies InlineConfig
}

async function lookAtBuild(
  project: Project,
  imports: object,
  ...how: Parameters<typeof configOf> extends [unknown, ...infer Rest] ? Rest : never
) {
  await project.site.write({ 'src/main.js': showing(imports as Record<string, string>) })
  await build(configOf(project, ...how))
  const files = await filesOf(join(project.site.root, 'dist'))
  return { files, ...(await look(browser, await serve(() => files), '/main.js')) }
}

describe.each(['first', 'last'] as const)('vite-imagetools as the %s plugin', (order) => {
  test('gives what it gives alone, in a build, and so do we', async () => {
    const project = await startBeside()
    const ours = await lookAtBuild(project, OURS, 'absent')
    expectDecoded(ours.pictures, 8)
    const theirs = await lookAtBuild(project, THEIRS, 'alone')
    const both = await lookAtBuild(project, { ...OURS, ...THEIRS }, order)
    expect(both.seen).toEqual({ ...ours.seen, ...theirs.seen })
    expect(both.pictures).toEqual({ ...ours.pictures, ...theirs.pictures })
    const written = (one: typeof both) => [...one.files.keys()].filter((file) => !file.endsWith('.js'))
    expect(written(both).sort()).toEqual([...written(ours), ...written(theirs)].sort())
    expect(project.api.posts).toBe(2)
  })

  test('changes nothing of ours where it is told to treat every picture', async () => {
    const project = await startBeside()
    const ours = await lookAtBuild(project, OURS, 'absent')
    const defaultDirectives = new URLSearchParams({ w: '20', format: 'avif' })
    const both = await lookAtBuild(project, { ...OURS, own: './own.png' }, order, { defaultDirectives })
    // An original is for plugins that optimise by themselves, as a picture of the user's own is.
    const { own, original, ...seen } = both.seen
    const { original: _, ...alone } = ours.seen
    expect(seen).toEqual(alone)
    expect(both.pictures[original as string]).toEqual({ width: 20, height: 20 })
    expect(both.pictures[own as string]).toEqual({ width: 20, height: 20 })
  })

  test('works on the same dev server', async () => {
    const project = await startBeside()
    await project.site.run()
    await project.site.write({
      'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
      'src/main.js': showing({ ...OURS, ...THEIRS }),
    })
    const server = await createServer({ ...configOf(project, order), server: { port: 0, host: '127.0.0.1' } })
    onTestFinished(() => server.close())
    await server.listen()
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls!.local[0]!)
    await page.waitForFunction('globalThis.seen !== undefined')
    const sizes =
      await page.evaluate(`Promise.all([seen.boat.img.src, seen.narrow, seen.original, seen.theirs].map(async (src) => {
      const image = Object.assign(new Image(), { src })
      await image.decode()
      return image.naturalWidth
    }))`)
    await page.close()
    expect(sizes).toEqual([128, 100, 1024, 30])
  })
})
