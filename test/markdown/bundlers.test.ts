// MDX through the bundlers' own plugin for it, with ours for remark in it: pages that a browser shows.
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mdx from '@mdx-js/rollup'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import remarkGenerateImages from '../../src/remark.ts'
import { filesOf } from '../bundlers/bundler.ts'
import { serve } from '../bundlers/page.ts'
import { build } from '../bundlers/webpack-like.ts'
import { ownWebpack } from '../bundlers/webpack-own.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, type Site, VITES } from '../vite/site.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const PAGE = `import card from './boat.png?generate&as=img&w=32'

# A boat

![My boat!](./boat.png?generate "Title") [large](./boat.webp?generate&w=96)

![A *red* cat](./cat.png?generate&prompt&size=16:9&w=64&format=webp)

<img src="./boat.png?generate&w=48" className="own" alt="" sizes="48px" />

<b>{card.width}</b>
`

async function siteWith(): Promise<Site> {
  const site = await createSite({
    'package.json': '{ "private": true, "type": "module" }',
    'index.html': '<!doctype html><div id="app"></div><script type="module" src="/src/main.js"></script>',
    'src/images.prompts.json':
      '{ "defaults": { "widths": [64, 128], "placeholder": "color" }, "images": { "boat": { "prompt": "A paper boat.", "alt": "A boat" } } }',
    'src/page.mdx': PAGE,
    'src/main.js': `import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import Page from './page.mdx'
document.body.innerHTML = renderToStaticMarkup(createElement(Page))
`,
  })
  onTestFinished(() => site.remove())
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
  await mkdir(join(site.root, 'node_modules'), { recursive: true })
  for (const name of ['react', 'react-dom'])
    await symlink(join(modules, name), join(site.root, 'node_modules', name), 'dir')
  return site
}

/** What a visitor gets of the page at an address: each picture as it is shown. */
async function seenAt(address: string) {
  const page = await browser.newPage({ viewport: { width: 200, height: 200 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on(
    'response',
    (one) => one.status() >= 400 && !one.url().endsWith('/favicon.ico') && errors.push(one.url()),
  )
  await page.goto(address)
  await page.waitForSelector('b')
  const seen = await page.evaluate(`Promise.all([...document.images].map(async (img) => {
    img.loading = 'eager'
    await img.decode()
    const { alt, title, width, height, className, naturalWidth, style } = img
    const type = (await fetch(img.currentSrc)).headers.get('content-type')
    const types = [...img.parentElement.querySelectorAll('source')].map((source) => source.type)
    return { alt, title, width, height, className, types, shown: naturalWidth > 0, type, style: style.cssText }
  }))`)
  const large = (await page.$eval('a', (link) => link.getAttribute('href')))!
  expect(errors).toEqual([])
  await page.close()
  return { seen, large }
}

const types = ['image/avif', 'image/webp']
const style = expect.stringMatching(/^background: rgb\(/)
const plain = { title: '', className: '', style }
const BUILT = [
  {
    ...plain,
    alt: 'My boat!',
    title: 'Title',
    width: 128,
    height: 128,
    types,
    shown: true,
    type: 'image/avif',
  },
  {
    ...plain,
    alt: 'A red cat',
    width: 64,
    height: 36,
    types: [],
    shown: true,
    type: 'image/webp',
    style: '',
  },
  { ...plain, alt: '', className: 'own', width: 48, height: 48, types, shown: true, type: 'image/avif' },
]

test.each(VITES)('a build of %s', async (_, load) => {
  const site = await siteWith()
  const vite = await load()
  const own = site.config().plugins!
  await site.build(
    vite,
    {},
    {
      plugins: [...own, mdx({ remarkPlugins: [remarkGenerateImages] })],
      build: { write: true },
    },
  )
  const { seen, large } = await seenAt(`${await serve(() => filesOf(join(site.root, 'dist')))}/index.html`)
  expect(seen).toEqual(BUILT)
  expect(large).toMatch(/^\/assets\/boat-96-.*\.webp$/)
  expect(site.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt).sort()).toEqual([
    'A paper boat.',
    'A red cat',
  ])
})

test('a dev server of Vite', async () => {
  const site = await siteWith()
  const { createServer } = await import('vite')
  const own = site.config({ mode: undefined as never }).plugins!
  const plugins = [...own, mdx({ remarkPlugins: [remarkGenerateImages] })]
  const server = await createServer(site.config({}, { plugins, server: { port: 0, host: '127.0.0.1' } }))
  onTestFinished(() => server.close())
  await server.listen()
  const { seen } = await seenAt(server.resolvedUrls!.local[0]!)
  expect(seen).toEqual(
    BUILT.map((one) => ({
      ...one,
      type: 'image/svg+xml',
      style: one.style === '' ? '' : 'background: rgb(204, 204, 204);',
    })),
  )
  expect(site.emulator.requests).toEqual([])
})

test('a build of webpack', async () => {
  const site = await siteWith()
  const provider = { baseURL: site.emulator.baseURL, apiKey: 'test-key' }
  const wish = {
    root: site.root,
    plugin: { mode: 'generate', provider } as const,
    entries: { main: './src/main.js' },
  }
  const rule = {
    test: /\.mdx$/,
    use: [{ loader: '@mdx-js/loader', options: { remarkPlugins: [remarkGenerateImages] } }],
  }
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
  const { errors, files } = await build(wish, ownWebpack, (one) => ({
    ...one,
    module: { rules: [...one.module!.rules!, rule] },
    resolveLoader: { modules: [modules] },
  }))
  expect(errors).toEqual([])
  const { seen, large } = await seenAt(`${await serve(() => files)}/page?script=main.js`)
  expect(seen).toEqual(BUILT)
  expect(large).toMatch(/\/boat-96\.[0-9a-f]+\.webp$/)
})
