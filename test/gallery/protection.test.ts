// Who may ask the gallery for what: everything that its own page would not send spends nothing and writes nothing.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CALL_BYTES_MAX, CALLS, READS, TOKEN_HEADER } from '../../src/gallery/protocol.ts'
import { manifest } from '../support/site.ts'
import { type Scene, type Sent, startScene } from './support.ts'

let scene: Scene
let before: unknown
/** A call that would spend, as the page sends it. */
let good: Required<Sent> & { path: string }

/** Every file of the project, the caches aside. */
async function files(): Promise<unknown> {
  const { root } = scene.site
  const all = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return Promise.all(
    paths
      .filter((path) => !path.includes('node_modules'))
      .sort()
      .map(async (path) => [path, await readFile(path, 'latin1')]),
  )
}

async function refused(sent: Sent, path = good.path, status: number | readonly number[] = 403) {
  const answer = await scene.raw(path, { ...good, ...sent })
  expect([status].flat()).toContain(answer.status)
  await scene.gallery.settled()
  expect(scene.api.posts).toBe(0)
  expect(await files()).toEqual(before)
}

beforeEach(async () => {
  scene = await startScene(
    manifest({ boat: { prompt: 'A boat.', alt: 'A boat' }, hat: { prompt: 'A hat.', alt: 'A hat' } }),
  )
  const offer = await scene.call('offer', { what: 'make' })
  good = {
    path: CALLS.make,
    method: 'POST',
    headers: {
      origin: new URL(scene.url).origin,
      host: new URL(scene.url).host,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      [TOKEN_HEADER]: scene.token,
    },
    body: JSON.stringify({ agreed: offer.value.agreed }),
  }
  before = await files()
})

const without = (name: string) =>
  Object.fromEntries(Object.entries(good.headers).filter(([one]) => one !== name))

describe('a call', () => {
  it('is answered where it is as the page sends it', async () => {
    const { status } = await scene.raw(good.path, good)
    expect(status).toBe(200)
    await scene.gallery.settled()
    expect(scene.api.posts).toBe(2)
  })

  it.each(['http://evil.example', 'http://localhost:1', 'https://127.0.0.1', 'null', 'file://', 'x'])(
    'from the origin %s is refused',
    async (origin) => {
      await refused({ headers: { ...good.headers, origin } })
    },
  )

  it('from a page of another port of this machine is refused', async () => {
    const { port } = new URL(scene.url)
    await refused({ headers: { ...good.headers, origin: `http://127.0.0.1:${Number(port) - 1}` } })
  })

  it.each(['cross-site', 'same-site', 'anything'])('from a page that is %s is refused', async (site) => {
    await refused({ headers: { ...good.headers, 'sec-fetch-site': site } })
  })

  it.each(['origin', TOKEN_HEADER, 'content-type'])('without %s is refused', async (name) => {
    await refused({ headers: without(name) })
  })

  it('with another token is refused', async () => {
    for (const token of ['x', '', `${scene.token}x`, scene.token.slice(1), 'x'.repeat(scene.token.length)])
      await refused({ headers: { ...good.headers, [TOKEN_HEADER]: token } })
  })

  it('with the token of an earlier server is refused', async () => {
    const other = await startScene(manifest({ boat: 'A boat.' }))
    await refused({ headers: { ...good.headers, [TOKEN_HEADER]: other.token } })
  })

  it.each([
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'image/png'],
    ...['text/plain; application/json', 'application/json-patch'],
  ])('with a body of %s is refused', async (type) => {
    await refused({ headers: { ...good.headers, 'content-type': type } })
  })

  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '127.0.0.1@evil.example',
  ])('to the name %s is refused, also where its page is of that name (rebinding)', async (host) => {
    await refused({ headers: { ...good.headers, host } }, good.path, [403, 400])
    await refused({ headers: { ...good.headers, host, origin: `http://${host}` } }, good.path, [403, 400])
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'by %s is refused, whatever says that it is a POST',
    async (method) => {
      const headers = { ...good.headers, 'x-http-method-override': 'POST', 'x-method-override': 'POST' }
      await refused({ method, headers, body: '' }, `${good.path}?_method=POST`, 405)
      if (!['GET', 'HEAD'].includes(method))
        await refused(
          { method, headers: { ...headers, 'content-length': `${good.body.length}` } },
          good.path,
          405,
        )
    },
  )

  it('whose body is no JSON, or another than is known, is refused', async () => {
    const { agreed } = JSON.parse(String(good.body))
    const bodies = [
      ...['', 'x', 'null', '[]', '1', '{"agreed":', String(good.body).slice(0, -1)],
      ...[
        {},
        { agreed: { ...agreed, images: '2' } },
        { agreed, prompt: 'Expensive' },
        { agreed, names: [3] },
      ].map((one) => JSON.stringify(one)),
    ]
    for (const body of bodies) await refused({ body })
  })

  it('whose body is too large is refused before it is read', async () => {
    const body = Buffer.alloc(CALL_BYTES_MAX + 1, 0x20)
    const sent = { headers: { ...good.headers, 'content-length': `${body.length}` }, body }
    await scene.raw(good.path, { ...good, ...sent }).then(
      ({ status }) => expect(status).toBe(403),
      // The connection may end while it is still sent.
      (error: NodeJS.ErrnoException) => expect(['ECONNRESET', 'EPIPE']).toContain(error.code),
    )
    // One that does not say how long it is.
    await scene
      .raw(good.path, { ...good, headers: { ...good.headers, 'transfer-encoding': 'chunked' }, body })
      .then(
        ({ status }) => expect(status).toBe(403),
        (error: NodeJS.ErrnoException) => expect(['ECONNRESET', 'EPIPE']).toContain(error.code),
      )
    expect(scene.api.posts).toBe(0)
    expect(await files()).toEqual(before)
  })

  it('that agrees to another count, price or picture than is offered is refused with the new offer', async () => {
    const { agreed } = JSON.parse(String(good.body))
    const others = [
      { ...agreed, images: 1 },
      { ...agreed, images: 100 },
      { ...agreed, usd: agreed.usd / 2 },
      { ...agreed, usd: agreed.usd * 2 },
      { ...agreed, keys: [...agreed.keys, 'f'.repeat(64)] },
      { ...agreed, keys: agreed.keys.slice(1) },
    ]
    for (const one of others) await refused({ body: JSON.stringify({ agreed: one }) }, good.path, 409)
    const { value } = await scene.call('make', { agreed: others[0]! })
    expect(value.problem?.code).toBe('OFFER_CHANGED')
    expect(value.offer?.agreed).toEqual(agreed)
  })

  it('from another machine is refused, and its page has no token', async () => {
    const address = (path: string) => new URL(path, scene.url)
    const body = new Blob([String(good.body)])
    const { host: _, ...headers } = good.headers
    const call = new Request(address(good.path), { method: 'POST', headers, body })
    expect((await scene.gallery.handle(call, { local: false })).status).toBe(403)
    const page = await scene.gallery.handle(new Request(address('')), { local: false })
    const html = await page.text()
    expect(html).toContain('content=""')
    expect(html).not.toContain(scene.token)
    const list = await scene.gallery.handle(new Request(address(READS.list)), { local: false })
    expect(await list.json()).toMatchObject({ cannotSpend: { code: 'NOT_ALLOWED' } })
    expect(scene.api.posts).toBe(0)
  })
})

