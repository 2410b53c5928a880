// The key is in nothing that a build writes or a dev server says, whatever the API repeats: by .env.local, environment or
// options, in the clear, in links or in base64.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { WebSocket } from 'undici'
import type { InlineConfig, Logger, ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Options } from '../../src/config/options.ts'
import generateImages from '../../src/vite.ts'
import { CANARY, canariesIn, filesWith, startParrot } from '../support/canary.ts'
import { createSite, type Site, VITES } from './site.ts'
import { send } from './spellings.ts'

const GIVEN: Readonly<Record<string, Options>> = {
  '.env.local': {},
  environment: {},
  'provider.apiKey': { provider: { apiKey: CANARY } },
}
const CHILD = fileURLToPath(new URL('../support/build-child.ts', import.meta.url))
const FILES = {
  'src/images.prompts.json': '{ "images": { "boat": "A forbidden" } }',
  'src/main.ts': `import boat from './boat.png?generate'\nconsole.log(boat)`,
}
const HTML = '<!doctype html><html><body><script type="module" src="/src/main.ts"></script></body></html>'

describe.each(VITES)('%s', (_, load) => {
  let site: Site
  let api: Awaited<ReturnType<typeof startParrot>>
  beforeEach(async () => {
    site = await createSite({ 'index.html': HTML })
    api = await startParrot()
    vi.stubEnv('GENERATE_IMAGES_BASE_URL', api.baseURL)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await site.remove()
  })

  /** A project that asks for a picture by `prompt`, with the key where `given` says. */
  const prepare = async (given: string, prompt: string) => {
    if (given === '.env.local')
      await site.write('.env.local', `GENERATE_IMAGES_API_KEY="${CANARY}"\nVITE_TITLE=x`)
    if (given === 'environment') vi.stubEnv('GENERATE_IMAGES_API_KEY', CANARY)
    const boat = { prompt, alt: 'A boat', widths: [32], formats: ['webp'] }
    await site.write('src/images.prompts.json', JSON.stringify({ images: { boat } }))
    await site.write(
      'src/main.ts',
      ['picture&placeholder', 'metadata', 'original']
        .map((as, index) => `import x${index} from './boat.png?generate&as=${as}'\nconsole.log(x${index})`)
        .join('\n')
        .concat('\nconsole.log(import.meta.env)'),
    )
  }
  /** A configuration whose log is kept. */
  const configOf = (given: string, mode: Options['mode'], lines: string[]): InlineConfig => {
    const log = (line: string, more: unknown) => void lines.push(line, inspect(more, { depth: 10 }))
    const customLogger = { info: log, warn: log, warnOnce: log, error: log } as unknown as Logger
    Object.assign(customLogger, { hasWarned: false, clearScreen() {}, hasErrorLogged: () => false })
    return {
      ...{ root: site.root, configFile: false, customLogger },
      plugins: [generateImages({ mode: mode!, ...GIVEN[given] })],
      server: { port: 0, host: '127.0.0.1' },
      build: { outDir: 'dist', sourcemap: true, minify: false, manifest: true, assetsInlineLimit: 0 },
    }
  }

  describe.each(Object.keys(GIVEN))('a key by %s', (given) => {
    it.each(['picture', 'noise', 'refused', 'unknown', 'page'])(
      'a build, at an answer "%s"',
      async (word) => {
        await prepare(given, `A ${word}`)
        const lines: string[] = []
        const failure = await (await load()).build(configOf(given, 'generate', lines)).then(
          () => undefined,
          (error: unknown) => inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
        )
        expect(failure === undefined).toBe(word === 'picture')
        expect(api.asked).toEqual([`A ${word}`])
        expect(canariesIn(lines.join('\n') + failure)).toEqual([])
        expect(await filesWith(site.root, ['.env.local'])).toEqual([])
      },
    )

    it.each(['picture', 'noise', 'refused'])(
      'a dev server and its pages, at an answer "%s"',
      async (word) => {
        await prepare(given, `A ${word}`)
        const lines: string[] = []
        const server = await (await load()).createServer(configOf(given, 'generate', lines))
        try {
          await server.listen()
          const heard = await listen(server)
          await vi.waitFor(() => expect(api.asked).toEqual([`A ${word}`]), 10_000)
          const seen = await readAll(server, '/')
          // The page shows what is wrong.
          await site.write('src/images.prompts.json', '{ "images": { "boat": { "promt": 1 } } }')
          const broken: string[] = []
          await vi.waitFor(async () => {
            broken.push(...(await readAll(server, '/')))
            expect(broken.join('')).toContain('promt')
          }, 10_000)
          await vi.waitFor(() => expect(heard.some((one) => one.includes('"error"'))).toBe(true), 10_000)
          expect(canariesIn([...seen, ...broken, ...heard, ...lines].join('\n'))).toEqual([])
        } finally {
          await server.close()
        }
        expect(await filesWith(site.root, ['.env.local'])).toEqual([])
      },
    )
  })
})

it('a build that ends its process, for those who look for its mistakes too', async () => {
  const { baseURL } = await startParrot()
  const site = await createSite({ 'index.html': HTML, ...FILES })
  onTestFinished(() => site.remove())
  const child = spawn(process.execPath, ['--import', 'jiti/register', CHILD, site.root], {
    env: {
      ...process.env,
      // Some APIs have a secret in their address.
      GENERATE_IMAGES_BASE_URL: `${baseURL}?sig=${encodeURIComponent(CANARY)}`,
      GENERATE_IMAGES_API_KEY: CANARY,
      ...{ DEBUG: '*', NODE_DEBUG: '*' },
    },
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(err).toContain('KEY_REFUSED')
  expect(err).toMatch(/vite:config/)
  expect(canariesIn(out + err)).toEqual([])
  expect(await filesWith(site.root)).toEqual([])
}, 60_000)

/** Everything that a page is told over its socket. */
async function listen(server: ViteDevServer): Promise<string[]> {
  const { port } = server.httpServer!.address() as { port: number }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${server.config.webSocketToken}`, ['vite-hmr'])
  const heard: string[] = []
  socket.addEventListener('message', ({ data }) => void heard.push(String(data)))
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  return heard
}

/** What a browser loads that begins at an address: bodies and headers of all that is referred to. */
async function readAll(server: ViteDevServer, start: string): Promise<string[]> {
  const seen: string[] = []
  const known = new Set([start])
  for (const path of known) {
    const { headers, body } = await send(server, path, { headers: { 'sec-fetch-dest': 'empty' } })
    const text = body.toString('latin1')
    seen.push(JSON.stringify(headers), text)
    for (const [, source] of text.matchAll(/base64,([\w+/=]+)/g))
      seen.push(String(Buffer.from(source!, 'base64')))
    if (!/javascript|html/.test(headers['content-type'] ?? '') || path.startsWith('/@vite')) continue
    for (const [, next] of text.matchAll(/["'](\/[^"'\s,\\]+)/g)) known.add(next!)
  }
  return seen
}
