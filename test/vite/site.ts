// A small Vite site in a temporary folder, and the emulator that it asks.
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig, Rollup } from 'vite'
import type { Options } from '../../src/config/options.ts'
import { type RunningEmulator, startEmulator } from '../../src/emulator/index.ts'
import generateImages from '../../src/vite.ts'

type Vite = typeof import('vite')
type Output = Rollup.RollupOutput['output']

/** The Vite majors that are promised. The second is installed under a name of its own. */
export const VITES: readonly (readonly [string, () => Promise<Vite>])[] = [
  ['Vite 8', () => import('vite')],
  ['Vite 7', () => import('vite-7' as 'vite')],
]

export interface Site {
  readonly root: string
  readonly emulator: RunningEmulator
  write(file: string, text: string): Promise<void>
  /** The configuration that a test would write by hand. */
  config(options?: Options, more?: InlineConfig): InlineConfig
  build(vite: Vite, options?: Options, more?: InlineConfig): Promise<Output>
  remove(): Promise<void>
}

export async function createSite(files: Readonly<Record<string, string>>): Promise<Site> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'generate-images-vite-')))
  const emulator = await startEmulator({ picture: 'flat' })
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  for (const [file, text] of Object.entries(files)) await write(file, text)
  await mkdir(join(root, 'node_modules'), { recursive: true })
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
  await symlink(join(modules, 'vite'), join(root, 'node_modules', 'vite'), 'dir')
  const config = (options: Options = {}, more: InlineConfig = {}): InlineConfig => ({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      generateImages({
        mode: 'generate',
        provider: { baseURL: emulator.baseURL, apiKey: 'test-key' },
        ...options,
      }),
    ],
    ...more,
    build: { write: false, minify: false, modulePreload: false, assetsInlineLimit: 0, ...more.build },
  })
  return {
    root,
    emulator,
    write,
    config,
    async build(vite, options, more) {
      const built = (await vite.build(config(options, more))) as Rollup.RollupOutput | Rollup.RollupOutput[]
      return [built].flat().flatMap(({ output }) => output) as unknown as Output
    },
    async remove() {
      await emulator.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** The text of the only JavaScript chunk. */
export function codeOf(output: Output): string {
  return output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('\n')
}

/** The names of the pictures that were emitted, without their hashes, sorted. */
export function picturesOf(output: Output): string[] {
  return output
    .map(({ fileName }) => fileName)
    .filter((name) => /\.(avif|webp|jpg|png|svg)$/.test(name))
    .map((name) => name.replace(/-[\w-]{8}(\.\w+)$/, '$1'))
    .sort()
}

/** Runs the code of a chunk that sets `globalThis.seen`, and gives that. */
export async function seenBy(code: string): Promise<Record<string, never>> {
  const found: { seen?: Record<string, never> } = {}
  const text = code.replaceAll('globalThis.seen', 'globalThis.__found.seen')
  Object.assign(globalThis, { __found: found })
  await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}#${Math.random()}`)
  return found.seen!
}
