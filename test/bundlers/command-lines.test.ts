// Each bundler's own command builds a small project with the configuration that the README shows for it. The package is
// the built one, its configuration comes from the environment, and the pages are opened.
import { spawn } from 'node:child_process'
import { mkdir, readFile, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltPackage, buildPackage } from '../cli/built.ts'
import { startApi } from '../support/api.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, KEY, type Site } from '../support/site.ts'
import { filesOf } from './bundler.ts'
import { look, serve } from './page.ts'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const README = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
const configurations = new Map(
  [...README.matchAll(/```(?:js|ts)\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name, text]) => [name!, text!]),
)

interface Command {
  readonly name: string
  readonly configuration: string
  /** Packages that the project has, beside ours. */
  readonly packages: readonly string[]
  /** From node_modules, with its arguments. */
  readonly command: readonly string[]
  /** The script of the page; `dist/index.js` unless told. */
  readonly script?: RegExp
}
const COMMANDS: readonly Command[] = [
  {
    name: 'webpack',
    configuration: 'webpack.config.mjs',
    packages: ['webpack', 'webpack-cli'],
    command: ['webpack-cli/bin/cli.js', 'build', '--mode', 'production'],
    script: /^main\.js$/,
  },
  {
    name: 'Rspack',
    configuration: 'rspack.config.mjs',
    packages: ['@rspack/core', '@rspack/cli'],
    command: ['@rspack/cli/bin/rspack.js', 'build'],
    script: /^main\.js$/,
  },
  {
    name: 'Rsbuild',
    configuration: 'rsbuild.config.mjs',
    packages: ['@rsbuild/core'],
    command: ['@rsbuild/core/bin/rsbuild.js', 'build'],
    script: /^static\/js\/index\..*js$/,
  },
  {
    name: 'Rollup',
    configuration: 'rollup.config.mjs',
    packages: ['rollup'],
    command: ['rollup/dist/bin/rollup', '-c'],
  },
  {
    name: 'Rolldown',
    configuration: 'rolldown.config.mjs',
    packages: ['rolldown'],
    command: ['rolldown/bin/cli.mjs', '-c'],
  },
  { name: 'esbuild', configuration: 'esbuild.mjs', packages: ['esbuild'], command: [] },
  {
    name: 'Farm',
    configuration: 'farm.config.mjs',
    packages: ['@farmfe/core', '@farmfe/cli'],
    command: ['@farmfe/cli/bin/farm.mjs', 'build'],
  },
  {
    name: 'Vite',
    configuration: 'vite.config.ts',
    packages: ['vite'],
    command: ['vite/bin/vite.js', 'build'],
    script: /^assets\/index-.*js$/,
  },
]
const SOURCE = `import boat from './boat.png?generate&as=picture'\nglobalThis.seen = { boat }\n`

describe('a build by the command line', () => {
  let built: BuiltPackage & { remove(): Promise<void> }
  let browser: Browser
  beforeAll(async () => {
    built = await buildPackage()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await built.remove()
  })

  const link = async (site: Site, name: string, target: string) => {
    const path = join(site.root, 'node_modules', name)
    await mkdir(dirname(path), { recursive: true })
    await symlink(target, path, 'dir')
  }
  const projectFor = async ({ configuration, packages }: Command, prompt = 'A paper boat.') => {
    const api = await startApi()
    const site = await createSite(
      {
        'package.json': { private: true, type: 'module' },
        'index.html': '<!doctype html><script type="module" src="/src/index.js"></script>',
        'src/index.js': SOURCE,
        'src/images.prompts.json': { images: { boat: { prompt, alt: 'A boat', widths: [64, 128] } } },
        [configuration]: configurations.get(configuration)!,
      },
      api.baseURL,
    )
    await link(site, 'unplugin-generate-images', built.root)
    for (const name of packages) await link(site, name, join(MODULES, name))
    return { site, api }
  }
  const run = ({ configuration, command: [binary, ...args] }: Command, site: Site, baseURL: string) => {
    const { CI: _, ...plain } = process.env
    const file = binary === undefined ? configuration : join(MODULES, binary)
    const child = spawn(process.execPath, [file, ...args], {
      cwd: site.root,
      env: { ...plain, GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: KEY, NO_COLOR: '1' },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)))
    return new Promise<{ status: number | null; text: string }>((resolve) =>
      child.on('close', (status) => resolve({ status, text })),
    )
  }

  it.each(COMMANDS)('of $name ships the pictures, and a second one asks nothing', async (command) => {
    const { site, api } = await projectFor(command)
    for (const posts of [1, 1]) {
      const { status, text } = await run(command, site, api.baseURL)
      expect({ status, text: status === 0 ? '' : text }).toEqual({ status: 0, text: '' })
      expect(api.posts).toBe(posts)
      expect(text).not.toContain(KEY)
      const files = await filesOf(join(site.root, 'dist'))
      const script = [...files.keys()].find((file) => (command.script ?? /^index\.js$/).test(file))
      const origin = await serve(() => files)
      const { pictures } = await look(browser, origin, `/${script}`)
      expect(
        Object.values(pictures)
          .map((size) => (typeof size === 'string' ? size : size.width))
          .sort(),
      ).toEqual([128, 128, 128, 64, 64, 64])
    }
  })

  it.each(COMMANDS)('of $name fails where a prompt is refused, and says which and where', async (command) => {
    const { site, api } = await projectFor(command, 'A [blocked] boat.')
    const { status, text } = await run(command, site, api.baseURL)
    expect(status).not.toBe(0)
    expect(text).toContain('src/boat: The API refuses this prompt')
    expect(text).toContain('src/images.prompts.json:3:5')
    expect(text).not.toContain(KEY)
  })

  it('of one bundler leaves its renditions to all others: one request, one encoding', async () => {
    const [first, ...others] = COMMANDS
    const { site, api } = await projectFor(first!)
    await run(first!, site, api.baseURL)
    const cache = 'node_modules/.cache/unplugin-generate-images/renditions'
    const encoded = async () => (await site.tree(cache)).filter((file) => file.endsWith('.data'))
    const stamps = async () =>
      Promise.all(
        (await encoded()).map(async (file) => [file, (await stat(join(site.root, cache, file))).mtimeMs]),
      )
    const before = await stamps()
    expect(before).toHaveLength(6)
    for (const command of others) {
      for (const name of command.packages) await link(site, name, join(MODULES, name)).catch(() => {})
      await site.write({ [command.configuration]: configurations.get(command.configuration)! })
      expect([command.name, (await run(command, site, api.baseURL)).status]).toEqual([command.name, 0])
    }
    expect(await stamps()).toEqual(before)
    expect(api.posts).toBe(1)
  })
})
