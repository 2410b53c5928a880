// The key is nowhere but where the user put it: not on the terminal, not in a file, also where the program breaks.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CANARY, canariesIn, filesWith, startParrot } from '../support/canary.ts'
import { createSite, type Files, manifest } from '../support/site.ts'
import { shell } from './support.ts'

const CHILD = fileURLToPath(new URL('../support/cli-child.ts', import.meta.url))
const COMMANDS = [[], ['--json'], ['plan'], ['plan', '--json'], ['check'], ['check', '--json']]

interface Given {
  readonly environment?: Readonly<Record<string, string>>
  readonly files?: Files
}
const GIVEN: Readonly<Record<string, Given>> = {
  'the environment': { environment: { GENERATE_IMAGES_API_KEY: CANARY } },
  '.env.local': { files: { '.env.local': `GENERATE_IMAGES_API_KEY="${CANARY}"` } },
  'generate-images.config.json': {
    files: { 'generate-images.config.json': { provider: { apiKey: CANARY } } },
  },
}

describe.each(Object.entries(GIVEN))('a key from %s', (_, { environment = {}, files = {} }) => {
  it.each(['picture', 'noise', 'unknown', 'forbidden'])(
    'is repeated by no command, at an answer "%s"',
    async (word) => {
      const { baseURL, asked } = await startParrot()
      const { root } = await createSite({ ...manifest({ boat: `A ${word}` }), ...files }, '')
      const around = { cwd: root, environment: { GENERATE_IMAGES_BASE_URL: baseURL, ...environment } }
      for (const argv of COMMANDS) {
        const { out, err } = await shell(argv, around)
        expect([argv, canariesIn(out + err)]).toEqual([argv, []])
      }
      expect(asked.length).toBeGreaterThan(0)
      expect(await filesWith(root, Object.keys(GIVEN))).toEqual([])
    },
  )
})

/** Options that break when something of them is read for the nth time, with an error that says the key in every way. */
const breaking = (nth: number) => `
  let reads = 0
  const fail = () => {
    const request = { headers: { authorization: 'Bearer ${CANARY}' } }
    const cause = Object.assign(new TypeError('bad header ${CANARY}'), { request, list: [request, '${CANARY}'] })
    cause.cause = new Error('at ${encodeURIComponent(CANARY)}', { cause: ['${CANARY}'] })
    throw Object.assign(new AggregateError([cause], 'failed with ${CANARY}', { cause }), { code: '${CANARY}' })
  }
  const watched = (object) =>
    new Proxy(object, {
      get(target, name, self) {
        if (typeof name === 'string' && ++reads === ${nth}) fail()
        const value = Reflect.get(target, name, self)
        return value !== null && typeof value === 'object' ? watched(value) : value
      },
    })
  export default watched({
    budget: { images: 5, usd: 5 },
    prices: { 'gpt-image-2': { perImage: 0.01 } },
    defaults: { quality: 'low', encode: { webp: { quality: 50 } } },
    styles: { paper: 'Paper.' },
    exclude: ['x/**'],
  })`

it('is in nothing that is said when the program breaks, wherever that is', async () => {
  const { baseURL } = await startParrot()
  const environment = { GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: CANARY }
  let broken = 0
  for (let nth = 1; nth <= 80; nth += 3) {
    const files = { 'generate-images.config.mjs': breaking(nth), ...manifest({ boat: 'A picture' }) }
    const { root } = await createSite(files, '')
    for (const argv of [[], ['plan', '--json']]) {
      const { out, err } = await shell(argv, { cwd: root, environment })
      expect([nth, canariesIn(out + err)]).toEqual([nth, []])
      if (/failed with/.test(out + err)) broken++
    }
    expect(await filesWith(root, ['generate-images.config.mjs'])).toEqual([])
  }
  expect(broken).toBeGreaterThan(10)
}, 60_000)

it('is in nothing that a process prints to those who look for its mistakes', async () => {
  const { baseURL } = await startParrot()
  const { root } = await createSite(manifest({ boat: 'A picture', hat: 'An unknown' }), '')
  const child = spawn(
    process.execPath,
    ['--import', 'jiti/register', CHILD, root, 'generate', '--mode', 'generate'],
    {
      env: {
        ...process.env,
        ...{ GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: CANARY },
        ...{ DEBUG: '*', NODE_DEBUG: '*' },
      },
    },
  )
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(out + err).toContain('1 picture made')
  expect(err).toMatch(/^NET \d+: /m)
  expect(canariesIn(out + err)).toEqual([])
}, 60_000)
