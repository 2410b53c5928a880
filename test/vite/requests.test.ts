// What a request can't do: have a prompt in its address looked at, reach us under another host's name, write or spend.
import { readdir, readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { WebSocket } from 'undici'
import type { ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSite, type Site, VITES } from './site.ts'
import { pathsOf, send } from './spellings.ts'

const EVIL = 'Expensive-4f1d'
const MANIFEST = `{ "images": { "boat": { "prompt": "A paper boat.", "alt": "A boat", "widths": [64] } } }`

describe.each(VITES)('%s', (_, load) => {
  let site: Site
  let server: ViteDevServer
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })

  beforeEach(async () => {
    site = await createSite({
      'index.html': `<!doctype html><html><body><script type="module" src="/src/main.ts"></script>
        <script type="module">import boat from './src/boat.png?generate'\nconsole.log(boat)</script></body></html>`,
      'src/images.prompts.json': MANIFEST,
      'src/main.ts': `import boat from './boat.png?generate&as=picture'\nconsole.log(boat)`,
    })
    const { createServer } = await load()
    // The owner lets this server spend: all the more must no request make it.
    server = await createServer(site.config({ mode: 'generate' }, { server: { port: 0, host: '127.0.0.1' } }))
    await server.listen()
    await vi.waitFor(async () => {
      const names = await readdir(join(site.root, 'generated-images'), { recursive: true })
      expect(names).toContain(join('src', 'boat.json'))
      // Nothing is under way any more.
      expect(names.filter((name) => /\.(claims|runs|spool)[\\/]/.test(name))).toEqual([])
    }, 10_000)
    await addressesOf()
  })
  afterEach(async () => {
    await server.close()
    await site.remove()
  })

  /** A module of ours, a file that it refers to, and a static file of Vite's. */
  const addressesOf = async () => {
    const main = String((await send(server, '/src/main.ts')).body)
    const [, module] = /"([^"]*\/\.generate-images\/[0-9a-f]{32}\/[^"]*)"/.exec(main)!
    const [file] = /\/__generate-images\/files\/[^\s"',]+/.exec(String((await send(server, module!)).body))!
    return { module: module!, file, still: '/generated-images/src/boat.png' }
  }
  /** Every file of the project with its text. */
  const files = async () => {
    const all = await readdir(site.root, { recursive: true, withFileTypes: true })
    const paths = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
    return Promise.all(
      // One that is being written may be gone already.
      paths.map(async (path) => [path, await readFile(path, 'latin1').catch(() => '')] as const),
    )
  }
  const untouched = async () => {
    expect((await files()).filter(([path, text]) => text.includes(EVIL) || path.includes('evil'))).toEqual([])
    expect(site.emulator.requests).toHaveLength(1)
  }

  it('looks at no prompt in an address: it is not sent, drawn or written down', async () => {
    const queries = [
      ...[
        '',
        '&as=original',
        '&as=picture&placeholder',
        '&as=metadata',
        '&size=16:9&model=gpt-image-2',
        '&import',
      ],
      ...[
        '&import&as=original',
        '&raw&import',
        '&url&import',
        '&t=1234567890123&import',
        '&html-proxy&index=0.js',
      ],
      ...['&worker&import', '&v=12345678&import', '&.js', '&import&.css', '&direct&import', '&lang.ts'],
    ].flatMap((more) => [
      `?generate&prompt=${EVIL}${more}`,
      `?prompt=${EVIL}&generate=${more}`,
      `?import&%67enerate&prompt=${EVIL}${more}`,
    ])
    const paths = [
      ...[
        '/src/evil.png',
        '/evil',
        '/src/boat.png',
        '/src/images.prompts.json',
        '/src/main.ts',
        '/index.html',
      ],
      ...[
        '/@id/evil',
        '/@id/src/evil.png',
        '/@id/./src/evil.png',
        '/@id/__x00__evil.png',
        '/@fs/tmp/evil.png',
      ],
      ...[`/@fs${site.root}/src/evil.png`, `/@id/${site.root}/src/evil.png`, '/@vite/client', '/', '/src/'],
      ...[`/.generate-images/${'0'.repeat(32)}/evil.js`, '/__generate-images/files/evil.png'],
    ]
    const addresses = [
      ...paths.flatMap((path) => queries.map((query) => path + query)),
      ...pathsOf('/src/evil.webp').flatMap((path) => queries.slice(0, 6).map((query) => path + query)),
    ]
    const referer = `http://127.0.0.1/src/main.ts`
    for (const headers of [{}, { 'sec-fetch-dest': 'script', referer }]) {
      const next = addresses.values()
      const work = async () => {
        for (const path of next) {
          const { headers: got, body } = await send(server, path, { headers, agent })
          const ours =
            /javascript/.test(got['content-type'] ?? '') &&
            /__generate-images\/files\/[0-9a-f]/.test(String(body))
          expect([path, ours]).toEqual([path, false])
        }
      }
      await Promise.all([work(), work(), work(), work()])
    }
    await untouched()
    // Nor does it lie in wait for the next picture that is asked for.
    await site.write('src/more.ts', `import hat from './hat.png?generate&prompt=A+hat'\nconsole.log(hat)`)
    await vi.waitFor(() => expect(site.emulator.requests).toHaveLength(2), 10_000)
    expect((await files()).filter(([, text]) => text.includes(EVIL))).toEqual([])
  }, 60_000)

  it('shows the picture of a script that stands in the page itself', async () => {
    await send(server, '/')
    const script = String((await send(server, '/index.html?html-proxy&index=0.js')).body)
    expect(script).toMatch(/from "\/\.generate-images\//)
  })

  it('refuses a host that is not ours, before we see the request', async () => {
    const { module, file, still } = await addressesOf()
    for (const host of [
      'evil.example',
      'evil.example:5173',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
    ])
      for (const path of [
        module,
        file,
        still,
        `${file}x`,
        `/__generate-images/files/${'0'.repeat(64)}/x.png`,
      ]) {
        const { status, body } = await send(server, path, { headers: { host } })
        expect([host, path, status]).toEqual([host, path, 403])
        expect(String(body)).toContain('Blocked request')
      }
    expect((await send(server, file, { headers: { host: 'localhost:5173' } })).status).toBe(200)
  })

  it('lets another origin read no more than of any other file', async () => {
    const { module, file, still } = await addressesOf()
    const origins = [
      'http://evil.example',
      'null',
      'http://localhost:3000',
      'http://localhost.evil.example',
      undefined,
    ]
    for (const origin of origins) {
      const headers = origin === undefined ? {} : { origin }
      const shared = async (path: string, method = 'GET') => {
        const answer = await send(server, path, { method, headers })
        const names = Object.keys(answer.headers).filter((name) => /^(access-control-|vary$)/.test(name))
        return names.sort().map((name) => [name, answer.headers[name]])
      }
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const plain = await shared(still, method)
        expect([origin, method, await shared(file, method)]).toEqual([origin, method, plain])
        expect([origin, method, await shared(module, method)]).toEqual([origin, method, plain])
      }
      const allowed = (await shared(file)).some(([name]) => name === 'access-control-allow-origin')
      expect([origin, allowed]).toEqual([origin, origin === 'http://localhost:3000'])
    }
  })

  it('writes and spends nothing, whatever the method and the body', async () => {
    const { module, file } = await addressesOf()
    const kept = async () => (await files()).filter(([path]) => !/[\\/]\.(vite|cache)[\\/]/.test(path))
    const before = await kept()
    const body = JSON.stringify({ prompt: EVIL, names: ['src/evil'], generate: true, budget: { usd: 1000 } })
    const paths = [
      ...[file, module, '/__generate-images/', '/__generate-images', '/__generate-images/files/'],
      ...['generate', 'redo', 'pick', 'api/generate', 'files/../generate'].map(
        (name) => `/__generate-images/${name}`,
      ),
      ...['/src/evil.png?generate', '/src/evil.png?generate&import'],
    ]
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
        for (const path of paths) {
          const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
          await send(server, path, { method, headers, body, agent })
        }
    await untouched()
    expect(await kept()).toEqual(before)
  })

  it('does nothing at the word of a page', async () => {
    const { port } = server.httpServer!.address() as { port: number }
    const token = server.config.webSocketToken
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, ['vite-hmr'])
    const heard: string[] = []
    socket.addEventListener('message', ({ data }) => void heard.push(String(data)))
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', reject)
    })
    const specifier = `./evil.png?generate&prompt=${EVIL}&as=original`
    const say = (event: string, data: unknown) => socket.send(JSON.stringify({ type: 'custom', event, data }))
    for (const event of [
      'generate-images',
      'generate-images:generate',
      'unplugin-generate-images:redo',
      'generate',
    ])
      say(event, { names: ['src/evil'], prompt: EVIL, specifier, budget: 'none' })
    for (const [index, data] of [
      [specifier],
      [specifier, join(site.root, 'src/main.ts')],
      [`${site.root}/src/evil.png?generate&prompt=${EVIL}&as=original`, join(site.root, 'src/main.ts')],
      [`/src/evil.png?generate&prompt=${EVIL}`, join(site.root, 'index.html')],
      [`file://${site.root}/.env?raw`],
    ].entries())
      say('vite:invoke', { name: 'fetchModule', id: `send:${index}`, data })
    // Vite answers each of its own events, and so all before the last have been dealt with.
    await vi.waitFor(() => expect(heard.filter((one) => one.includes('vite:invoke'))).toHaveLength(5), 10_000)
    expect(heard.filter((one) => one.includes('"result"'))).toEqual([])
    socket.close()
    await untouched()
  })
})
