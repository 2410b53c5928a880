import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const NOT_COPIED = ['generated-images', 'site', 'node_modules']

/** What `run.mjs --json` prints. Bytes; US dollars. */
export interface Report {
  readonly pictures: { readonly made: number; readonly kept: number }
  readonly requests: number
  readonly billed: { readonly requests: number; readonly images: number; readonly usd: number }
  readonly originals: { readonly files: number; readonly bytes: number }
  readonly renditions: { readonly files: number; readonly bytes: number }
  readonly wide: number
  readonly phone: number
  readonly site: string
}

/** A playground of its own, as on a fresh clone: none of its pictures is made. */
export interface Playground {
  readonly folder: string
  /** Runs it as a person would, with `environment` beside the few variables that every program needs. */
  run(environment?: Readonly<Record<string, string>>): Promise<{ report: Report; said: string }>
  remove(): void
}

/** Copies the playground to a temporary folder, where the package is the built one of this repository. */
export function copyPlayground(): Playground {
  const root = mkdtempSync(join(tmpdir(), 'playground-'))
  const folder = join(root, 'playground')
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(repository, join(root, 'node_modules', 'unplugin-generate-images'))
  symlinkSync(join(repository, 'node_modules', 'vite'), join(root, 'node_modules', 'vite'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n')
  cpSync(join(repository, 'playground'), folder, {
    recursive: true,
    filter: (source) => !NOT_COPIED.includes(basename(source)),
  })
  return {
    folder,
    async run(environment = {}) {
      const { PATH = '', HOME = '' } = process.env
      const options = { cwd: root, env: { PATH, HOME, ...environment }, maxBuffer: 1e8 }
      const args = [join('playground', 'run.mjs'), '--json']
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options)
      return { report: JSON.parse(stdout) as Report, said: stderr }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
