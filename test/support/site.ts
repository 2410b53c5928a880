// A project in a temporary folder, run again and again as by a person at a command line.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ClientOptions } from '../../src/api/index.ts'
import type { Options, ProviderOptions } from '../../src/config/options.ts'
import type { Project } from '../../src/config/project.ts'
import type { Plan } from '../../src/pipeline/plan.ts'
import type { LedgerLine, OriginalRecord } from '../../src/store/index.ts'
import { type Clock, createClock } from './clock.ts'
import { openProject, type Ran, type RunOptions, runOn } from './run.ts'

/** The key that must never be written anywhere. */
export const KEY = 'sk-canary-0123456789abcdef'

/** Options of a project; those of the provider are laid over the site's own. */
export interface SiteOptions extends Omit<Options, 'root' | 'provider'> {
  readonly provider?: ProviderOptions
  /** Nobody has set a key. */
  readonly keyless?: true
  readonly client?: Partial<ClientOptions>
}

/** Text, bytes, or a value that is written as JSON. */
export type Files = Readonly<Record<string, string | Uint8Array | object>>

/** A project on the disk. */
export interface Site {
  readonly root: string
  /** What its client's waits go by. */
  readonly clock: Clock
  write(files: Files): Promise<void>
  remove(...files: string[]): Promise<void>
  read(file: string): Promise<Buffer>
  record(name: string): Promise<OriginalRecord>
  /** Every file of a folder, sorted. */
  tree(folder?: string): Promise<string[]>
  ledger(): Promise<LedgerLine[]>
  /** A fresh project, as a new process would open it. */
  open(options?: SiteOptions): Promise<Project>
  run(options?: SiteOptions & RunOptions): Promise<Ran>
  plan(options?: SiteOptions): Promise<Plan>
}

/** Makes a project of files whose provider is `baseURL`; it goes away after the test. */
export async function createSite(files: Files, baseURL: string, own: SiteOptions = {}): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'site-'))
  // What is watched may still be written to.
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
  const site = siteAt(root, baseURL, own)
  await site.write(files)
  return site
}

/** The project of a folder that is there. */
export function siteAt(root: string, baseURL: string, own: SiteOptions = {}): Site {
  const clock = createClock()
  const read = (file: string) => readFile(join(root, file))
  const open = ({ client, keyless, ...options }: SiteOptions = {}) => {
    const { client: ownClient, keyless: ownKeyless, ...base } = own
    const key = keyless || ownKeyless ? {} : { apiKey: KEY }
    const provider = { baseURL, ...key, ...base.provider, ...options.provider }
    const waits = { now: clock.now, sleep: clock.sleep, random: () => 0.5 }
    return openProject({ ...base, ...options, root, provider }, { ...waits, ...ownClient, ...client })
  }
  return {
    root,
    clock,
    read,
    open,
    async write(files) {
      for (const [name, content] of Object.entries(files)) {
        const file = join(root, name)
        await mkdir(dirname(file), { recursive: true })
        const raw = typeof content === 'string' || content instanceof Uint8Array
        await writeFile(file, raw ? content : JSON.stringify(content, null, 2))
      }
    },
    async remove(...files) {
      for (const file of files) await rm(join(root, file), { recursive: true })
    },
    record: async (name) => JSON.parse(String(await read(`generated-images/${name}.json`))),
    async tree(folder = 'generated-images') {
      const from = join(root, folder)
      const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort()
    },
    async ledger() {
      const text = await read('generated-images/.ledger.jsonl').catch(() => '')
      return String(text)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    },
    async run({ soon, now, filter, onEvent, prepare, ...options } = {}) {
      const told = { soon, now, filter, onEvent, prepare }
      const given = Object.entries(told).filter(([, value]) => value !== undefined)
      return runOn(await open(options), Object.fromEntries(given))
    },
    async plan(options) {
      const project = await open(options)
      const plan = await project.plan(await project.collect())
      await project.close()
      return plan
    },
  }
}

/** A manifest at the root: a prompt, or the fields of an entry, by name. */
export function manifest(images: Readonly<Record<string, string | object>>, rest: object = {}): Files {
  return { 'images.prompts.json': { ...rest, images } }
}
