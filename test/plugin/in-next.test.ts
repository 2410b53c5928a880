import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { outputPathInNext } from '../../src/plugin/in-next.ts'
import { assetWordsOf, type Compiler } from '../../src/plugin/webpack-compiler.ts'

import { filesOf } from '../bundlers/bundler.ts'
import { start } from '../bundlers/project.ts'
import { build, watch } from '../bundlers/webpack-like.ts'
import { ownWebpack } from '../bundlers/webpack-own.ts'

const compiler = (output: object, generator = {}) =>
  ({ options: { output, module: { rules: [], generator } } }) as unknown as Compiler

describe('outputPathInNext', () => {
  it.each([
    ['a server build', '/site/.next/server/chunks', '../..'],
    ['a dev server', '/site/.next/server', '..'],
    ['on Windows', 'C:\\site\\.next\\server\\chunks', '../..'],
    ['a build for browsers', '/site/.next', undefined],
  ])('of %s', (_, path, expected) => {
    expect(outputPathInNext(compiler({ path, publicPath: '/_next/' }))).toBe(expected)
    expect(outputPathInNext(compiler({ path, publicPath: 'https://cdn.example.org/app/_next/' }))).toBe(
      expected,
    )
  })

  it('leaves servers of others alone', () => {
    for (const publicPath of ['/', 'auto', undefined, () => '/_next/'])
      expect(outputPathInNext(compiler({ path: '/site/dist/server', publicPath }))).toBeUndefined()
  })

  it('leaves the word to a person who has one', () => {
    const output = { path: '/site/.next/server', publicPath: '/_next/' }
    expect(assetWordsOf(compiler(output))).toEqual({ outputPath: '..' })
    expect(assetWordsOf(compiler(output, { asset: { outputPath: 'own' } }))).toEqual({ outputPath: 'own' })
  })
})

// The whole of Next is built as one of the examples; these are its words for a compiler of pages.
describe('webpack as Next configures it for a server', () => {
  const NEXT = { base: '/_next/', out: '.next/server' }
  const published = async (root: string) =>
    [...(await filesOf(join(root, '.next'))).keys()].filter((file) => /\.(webp|svg)$/.test(file))

  it('writes pictures to where Next publishes them from', async () => {
    const { wish, site, api } = await start({ boat: './boat.webp?generate' })
    const { errors } = await build(wish(NEXT), ownWebpack)
    expect(errors).toEqual([])
    expect(await published(site.root)).toEqual([expect.stringMatching(/^boat-128\.\w+\.webp$/)])
    expect(api.posts).toBe(2)
  })

  it('never spends where it watches, which is a dev server there, and shows drafts', async () => {
    const { wish, site, api } = await start({ boat: './boat.webp?generate' })
    const { mode: _, ...plugin } = wish(NEXT).plugin
    const watching = await watch(wish({ ...NEXT, plugin }), ownWebpack)
    onTestFinished(() => watching.close())
    await expect.poll(() => watching.builds).toBeGreaterThan(0)
    expect(watching.errors).toEqual([])
    expect(await published(site.root)).toEqual([expect.stringMatching(/^boat-128\.\w+\.svg$/)])
    expect(api.posts).toBe(0)
  })
})
