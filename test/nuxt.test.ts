// The module as Nuxt calls it, on two real configurations of Vite: the whole of Nuxt is built as one of the examples.
import { build, createServer, type InlineConfig, type Plugin, type ViteDevServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import type { Options } from '../src/config/options.ts'
import generateImagesModule from '../src/nuxt.ts'
import { manifest } from './bundlers/project.ts'
import { startApi } from './support/api.ts'
import { createSite, KEY } from './support/site.ts'

const SOURCE = `export { default } from './boat.png?generate&as=picture'`

/** A project whose root is not Vite's, as in Nuxt, and what the module makes of Vite's configurations. */
async function start(options: Options) {
  const api = await startApi()
  const site = await createSite(
    { 'app/images.prompts.json': manifest()['src/images.prompts.json'], 'app/main.js': SOURCE },
    api.baseURL,
  )
  const hooks: ((config: { plugins?: unknown[] }) => void)[] = []
  const provider = { baseURL: api.baseURL, apiKey: KEY }
  const nuxt = {
    options: { rootDir: site.root, generateImages: { provider } },
    hook: (_: string, work: (typeof hooks)[number]) => hooks.push(work),
  }
  generateImagesModule(options, nuxt)
  const configuration = (more: InlineConfig): InlineConfig => {
    const own = {
      root: `${site.root}/app`,
      configFile: false,
      logLevel: 'silent',
      appType: 'custom',
    } as const
    const config = { ...own, ...more }
    for (const hook of hooks) hook(config)
    return config
  }
  return { api, site, configuration, hooks }
}

test('one dev server answers for the drafts of the pages that the other renders', async () => {
  const { api, configuration } = await start({})
  const server = async (more: InlineConfig): Promise<ViteDevServer> => {
    const one = await createServer(configuration(more))
    onTestFinished(() => one.close())
    return one
  }
  const client = await server({ base: '/_nuxt/', server: { port: 0, host: '127.0.0.1' } })
  await client.listen()
  const renderer = await server({ base: '/_nuxt/', server: { middlewareMode: true, ws: false } })
  const { default: boat } = await renderer.ssrLoadModule('/main.js')
  expect(boat.img).toMatchObject({ width: 128, height: 128, alt: 'A boat' })
  const origin = client.resolvedUrls!.local[0]!.replace('/_nuxt/', '')
  const answer = await fetch(origin + boat.img.src)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  expect(api.posts).toBe(0)
})

test('browsers are not told to fetch every width in every format ahead', async () => {
  const { api, site, configuration } = await start({ mode: 'generate' })
  const input = `${site.root}/app/main.js`
  const output = { preserveEntrySignatures: 'strict', input } as const
  await build(configuration({ build: { manifest: true, rolldownOptions: output } }))
  const { 'main.js': chunk } = JSON.parse(String(await site.read('app/dist/.vite/manifest.json')))
  expect(chunk).toMatchObject({ isEntry: true })
  expect(chunk.assets ?? []).toEqual([])
  expect((await site.tree('app/dist/assets')).filter((file) => /\.(avif|webp|png)$/.test(file))).toHaveLength(
    6,
  )
  expect(api.posts).toBe(2)
})

test('a configuration of browsers and server at once has the plugin once', async () => {
  const { configuration, hooks } = await start({})
  const config = configuration({})
  for (const hook of hooks) hook(config)
  const names = config.plugins!.map((plugin) => (plugin as Plugin).name)
  expect(names.filter((name) => name === 'unplugin-generate-images')).toHaveLength(1)
})
