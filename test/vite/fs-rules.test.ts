// The rules of `server.fs` with our plugin and, as the control, without it: for a file that is not to be had both answer
// alike, however the request is spelled.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type Site, VITES } from './site.ts'
import { type Answered, absolutePathsOf, OURS, pathsOf, QUERIES, send, together } from './spellings.ts'

const SECRET = 'canary-9b1c5e7d'
const CONTENT = `SECRET="${SECRET}"`
const MANIFEST = `{ "images": { "boat": { "prompt": "A paper boat.", "alt": "A boat", "widths": [64] } } }`
/** Vite's own, and a folder. */
const DENY = ['.env', '.env.*', '*.{crt,pem}', '**/.git/**', '**/denied/**']
const HEADERS = [{}, { 'sec-fetch-dest': 'script', 'sec-fetch-mode': 'cors', accept: '*/*' }]
/** Each of Vite's shapes once, with our query at the place where it could do harm. */
const SHAPES = [
  ...['?generate', '?generate&raw', '?import&raw&generate', '?generate&import&raw??', '?import&url&generate'],
  ...['?import&inline&generate', '?generate&.svg?.wasm?init', '?import&generate&as=original'],
]

describe.each(VITES)('%s', (_, load) => {
  let site: Site
  let outside: string
  let ours: ViteDevServer
  let control: ViteDevServer
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })

  beforeAll(async () => {
    site = await createSite({
      'index.html':
        '<!doctype html><html><body><script type="module" src="/src/main.ts"></script></body></html>',
      'src/images.prompts.json': MANIFEST,
      'src/main.ts': `import boat from './boat.png?generate&as=picture'\nconsole.log(boat)`,
      'src/allowed.txt': CONTENT,
    })
    outside = await realpath(await mkdtemp(join(tmpdir(), 'generate-images-outside-')))
    const kinds = ['txt', 'json', 'js', 'svg', 'png', 'html', 'map'].map((kind) =>
      join(outside, `secret.${kind}`),
    )
    const inside = ['.env', '.env.local', 'src/.env', 'key.pem', 'denied/a.png', 'denied/a.js', 'denied/.a']
    const left = ['generated-images/.takes/.rejected/a.json', 'generated-images/.takes/a.png']
    for (const file of [...kinds, ...[...inside, ...left].map((path) => join(site.root, path))]) {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, CONTENT)
    }
    const { createServer } = await load()
    const server = { port: 0, host: '127.0.0.1', fs: { strict: true, allow: [site.root], deny: DENY } }
    const config = site.config({}, { server })
    ours = await createServer(config)
    control = await createServer({ ...config, plugins: [] })
    await ours.listen()
    await control.listen()
  }, 30_000)
  afterAll(async () => {
    agent.destroy()
    await ours.close()
    await control.close()
    await site.remove()
    await rm(outside, { recursive: true })
  })

  const shows = ({ body }: Answered) =>
    body.includes(SECRET) || body.includes(Buffer.from(CONTENT).toString('base64').slice(0, -4))

  /** Calls for each address, a few at a time; what it gives, without what is undefined. */
  const forAll = async <T>(paths: readonly string[], call: (path: string) => Promise<T | undefined>) => {
    const found: T[] = []
    const next = paths.values()
    const work = async () => {
      for (const path of next) {
        const one = await call(path)
        if (one !== undefined) found.push(one)
      }
    }
    await Promise.all([work(), work(), work(), work()])
    return found
  }
  /** The addresses that one server answers otherwise than the other, or with a secret. */
  const differences = (paths: readonly string[], headers: Record<string, string>) =>
    forAll(paths, async (path) => {
      const [mine, other] = await Promise.all(
        [ours, control].map((server) => send(server, path, { headers, agent })),
      )
      const shown = shows(mine!)
      return shown || mine!.status !== other!.status
        ? { path, ours: mine!.status, control: other!.status, shown }
        : undefined
    })
  const shownBy = (server: ViteDevServer, paths: readonly string[], headers: Record<string, string>) =>
    forAll(paths, async (path) => (shows(await send(server, path, { headers, agent })) ? path : undefined))

  describe.each(HEADERS)('asked with %j', (headers) => {
    it('reaches a file that may be had by these queries, so that they are worth a test', async () => {
      const paths = QUERIES.map((query) => `/src/allowed.txt${query}`)
      expect((await shownBy(control, paths, headers)).length).toBeGreaterThan(10)
    })

    it('knows every query of Vite together with each of ours', async () => {
      const queries = QUERIES.flatMap((query) =>
        OURS.flatMap((own, index) =>
          together(query, own).slice(index % 2, index === 0 ? 4 : (index % 2) + 1),
        ),
      )
      for (const path of [`/@fs${outside}/secret.txt`, '/.env', '/denied/a.png'])
        expect(
          await differences(
            queries.map((query) => path + query),
            headers,
          ),
        ).toEqual([])
    }, 60_000)

    it('knows every spelling of a path', async () => {
      const away = `/../${basename(outside)}`
      const files = ['/.env', '/src/.env', '/key.pem', '/denied/a.js', '/denied/.a', `${away}/secret.js`]
      const absolute = [...['txt', 'html', 'map'].map((kind) => join(outside, `secret.${kind}`))]
      const paths = [
        ...files.flatMap((file) => pathsOf(file)),
        ...[...absolute, join(site.root, '.env.local')].flatMap((file) => absolutePathsOf(file)),
        ...pathsOf(`/@fs${outside}/secret.svg`),
      ]
      const spelled = paths.flatMap((path) => SHAPES.map((shape) => path + shape))
      expect(await differences(spelled, headers)).toEqual([])
    }, 60_000)

    it('gives no one what was paid for and not shown, nor the ledger, which Vite alone would', async () => {
      const folder = '/generated-images/'
      const paths = ['.takes/a.png', '.takes/.rejected/a.json', '.ledger.jsonl'].flatMap((name) => [
        ...pathsOf(folder + name),
        ...absolutePathsOf(site.root + folder + name),
      ])
      const spelled = paths.flatMap((path) => SHAPES.map((shape) => path + shape))
      expect((await shownBy(control, spelled, headers)).length).toBeGreaterThan(100)
      expect(await shownBy(ours, spelled, headers)).toEqual([])
      expect((await send(ours, '/generated-images/.ledger.jsonl')).status).toBe(403)
      expect((await send(ours, '/generated-images/src/boat.json')).status).toBe(200)
    }, 60_000)
  })

  it('serves files of ours by the addresses that a module has, and by no other', async () => {
    const module = String((await send(ours, await moduleOf('/src/main.ts'))).body)
    const [file] = /\/__generate-images\/files\/[^\s"',]+/.exec(module)!
    expect((await send(ours, file)).status).toBe(200)
    const [, digest] = /([0-9a-f]{32})/.exec(await moduleOf('/src/main.ts'))!
    const id = file.split('/')[3]!
    const starts = ['/__generate-images/files/', `/__generate-images/files/${id}/`, '/.generate-images/']
    const ends = [
      '..',
      '../../src/allowed.txt',
      '..%2f..%2fsrc/allowed.txt',
      '..%5csrc',
      '%2e%2e/%2e%2e/.env',
      '.env',
    ]
    const names = [
      ...[id.toUpperCase(), id.slice(1), `${id}0`, `${id.slice(0, 60)}%${id.charCodeAt(60).toString(16)}`],
      ...['__proto__', 'constructor', '', '%00', `${id}%00`, `${id}%2fx`, '0'.repeat(64), digest],
      ...[
        '/etc/passwd',
        '@fs/etc/passwd',
        `@fs${outside}/secret.txt`,
        '?raw',
        `${id.slice(1)}/x?/${id}/boat.png`,
      ],
    ]
    const paths = starts.flatMap((start) =>
      [...ends, ...names].flatMap((name) => [start + name, `${start}${name}/x.png`]),
    )
    const answers = await forAll(paths, async (path) => ({ path, ...(await send(ours, path, { agent })) }))
    expect(answers.filter(shows)).toEqual([])
    const type = ({ headers }: Answered) => headers['content-type'] ?? ''
    // The name is for people; the id alone decides what is served.
    const served = answers.filter((one) => one.status === 200 && type(one).startsWith('image/'))
    expect(served.filter(({ path }) => !path.startsWith(`/__generate-images/files/${id}/`))).toEqual([])
    // What leaves our folders is the page of the site, as any other address.
    expect(answers.filter((one) => one.status === 200 && !/^(image\/|text\/html)/.test(type(one)))).toEqual(
      [],
    )
  })

  const moduleOf = async (file: string) =>
    /"([^"]*\/\.generate-images\/[0-9a-f]{32}\/[^"]*)"/.exec(String((await send(ours, file)).body))![1]!

  it('answers GET and HEAD alone, and nothing in parts', async () => {
    const module = String((await send(ours, await moduleOf('/src/main.ts'))).body)
    const [file] = /\/__generate-images\/files\/[^\s"',]+/.exec(module)!
    const whole = await send(ours, file)
    const head = await send(ours, file, { method: 'HEAD' })
    expect({ ...head.headers, date: 0 }).toEqual({ ...whole.headers, date: 0 })
    expect(head.body).toHaveLength(0)
    for (const range of ['bytes=0-1', 'bytes=-1', 'bytes=9999999-', 'bytes=0-0,5-6', 'nonsense']) {
      const { status, body } = await send(ours, file, { headers: { range } })
      expect([range, status, body.equals(whole.body)]).toEqual([range, 200, true])
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])
      expect([method, (await send(ours, file, { method, body: '{}' })).status]).toEqual([method, 405])
  })

  it('leaves originals to Vite: what `server.fs` refuses, `as=original` does not show', async () => {
    await site.write(
      'src/original.ts',
      `import boat from './boat.png?generate&as=original'\nconsole.log(boat)`,
    )
    await site.write('src/plain.ts', `import boat from '../generated-images/src/boat.png'\nconsole.log(boat)`)
    const { createServer } = await load()
    const addressIn = async (server: ViteDevServer, file: string) => {
      let text = String((await send(server, file)).body)
      for (let next: string | undefined; ; text = String((await send(server, next)).body)) {
        next = /from "([^"]+)"/.exec(text)?.[1]
        if (next === undefined) return /export default "([^"]+)"/.exec(text)![1]!
      }
    }
    const original = 'generated-images/src/boat.png'
    for (const fs of [
      { allow: [site.root] },
      { allow: [site.root], deny: ['**/generated-images/**'] },
      { allow: [join(site.root, 'src')] },
    ]) {
      const server = { port: 0, host: '127.0.0.1', fs }
      const [mine, other] = [
        await createServer(site.config({}, { server })),
        await createServer(site.config({}, { server, plugins: [] })),
      ]
      try {
        await mine.listen()
        await other.listen()
        const address = await addressIn(mine, '/src/original.ts')
        expect(address).toBe(await addressIn(other, '/src/plain.ts'))
        expect(address).toContain(original)
        const status = (await send(mine, address)).status
        expect([fs, status]).toEqual([fs, (await send(other, address)).status])
        expect(status).toBe(fs.deny === undefined ? 200 : 403)
      } finally {
        await mine.close()
        await other.close()
      }
    }
  })
})
