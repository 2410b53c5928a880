// The gallery inside a real dev server: where it is, who may ask, and that Vite's own rules come first.
import type { InlineConfig, ViteDevServer } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { TOKEN_HEADER, TOKEN_META } from '../../src/gallery/protocol.ts'
import { createSite, type Site, VITES } from './site.ts'
import { send } from './spellings.ts'

const FILES = {
  'index.html': '<!doctype html><script type="module" src="/main.ts"></script>',
  'main.ts': `import boat from './boat.png?generate&as=picture'\nconsole.log(boat)`,
  'images.prompts.json': '{ "images": { "boat": { "prompt": "A boat.", "alt": "A boat", "widths": [64] } } }',
}

describe.each(VITES)('%s', (_, load) => {
  let site: Site
  let server: ViteDevServer

  const start = async (more: InlineConfig = {}, options: object = {}) => {
    site = await createSite(FILES)
    const { createServer } = await load()
    // A dev server with the mode that it has by itself: nothing is made unless somebody says so.
    const own = { mode: undefined as never, ...options }
    server = await createServer(
      site.config(own, { ...more, server: { port: 0, host: '127.0.0.1', ...more.server } }),
    )
    await server.listen()
  }
  afterEach(async () => {
    await server.close()
    await site.remove()
  })
  const authority = () => `127.0.0.1:${(server.httpServer!.address() as { port: number }).port}`
  const at = (path: string) => `${server.config.base}__generate-images/${path}`
  const tokenOf = async () => {
    const html = String((await send(server, at(''))).body)
    return new RegExp(`name="${TOKEN_META}" content="([^"]*)"`).exec(html)?.[1] ?? ''
  }
  const post = async (path: string, value: object, more: Record<string, string> = {}) => {
    const body = JSON.stringify(value)
    const headers = {
      origin: `http://${authority()}`,
      'content-type': 'application/json',
      'content-length': `${Buffer.byteLength(body)}`,
      [TOKEN_HEADER]: await tokenOf(),
      ...more,
    }
    const answer = await send(server, at(path), { method: 'POST', headers, body })
    return {
      status: answer.status,
      value: answer.status === 405 ? undefined : JSON.parse(String(answer.body)),
    }
  }
  const agreed = async () => (await post('api/offer', { what: 'make' })).value.agreed

  it('serves it below its base, with its own rules for what a page may do', async () => {
    await start({ base: '/site/' })
    const page = await send(server, '/site/__generate-images/')
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(String(page.body)).not.toContain('/@vite/client')
    expect((await send(server, '/site/__generate-images')).headers.location).toBe('/site/__generate-images/')
    const { pictures } = JSON.parse(String((await send(server, at('api/list'))).body))
    expect(pictures).toMatchObject([{ name: 'boat', state: 'missing', how: 'ask' }])
    const { editing } = JSON.parse(String((await send(server, at('api/picture?name=boat'))).body))
    const open = decodeURIComponent(editing.at.open)
    expect(open).toBe(`../__open-in-editor?file=${site.root}/images.prompts.json:1:15`)
  })

  it('makes pictures when a person says so, in a server that makes none by itself', async () => {
    await start()
    expect(server.config.plugins.length).toBeGreaterThan(0)
    await send(server, '/main.ts')
    expect(site.emulator.requests).toHaveLength(0)
    const made = await post('api/make', { agreed: await agreed() })
    expect(made).toMatchObject({ status: 200, value: { state: 'running', names: ['boat'] } })
    await expect
      .poll(async () => JSON.parse(String((await send(server, at('api/list'))).body)).totals.kept, {
        timeout: 10_000,
      })
      .toBe(1)
    expect(site.emulator.requests).toHaveLength(1)
  })

  it('refuses every call that its page did not make', async () => {
    await start()
    const body = { agreed: await agreed() }
    const other = authority().replace(/\d+$/, '1')
    const forged: Record<string, string>[] = [
      ...[`http://${other}`, 'http://localhost:3000', 'http://evil.example', 'null'].map((origin) => ({
        origin,
      })),
      ...['cross-site', 'same-site'].map((site) => ({ 'sec-fetch-site': site })),
      { [TOKEN_HEADER]: 'x'.repeat(43) },
      { 'content-type': 'text/plain' },
      { host: 'evil.example' },
      { host: 'evil.example', origin: 'http://evil.example' },
    ]
    for (const headers of forged) {
      const answer = await send(server, at('api/make'), {
        method: 'POST',
        headers: {
          ...{ origin: `http://${authority()}`, 'content-type': 'application/json' },
          ...{ [TOKEN_HEADER]: await tokenOf(), 'content-length': `${JSON.stringify(body).length}` },
          ...headers,
        },
        body: JSON.stringify(body),
      })
      expect([headers, answer.status]).toEqual([headers, 403])
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
      expect((await send(server, at(`api/make?prompt=Expensive&names=boat`), { method })).status).toBe(405)
    expect(site.emulator.requests).toHaveLength(0)
  })

  it('gives its token to no page of another origin, though Vite lets those of this machine read', async () => {
    await start()
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:1', undefined]) {
      const headers = {
        ...(origin === undefined ? {} : { origin }),
        'sec-fetch-site': 'same-site',
        'sec-fetch-mode': 'cors',
      }
      const page = await send(server, at(''), { headers })
      expect([origin, page.status]).toEqual([origin, 403])
      const plain = await send(server, at(''), { headers: origin === undefined ? {} : { origin } })
      expect(plain.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('answers to no name that the owner did not give, also where Vite answers to all', async () => {
    await start({ server: { allowedHosts: true } })
    for (const path of ['', 'api/list', 'api/events'])
      expect((await send(server, at(path), { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await send(server, at('api/list'), { headers: { host: 'localhost:5173' } })).status).toBe(200)
  })

  it('answers to the names that the owner gave', async () => {
    await start({ server: { allowedHosts: ['site.test', '.own.test'] } })
    const statusOf = async (host: string) =>
      (await send(server, at('api/list'), { headers: { host } })).status
    expect(await Promise.all(['site.test', 'a.own.test', 'own.test', 'b.test'].map(statusOf))).toEqual([
      ...[200, 200, 200, 403],
    ])
  })

  it('leaves the addresses of its own pictures to the server', async () => {
    await start()
    const [, module] = /"([^"]*\/\.generate-images\/[0-9a-f]{32}\/[^"]*)"/.exec(
      String((await send(server, '/main.ts')).body),
    )!
    const [file] = /\/__generate-images\/files\/[^\s"',]+/.exec(String((await send(server, module!)).body))!
    expect((await send(server, file)).headers['content-type']).toBe('image/svg+xml')
  })
})