describe('a read', () => {
  it('spends and writes nothing, with any prompt in its address', async () => {
    const query = 'prompt=Expensive&generate&names=boat&agreed=1&name=boat&n=10'
    for (const path of ['', ...Object.values(READS), ...Object.values(CALLS), 'api/x', 'page.js', 'boat.png'])
      if (path !== READS.events) await scene.raw(`${path}?${query}`)
    await scene.gallery.settled()
    expect(scene.api.posts).toBe(0)
    expect(await files()).toEqual(before)
  })

  it.each(['cross-site', 'same-site'])('by a page that is %s is refused', async (site) => {
    for (const path of ['page.js', READS.list, `${READS.picture}?name=boat`, READS.events, '']) {
      const { status } = await scene.raw(path, {
        headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' },
      })
      expect([path, status]).toEqual([path, 403])
    }
  })

  it('of the page itself may come from a link, and not into a frame', async () => {
    const from = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await scene.raw('', { headers: { ...from, 'sec-fetch-dest': 'document' } })).status).toBe(200)
    expect((await scene.raw('', { headers: { ...from, 'sec-fetch-dest': 'iframe' } })).status).toBe(403)
  })

  it('under another name is refused', async () => {
    for (const path of ['', 'page.js', READS.list, READS.events])
      expect((await scene.raw(path, { headers: { host: 'evil.example' } })).status).toBe(403)
  })

  it('tells the browser to let nothing in and nothing out', async () => {
    for (const path of ['', 'page.js', READS.list, 'nothing.js']) {
      const { headers } = await scene.raw(path)
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
      expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('gives no file but its own', async () => {
    const paths = [
      ...[
        '../package.json',
        '..%2fpackage.json',
        '%2e%2e/gallery.ts',
        'index.html/../../gallery.ts',
        'page.ts',
      ],
      ...[
        '.env',
        'originals/../../.env',
        `originals/${'0'.repeat(64)}.png`,
        'thumbnails/x.webp',
        '/etc/passwd',
      ],
    ]
    for (const path of paths) expect([path, (await scene.raw(path)).status]).toEqual([path, 404])
  })

  it('never has the key', async () => {
    for (const path of ['', READS.list, `${READS.picture}?name=boat`])
      expect(String((await scene.raw(path)).body)).not.toContain('canary')
  })
})
