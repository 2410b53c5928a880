// Names that are one file on macOS and Windows, and two on Linux: told before they cost anything.
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { createSite, manifest, type Site } from '../support/site.ts'

let api: TestApi
beforeEach(async () => {
  api = await startPaidApi()
})

describe('a kept picture of another spelling', () => {
  let site: Site
  beforeEach(async () => {
    site = await createSite(manifest({ 'Blog/Straße': 'A boat.' }), api.baseURL)
    await site.run()
    expect(api.posts).toBe(1)
  })

  test.each(['blog/Straße', 'Blog/straße', 'Blog/STRASSE'])('is in the way of %s', async (name) => {
    const before = await site.tree()
    for (const prompt of ['A boat.', 'A ship.']) {
      await site.write(manifest({ [name]: prompt }))
      const { report } = await site.run()
      const [failed] = report.failed
      expect(failed?.error.message).toBe(
        `${name}: There are files of "Blog/Straße" already, which would be the same ones on macOS and Windows. [SPELLED_OTHERWISE]
  at images.prompts.json:3:5
  → Rename them, which costs nothing: git mv "generated-images/Blog/Straße.json" ${quoted(`${name}.json`)} && git mv "generated-images/Blog/Straße.png" ${quoted(`${name}.png`)}.`,
      )
      expect([api.posts, report.copied]).toEqual([1, []])
      // A disk that makes no difference finds it, and does not take it for this one's.
      const found = existsSync(join(site.root, `generated-images/${name}.json`))
      expect((await site.plan()).totals).toMatchObject({ orphaned: 1, kept: 0, broken: found ? 1 : 0 })
    }
    expect(await site.tree()).toEqual(before)
  })

  test('is that picture once its files are renamed', async () => {
    const at = (file: string) => join(site.root, 'generated-images/Blog', file)
    for (const extension of ['json', 'png'])
      await rename(at(`Straße.${extension}`), at(`STRASSE.${extension}`))
    await site.write(manifest({ 'Blog/STRASSE': 'A boat.' }))
    expect((await site.run()).report).toMatchObject({ kept: 1, requests: 0, failed: [] })
  })

  test('is in nobody else’s way', async () => {
    await site.write(manifest({ 'Blog/Straße': 'A boat.', 'Blog/Strase': 'A boat.' }))
    expect((await site.run()).report).toMatchObject({ kept: 1, copied: ['Blog/Strase'], failed: [] })
  })
})

describe('two names that are one to some file system', () => {
  const collect = async (files: Parameters<typeof createSite>[0]) => {
    const site = await createSite(files, api.baseURL)
    return (await site.open()).collect()
  }
  const clashes = async (files: Parameters<typeof createSite>[0]) =>
    (await collect(files)).errors.map(({ code, places }) => [code, ...places.map(({ file }) => file).sort()])

  test.each([
    ['Hero', 'hero'],
    ['straße', 'STRASSE'],
    ['ſea', 'sea'],
    ['hero', 'hero\uFE0F'],
  ])('%s and %s: in one manifest, in two, and inline', async (a, b) => {
    expect(await clashes(manifest({ [a]: 'A boat.', [b]: 'A boat.' }))).toEqual([
      ['CASE_CLASH', 'images.prompts.json', 'images.prompts.json'],
    ])
    expect(
      await clashes({
        ...manifest({ [`blog/${a}`]: 'A boat.' }),
        'blog/images.prompts.json': { images: { [b]: 'A boat.' } },
      }),
    ).toEqual([['CASE_CLASH', 'blog/images.prompts.json', 'images.prompts.json']])
    const inline = (name: string) => `import a from './${name}.png?generate&prompt=A+boat.'`
    expect(await clashes({ ...manifest({ [`src/${a}`]: 'A boat.' }), 'src/a.ts': inline(b) })).toEqual([
      ['CASE_CLASH', 'images.prompts.json', 'src/a.ts'],
    ])
    expect(await clashes({ 'a.ts': inline(a), 'b.ts': inline(b) })).toEqual([['CASE_CLASH', 'a.ts', 'b.ts']])
  })

  test('in an import that no scan has seen', async () => {
    const { find, errors } = await collect(manifest({ Hero: 'A boat.' }))
    expect(errors).toEqual([])
    const late = (name: string) => find(`./${name}.png?generate&prompt=A+boat.`, 'made-by-a-plugin.ts')
    expect(() => late('hero')).toThrow(
      /"Hero" and "hero" would be one file on macOS and Windows\. \[CASE_CLASH\]\n {2}at images\.prompts\.json:3:5, made-by-a-plugin\.ts/,
    )
    late('ship')
    expect(() => late('SHIP')).toThrow(/CASE_CLASH/)
    expect(late('ship')).toMatchObject({ picture: { name: 'ship' } })
  })

  test('two folders of one spelling are no clash', async () => {
    expect(await clashes(manifest({ 'Blog/a': 'A boat.', 'blog/b': 'A boat.' }))).toEqual([])
  })

  test('letters that look alike are two pictures, shown as they are written', async () => {
    const site = await createSite(manifest({ paypal: 'A boat.', раypal: 'A ship.' }), api.baseURL)
    expect((await site.run()).report.failed).toEqual([])
    expect(await site.tree()).toEqual(
      expect.arrayContaining(['paypal.json', 'paypal.png', 'раypal.json', 'раypal.png']),
    )
    expect(api.posts).toBe(2)
  })
})

function quoted(file: string): string {
  const path = `generated-images/${file}`
  return /ß/.test(path) ? `"${path}"` : path
}
