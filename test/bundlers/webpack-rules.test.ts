// The rules that users of webpack and Rspack have for pictures of their own, with the loaders that they use.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RuleSetRule } from 'webpack'
import type { Options } from '../../src/config/options.ts'
import { startBrowser } from '../support/browser.ts'
import { type Built, picturesIn } from './bundler.ts'
import { expectDecoded, look, serve } from './page.ts'
import { showing, start } from './project.ts'
import { build } from './webpack-like.ts'
import { BOTH } from './webpack-own.ts'

const { resolve } = createRequire(import.meta.url)
const OURS = {
  boat: './boat.png?generate&as=picture',
  jpg: './boat.jpg?generate',
  original: './boat.png?generate&as=original',
}
const OWN_PNG = await sharp({ create: { width: 3, height: 3, channels: 3, background: 'red' } })
  .png()
  .toBuffer()
const OWN_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"><path d="M0 0h3v3"/></svg>'
// As much of React as a component of @svgr/webpack asks for.
const REACT = `export const createElement = (...args) => args\nexport const forwardRef = (render) => render\nexport const memo = (one) => one\n`

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** What a page shows that imports pictures of ours and one of the user's own: without the rules for it, and with them. */
async function lookWith(
  own: (typeof BOTH)[number][1],
  rules: RuleSetRule[],
  ending: 'png' | 'svg',
  options: Options = {},
) {
  const { site, api, wish } = await start(OURS)
  const run = async (module: { rules: RuleSetRule[] }) => {
    const alias = { react: join(site.root, 'react.js') }
    const output = await build(wish({ clean: true, base: '/' }, options), own, (configuration) => ({
      ...configuration,
      module,
      resolve: { alias },
      resolveLoader: { modules: [join(import.meta.dirname, '../../node_modules')] },
    }))
    expect(output.errors).toEqual([])
    return { output, ...(await look(browser, await serve(() => output.files), '/main.js')) }
  }
  const without = await run({ rules: [] })
  await site.write({
    'react.js': REACT,
    'src/own.png': OWN_PNG,
    'src/own.svg': OWN_SVG,
    'src/main.js': `import * as own from './own.${ending}'\n${showing(OURS)}\nglobalThis.own = own\nglobalThis.seen.own = String(own.default)`,
  })
  const withRules = await run({ rules })
  const { own: seenOwn, ...seen } = withRules.seen
  expect(seen).toEqual(without.seen)
  expect(api.posts).toBe('mode' in options ? 0 : 2)
  const ours = Object.keys(without.pictures)
  const pictures = Object.fromEntries(ours.map((address) => [address, withRules.pictures[address]!]))
  expect(pictures).toEqual(without.pictures)
  expectDecoded(pictures, ours.length)
  return {
    own: String(seenOwn),
    size: withRules.pictures[String(seenOwn)],
    output: withRules.output as Built,
    ours: picturesIn(without.output.files),
  }
}

describe.each(BOTH)('%s: beside pictures of ours, a picture of the user goes through', (_, own) => {
  test('asset/resource, with a name of its own', async () => {
    const rules = [{ test: /\.png$/, type: 'asset/resource', generator: { filename: 'own/[name][ext]' } }]
    const { own: address, size, output, ours } = await lookWith(own, rules, 'png')
    expect(address).toBe('/own/own.png')
    expect(size).toEqual({ width: 3, height: 3 })
    expect(picturesIn(output.files)).toEqual([...ours, 'own.png'].sort())
  })

  test('a rule for all that no other rule takes', async () => {
    const rules = [
      {
        oneOf: [
          { test: /\.svg$/, type: 'asset/inline' },
          {
            exclude: [/^$/, /\.(js|mjs|jsx|ts|tsx)$/, /\.html$/, /\.json$/],
            type: 'asset/resource',
            generator: { filename: 'media/[name][ext]' },
          },
        ],
      },
    ]
    const { own: address, size } = await lookWith(own, rules, 'png')
    expect(address).toBe('/media/own.png')
    expect(size).toEqual({ width: 3, height: 3 })
  })

  test('url-loader', async () => {
    const use = [{ loader: resolve('url-loader'), options: { limit: 100_000 } }]
    const rules = [{ test: /\.(png|jpe?g|webp|avif)$/i, use, type: 'javascript/auto' }]
    const { own: address, size, output, ours } = await lookWith(own, rules, 'png')
    expect(address).toBe(`data:image/png;base64,${OWN_PNG.toString('base64')}`)
    expect(size).toEqual({ width: 3, height: 3 })
    expect(picturesIn(output.files)).toEqual(ours)
  })

  // A draft is an SVG as well.
  test('@svgr/webpack', async () => {
    const rules = [{ test: /\.svg$/i, issuer: /\.[jt]sx?$/, use: [resolve('@svgr/webpack')] }]
    const { own: component, output, ours } = await lookWith(own, rules, 'svg', { mode: 'draft' })
    expect(component).toContain('createElement')
    expect(ours.filter((name) => !name.endsWith('.svg'))).toEqual([])
    expect(picturesIn(output.files)).toEqual(ours)
  })
})
