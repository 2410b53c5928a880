// Packages that a page imports: Vite prepares those of node_modules in a cache, and follows links to those of a workspace.
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { createSite, type Site, VITES } from './site.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe.each(VITES)('%s, the dev server', (_, load) => {
  let site: Site
  beforeEach(async () => {
    site = await createSite({
      'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
      'src/images.prompts.json': '{ "images": { "boat": { "prompt": "A paper boat.", "widths": [64] } } }',
      'src/main.js': `import boat from './boat.png?generate'\nimport shout from 'plain'\nimport { hero } from '@work/ui'\nglobalThis.seen = { boat, shout: shout('a'), hero }`,
      'node_modules/plain/package.json': '{ "name": "plain", "version": "1.0.0", "main": "index.cjs" }',
      'node_modules/plain/index.cjs': 'module.exports = (text) => text.toUpperCase()',
      'packages/ui/package.json':
        '{ "name": "@work/ui", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      'packages/ui/images.prompts.json':
        '{ "images": { "hero": { "prompt": "Mountains.", "widths": [32] } } }',
      'packages/ui/index.js': `export { default as hero } from './hero.webp?generate'`,
    })
    await mkdir(join(site.root, 'node_modules/@work'))
    await symlink('../../packages/ui', join(site.root, 'node_modules/@work/ui'), 'dir')
  })
  afterEach(() => site.remove())

  it('keeps a dependency prepared, and shows the pictures of a linked package', async () => {
    const { createServer } = await load()
    const server = await createServer(
      site.config(
        { mode: 'draft' },
        { server: { port: 0, host: '127.0.0.1' }, cacheDir: 'node_modules/.vite' },
      ),
    )
    try {
      await server.listen()
      const page = await browser.newPage()
      const requested: string[] = []
      page.on('request', (request) => requested.push(new URL(request.url()).pathname))
      await page.goto(server.resolvedUrls!.local[0]!)
      await page.waitForFunction('globalThis.seen !== undefined')
      const shown = await page.evaluate(`Promise.all([seen.boat, seen.hero].map(async (src) => {
        const image = Object.assign(new Image(), { src })
        await image.decode()
        return image.naturalWidth
      })).then((widths) => [seen.shout, ...widths])`)
      await page.close()
      expect(shown).toEqual(['A', 64, 32])
      // From the cache, and never from its own folder; our pictures and the linked package never from the cache.
      const prepared = (await readdir(join(site.root, 'node_modules/.vite/deps'))).filter((file) =>
        file.endsWith('.js'),
      )
      expect(prepared).toContain('plain.js')
      expect(prepared.filter((file) => /ui|boat|hero/.test(file))).toEqual([])
      expect(requested).toContain('/node_modules/.vite/deps/plain.js')
      expect(requested).toContain('/packages/ui/index.js')
    } finally {
      await server.close()
    }
  })
})
