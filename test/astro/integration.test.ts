// The integration by what Astro does with it; the example project shows it in Astro itself.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MarkdownConfig } from '../../src/astro/markdown.ts'
import type { MdastPlugin } from '../../src/astro/satteri.ts'
import generateImages from '../../src/astro.ts'
import type { Options } from '../../src/config/options.ts'
import type { Node } from '../../src/embed/mdx-nodes.ts'
import { createSite, type Site } from '../vite/site.ts'

const KEY = 'a-key-that-nobody-may-see'
const manifest = (alt: string) => JSON.stringify({ images: { boat: { prompt: 'A boat.', alt } } })
const TEXT = '# Boats\n\n![](../boat.png?generate)\n'

let site: Site
beforeEach(async () => {
  site = await createSite({
    'src/images.prompts.json': manifest('A boat'),
    'src/posts/first.md': TEXT,
  })
})
afterEach(() => site.remove())

/** What Astro has of it after its setup. */
async function setUp(
  command: 'dev' | 'build' | 'preview' | 'sync',
  markdown: MarkdownConfig,
  more: Options = {},
) {
  const provider = { baseURL: site.emulator.baseURL, apiKey: KEY }
  const { hooks } = generateImages({ provider, ...more })
  const added: { vite?: { plugins: Plugin[] }; markdown?: { remarkPlugins: [RemarkPlugin, object][] } }[] = []
  const watched: string[] = []
  const warnings: string[] = []
  await hooks['astro:config:setup']({
    command,
    config: { root: pathToFileURL(`${site.root}/`), markdown },
    logger: { warn: (line) => warnings.push(line) },
    updateConfig: (config) => added.push(config),
    addWatchFile: (file) => watched.push(file),
  })
  return { hooks, added, watched, warnings, plugin: added[0]?.vite?.plugins[0] }
}

type RemarkPlugin = (this: object, options: object) => (tree: Node, file: object) => Promise<void>

const satteri = () => ({ processor: { name: 'satteri', options: { mdastPlugins: [] as MdastPlugin[] } } })
const visit = () => ({
  ...{ fileURL: pathToFileURL(join(site.root, 'src/posts/first.md')), source: TEXT },
  setProperty: (node: Node, name: 'url' | 'alt', value: string) =>
    void Object.assign(node, { [name]: value }),
})
const boat = (): Node => ({ type: 'image', url: '../boat.png?generate', alt: '', title: null })

