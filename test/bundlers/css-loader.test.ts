// css-loader, through which most users of webpack have their stylesheets.
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import type { Wish } from './bundler.ts'
import { serve } from './page.ts'
import { start } from './project.ts'
import { lookAtStyles, of, SHEETS, WIDTHS } from './stylesheets.ts'
import { build } from './webpack-like.ts'
import { BOTH } from './webpack-own.ts'

const { resolve } = createRequire(import.meta.url)
const USE = { loader: resolve('css-loader'), options: { exportType: 'string' } }
const MAIN = `import text from './style.css'
const style = document.createElement('style')
style.textContent = text
document.head.append(style)`

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe.each(BOTH)('%s with css-loader', (_, own) => {
  const run = (wish: Wish) =>
    build(wish, own, (configuration) => ({
      ...configuration,
      experiments: {},
      // Rules for pictures are no concern of ours.
      module: {
        rules: [
          { test: /\.css$/, type: 'javascript/auto', use: [USE] },
          { test: /\.(png|webp|avif|jpg)$/, type: 'asset/inline' },
        ],
      },
    }))

  it('places the pictures of a stylesheet, and of one that it imports', async () => {
    const { wish, site, api } = await start({})
    await site.write({ ...SHEETS, 'src/main.js': MAIN })
    const { files, errors } = await run(wish({ base: '/' }))
    expect(errors).toEqual([])
    const shown = await lookAtStyles(browser, await serve(() => files), [], '/main.js')
    expect(of(shown, ({ widths }) => widths)).toEqual(WIDTHS)
    for (const { addresses } of Object.values(shown))
      for (const address of addresses) expect(address).toMatch(/^http/)
    expect(api.posts).toBe(3)
  })

  it('says what to write where css-loader alone reads a file', async () => {
    const { wish, site } = await start({})
    const imported = '.imported { background: url(../boat.png?generate&as=image-set) }'
    await site.write({ ...SHEETS, 'src/main.js': MAIN, 'src/sub/imported.css': imported })
    const { errors } = await run(wish())
    expect(errors.join('\n')).toContain('where the formats have to be written out')
    expect(errors.join('\n')).toContain('src/sub/imported.css')
  })
})
