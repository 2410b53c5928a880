import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openProject } from '../../src/index.ts'
import { createSite, type Site, VITES } from './site.ts'

const MANIFEST = `{ "images": { "boat": { "prompt": "A paper boat.", "alt": "A boat", "size": "16:9", "widths": [64, 128] } } }`

describe.each(VITES)('%s, the dev server', (_, load) => {
  let site: Site
  let server: ViteDevServer
  let address: string

  beforeEach(async () => {
    site = await createSite({
      'index.html':
        '<!doctype html><html><body><script type="module" src="/src/main.ts"></script></body></html>',
      'src/images.prompts.json': MANIFEST,
      'src/server.ts': `export { default } from './boat.png?generate&as=picture'`,
      'src/main.ts': `import boat from './boat.png?generate&as=picture'\nconsole.log(boat)`,
    })
  })
  afterEach(async () => {
    await server.close()
    await site.remove()
  })

  const start = async (options = {}, more = {}) => {
    const { createServer } = await load()
    const config = site.config(
      { mode: undefined as never, ...options },
      { server: { port: 0, host: '127.0.0.1' }, ...more },
    )
    server = await createServer(config)
    await server.listen()
    address = server.resolvedUrls!.local[0]!.replace(/\/$/, '')
  }
  const get = (path: string) => fetch(new URL(path, address))
  /** The module of the picture, as the browser gets it. */
  const moduleText = async () => {
    const main = await (await get('/src/main.ts')).text()
    const path = /"([^"]*\/\.generate-images\/[0-9a-f]{32}\/[^"]*)"/.exec(main)![1]!
    return (await get(path)).text()
  }
  /** The type of the picture that a module gives. */
  const typeIn = async (text: string) => (await get(filesIn(text)[0]!)).headers.get('content-type')
  const filesIn = (text: string) => [...new Set(text.match(/\/__generate-images\/files\/[^\s"',]+/g))]
  /** Makes the pictures as the command line would, in the same folder. */
  const makeElsewhere = async () => {
    const project = await openProject({
      root: site.root,
      provider: { baseURL: site.emulator.baseURL, apiKey: 'test-key' },
      mode: 'generate',
    })
    const never = new AbortController().signal
    const run = await project.generate(await project.plan(await project.collect()), {
      soon: never,
      now: never,
      onEvent() {},
    })
    expect((await run.done).failed).toEqual([])
    await project.close()
  }

  it('shows drafts of the right shape at once, and spends nothing', async () => {
    await start()
    const text = await moduleText()
    expect(text).toContain('"width": 128, "height": 72, "alt": "A boat"')
    const files = filesIn(text)
    // An address for each format: the picture will have the same.
    expect(files).toHaveLength(6)
    const draft = await get(files.find((file) => file.includes('boat-128.avif'))!)
    expect(draft.headers.get('content-type')).toBe('image/svg+xml')
    expect(await draft.text()).toMatch(/<svg[^>]* width="128" height="72"[\s\S]*A paper boat\./)
    expect(site.emulator.requests).toHaveLength(0)
  })

  it('serves kept pictures, each made when it is asked for', async () => {
    await makeElsewhere()
    await start()
    const files = filesIn(await moduleText())
    expect(files.map((file) => /[^/]+(?=\?)/.exec(file)![0]).sort()).toEqual([
      'boat-128.avif',
      'boat-128.png',
      'boat-128.webp',
      'boat-64.avif',
      'boat-64.png',
      'boat-64.webp',
    ])
    const rendition = await get(files.find((file) => file.includes('boat-64.webp'))!)
    expect(rendition.headers.get('content-type')).toBe('image/webp')
    expect(
      Buffer.from(await rendition.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).toBe('WEBP')
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('has the picture, and tells the page, when the command line makes it meanwhile', async () => {
    await start()
    expect(await typeIn(await moduleText())).toBe('image/svg+xml')
    const sent = vi.spyOn(server.environments.client.hot, 'send')
    await makeElsewhere()
    await vi.waitFor(
      () => expect(sent).toHaveBeenCalledWith('generate-images:changed', expect.anything()),
      10_000,
    )
    expect(await typeIn(await moduleText())).toBe('image/png')
    expect(sent).not.toHaveBeenCalledWith({ type: 'full-reload' })
  })

  it('shows a mistake in a manifest with its place, and recovers when it is mended', async () => {
    await site.write('src/images.prompts.json', MANIFEST.replace('16:9', 'big'))
    await start()
    const broken = await get('/src/main.ts').then(() => moduleText())
    expect(broken).toContain('src/images.prompts.json:1:')
    expect(broken).toContain('\\"images.boat.size\\" is')
    const sent = vi.spyOn(server.environments.client.hot, 'send')
    await site.write('src/images.prompts.json', MANIFEST)
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ type: 'full-reload' }), 10_000)
    expect(await moduleText()).toContain('"width": 128')
  })

  it('shows the old picture where the prompt was edited', async () => {
    await makeElsewhere()
    await site.write('src/images.prompts.json', MANIFEST.replace('A paper boat.', 'A wooden boat.'))
    await start()
    const marked = await get(filesIn(await moduleText()).find((file) => file.includes('boat-128.avif'))!)
    expect(marked.headers.get('content-type')).toBe('image/svg+xml')
    expect(await marked.text()).toMatch(/ width="128" height="72".*data:image\/avif;base64,.*stale</)
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('gives a server the same addresses as the page', async () => {
    await start()
    const { default: boat } = await server.ssrLoadModule('/src/server.ts')
    expect(filesIn(JSON.stringify(boat)).sort()).toEqual(filesIn(await moduleText()).sort())
  })

  it('follows the base', async () => {
    await start({}, { base: '/app/' })
    const page = await (await get('/app/src/main.ts')).text()
    const path = /"([^"]*\/\.generate-images\/[0-9a-f]{32}\/[^"]*)"/.exec(page)![1]!
    const file = /\/app\/__generate-images\/files\/[^\s"',]+/.exec(await (await get(path)).text())![0]
    expect((await get(file)).status).toBe(200)
  })

  it.each([
    '/src/evil.png?generate&prompt=An+expensive+picture&import',
    '/src/evil.png?import&generate&prompt=An+expensive+picture&as=url',
    '/@id/evil?generate&prompt=An+expensive+picture',
    '/@fs/tmp/evil.png?generate&prompt=An+expensive+picture&import',
  ])('never sends a prompt from an address, even where the mode would: %s', async (path) => {
    await start({ mode: 'generate' })
    await vi.waitFor(async () => expect(await typeIn(await moduleText())).toBe('image/png'), 10_000)
    const before = site.emulator.requests.length
    await get(path)
    expect(site.emulator.requests).toHaveLength(before)
    const ledger = await readFile(join(site.root, 'generated-images/.ledger.jsonl'), 'utf8')
    expect(ledger).not.toContain('evil')
  })

  it('asks for a new prompt when its file is saved, where the mode says so, and not when it is requested', async () => {
    await start({ mode: 'generate' })
    // Nothing is heard of what is saved, the picture's own record too.
    for (const event of ['add', 'change', 'unlink']) server.watcher.removeAllListeners(event)
    await moduleText()
    await vi.waitFor(() => expect(site.emulator.requests).toHaveLength(1), 10_000)
    await site.write('src/main.ts', `import hat from './hat.png?generate&prompt=A+hat'\nconsole.log(hat)`)
    server.moduleGraph.invalidateAll()
    expect(await typeIn(await moduleText())).toBe('image/svg+xml')
    expect(site.emulator.requests).toHaveLength(1)
    await server.close()
    await start({ mode: 'generate' })
    await site.write('src/main.ts', `import kite from './kite.png?generate&prompt=A+kite'\nconsole.log(kite)`)
    await vi.waitFor(() => expect(site.emulator.requests).toHaveLength(3), 10_000)
    await vi.waitFor(async () => expect(await typeIn(await moduleText())).toBe('image/png'), 10_000)
  })

  it('serves nothing that no module refers to', async () => {
    await start()
    await moduleText()
    for (const path of [
      '../../package.json',
      `${'0'.repeat(64)}/boat.avif`,
      '%2e%2e/boat.avif',
      '__proto__/x.avif',
    ]) {
      const answer = await get(`/__generate-images/files/${path}`)
      expect([path, (await answer.text()).includes('sites')]).toEqual([path, false])
    }
    expect((await get(`/__generate-images/files/${'0'.repeat(64)}/boat.avif`)).status).toBe(404)
    const [file] = filesIn(await moduleText())
    expect((await fetch(new URL(file!, address), { method: 'POST' })).status).toBe(405)
  })

  it('keeps the types beside the project, and up to date', async () => {
    await start()
    await moduleText()
    const types = () => readFile(join(site.root, 'generate-images.d.ts'), 'utf8')
    await site.write('src/other.ts', `import './boat.jpg?generate&as=srcset'`)
    await vi.waitFor(async () => expect(await types()).toContain('boat.jpg?generate&as=srcset'), 10_000)
    expect(await types()).toContain('"*/boat.png?generate&as=picture"')
  })
})