describe('the integration for Astro', () => {
  it('is silent where Astro reads content before it builds, and not there in a preview', async () => {
    expect((await setUp('build', {})).plugin).toMatchObject({ apply: 'build', enforce: 'pre' })
    expect((await setUp('dev', {})).plugin).not.toHaveProperty('apply')
    expect((await setUp('preview', {})).added).toEqual([])
  })

  it('gives a text the path of the original by remark, and asks once', async () => {
    const { added } = await setUp('build', {}, { mode: 'generate' })
    const [plugin, given] = added[1]!.markdown!.remarkPlugins[0]!
    const image = boat()
    const write = plugin.call({ data: () => ({}) }, given)
    const file = { cwd: site.root, path: join(site.root, 'src/posts/first.md'), toString: () => TEXT }
    await write({ type: 'root', children: [image] }, file)
    expect(image).toMatchObject({ url: '../../generated-images/src/boat.png', alt: 'A boat' })
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('does the same by Sätteri, with a draft where a server or a sync reads', async () => {
    const frozen = satteri()
    const { hooks } = await setUp('build', frozen, { mode: 'frozen' })
    const image = boat()
    const [plugin] = frozen.processor.options.mdastPlugins
    await expect(plugin!.image(image, visit())).rejects.toThrow('MISSING')
    // Astro writes a line for that, and goes on.
    await expect(hooks['astro:build:start']()).rejects.toThrow('src/boat')

    const drawn = satteri()
    expect((await setUp('sync', drawn)).watched).toEqual([join(site.root, 'generated-images/src/boat.json')])
    await drawn.processor.options.mdastPlugins[0]!.image(image, visit())
    expect(image.url).toMatch(/^\.\.\/\.\.\/node_modules\/\.cache\/.*\.svg$/)

    const made = satteri()
    const asking = await setUp('build', made, { mode: 'generate' })
    const other = boat()
    await made.processor.options.mdastPlugins[0]!.image(other, visit())
    expect(other).toMatchObject({ url: '../../generated-images/src/boat.png', alt: 'A boat' })
    await asking.hooks['astro:build:start']()
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('ends a build with a mistake when all that is paid for is there', async () => {
    const images = { boat: { prompt: 'A boat.', alt: 'A boat' }, slow: { prompt: 'Slow.', alt: 'Slow' } }
    await site.write('src/images.prompts.json', JSON.stringify({ images }))
    site.emulator.faults.order({ fault: 'latency', latencyMs: 2000, match: 'Slow' })
    const config = satteri()
    const { hooks } = await setUp('build', config, { mode: 'generate' })
    const [plugin] = config.processor.options.mdastPlugins
    await plugin!.image(boat(), visit())
    const html: Node = { type: 'html', value: '<img src="../boat.png?generate">' }
    await expect(plugin!.html(html, visit())).rejects.toThrow('MISPLACED')
    const slow = join(site.root, 'generated-images/src/slow.json')
    expect(existsSync(slow)).toBe(false)
    await expect(hooks['astro:build:start']()).rejects.toThrow('MISPLACED')
    expect(existsSync(slow)).toBe(true)
  })

  it('leaves other pictures and links alone, and says where one of ours can not stand', async () => {
    const config = satteri()
    await setUp('dev', config)
    const [plugin] = config.processor.options.mdastPlugins
    const plain: Node = { type: 'image', url: './photo.jpg', alt: 'A photo' }
    await plugin!.image(plain, visit())
    expect(plain).toEqual({ type: 'image', url: './photo.jpg', alt: 'A photo' })
    const html: Node = { type: 'html', value: '<img src="../boat.png?generate">' }
    await expect(plugin!.html(html, visit())).rejects.toThrow('MISPLACED')
    const definition: Node = { type: 'definition', identifier: 'a', url: '../boat.png?generate' }
    await expect(plugin!.definition(definition, visit())).rejects.toThrow('MISPLACED')
    const own = { processor: { name: 'my-own', options: {} } }
    expect((await setUp('dev', own)).warnings).toEqual([expect.stringContaining('my-own')])
  })

  it('has Astro read all texts again when a picture, its alt, or the mode is another, or after a mistake', async () => {
    const stamps: string[] = []
    const look = async (mode: Options['mode']) => {
      const config = satteri()
      const { watched } = await setUp('build', config, { mode: mode! })
      const [plugin] = config.processor.options.mdastPlugins
      stamps.push(plugin!.stamp)
      return { plugin: plugin!, watched }
    }
    await look('generate')
    await look('generate')
    expect(new Set(stamps).size).toBe(1)
    await look('draft')
    const { plugin } = await look('frozen')
    expect(new Set(stamps).size).toBe(3)
    await expect(plugin.image(boat(), visit())).rejects.toThrow('MISSING')
    await look('frozen')
    expect(new Set(stamps).size).toBe(4)
    const made = await look('generate')
    await made.plugin.image(boat(), visit())
    expect((await look('generate')).watched).toEqual([])
    expect(new Set(stamps).size).toBe(6)
    await site.write('src/images.prompts.json', manifest('A small boat'))
    await look('generate')
    expect(new Set(stamps).size).toBe(7)
  })

  it('puts no key into what Astro writes down of its configuration', async () => {
    const config = satteri()
    const { added } = await setUp('build', config)
    const remark = (await setUp('build', {})).added
    const { vite: _, ...rest } = added[0]!
    expect(JSON.stringify([config, rest, remark[1]])).not.toContain(KEY)
  })

  it('shows each mistake whole: Astro looks into the errors of an error', async () => {
    const setup = setUp('build', {}, { modus: 'draft', budgets: 1 } as never)
    const error = await setup.catch((one: Error) => one)
    expect(error).toMatchObject({
      name: 'GenerateImagesError',
      message: expect.stringContaining('"budgets"'),
    })
    expect(error).not.toHaveProperty('errors')
    await site.write('src/main.js', "import './baot.png?generate'")
    const { plugin } = await setUp('build', {}, { mode: 'frozen' })
    const vite = await import('vite')
    const build = vite.build({
      ...{ root: site.root, configFile: false, logLevel: 'silent' },
      ...{ plugins: [plugin!], build: { rollupOptions: { input: join(site.root, 'src/main.js') } } },
    })
    await expect(build).rejects.toThrow('Did you mean "./boat.png"?')
  })
})
