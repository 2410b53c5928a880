// An example as somebody has it who copied it: a folder of its own, this package and all others installed by npm.
import { execFileSync, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Example } from './examples.ts'

const REPO = fileURLToPath(new URL('../..', import.meta.url))
/**
 * A release after this day is not there for npm, so that no release can change what the tests see. To be raised with the
 * versions that an example or this package names.
 */
const BEFORE = '2026-11-25'
const NEWER_NODE = '22.23.3'
const NAME = 'unplugin-generate-images'
const CACHE = `node_modules/.cache/${NAME}`

/** A copy of an example. */
export interface Project {
  readonly root: string
  /** Runs its `npm run build` with no variables but a few and these; fails with all that it printed. */
  build(environment: Readonly<Record<string, string>>): Promise<string>
  /** The files below a folder, from it; none where there is no such folder. */
  files(folder: string): Promise<readonly string[]>
  /** Each rendition of the cache with the time of its encoding. */
  encoded(): Promise<readonly (readonly [file: string, time: number])[]>
  /** A clone of what it has in git, with its packages and renditions in place, and no other cache. This one loses them. */
  clone(): Promise<Project>
}

/** Copies an example into a folder of its own and installs it, with the package of a tarball; `remove` takes all away. */
export async function installExample(
  { folder, newerNode }: Pick<Example, 'folder' | 'newerNode'>,
  tarball: string,
): Promise<Project & { remove(): Promise<void> }> {
  const scratch = await mkdtemp(join(tmpdir(), 'example-'))
  const root = join(scratch, 'site')
  await cp(join(REPO, 'examples', folder), root, {
    recursive: true,
    filter: (source) => !/[\\/](node_modules|generated-images|package-lock\.json)$/.test(source),
  })
  const file = join(root, 'package.json')
  const text = await readFile(file, 'utf8')
  const own = new RegExp(`("${NAME}": )"[^"]+"`)
  if (!own.test(text)) throw new Error(`examples/${folder}/package.json does not name ${NAME}`)
  await writeFile(file, text.replace(own, `$1${JSON.stringify(`file:${tarball}`)}`))
  const path = newerNode ? await newerNodePath() : []
  await npmInstall(root, path)
  const project = projectAt(root, [...path, process.env.PATH!].join(delimiter))
  return { ...project, remove: () => rm(scratch, { recursive: true, force: true, maxRetries: 5 }) }
}

function projectAt(root: string, path: string): Project {
  const files: Project['files'] = async (folder) => {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
      .sort()
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: root })
  return {
    root,
    files,
    build: (environment) =>
      run('npm', ['run', 'build'], root, {
        ...{ PATH: path, HOME: process.env.HOME!, NO_COLOR: '1', npm_config_update_notifier: 'false' },
        // What frameworks would tell of a build to those who made them.
        ...{ NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1' },
        ...environment,
      }),
    async encoded() {
      const renditions = (await files(CACHE)).filter((file) => file.endsWith('.data'))
      const times = renditions.map(
        async (one) => [one, (await stat(join(root, CACHE, one))).mtimeMs] as const,
      )
      return Promise.all(times)
    },
    async clone() {
      git('init', '--quiet')
      git('add', '--all')
      git('commit', '--quiet', '--message', 'Pictures')
      const to = `${root}-clone`
      git('clone', '--quiet', '.', to)
      await rename(join(root, 'node_modules'), join(to, 'node_modules'))
      await rename(join(to, CACHE), join(root, 'renditions'))
      for (const cache of ['.cache', '.vite', '.vite-temp'])
        await rm(join(to, 'node_modules', cache), { recursive: true, force: true })
      await mkdir(join(to, CACHE, '..'), { recursive: true })
      await rename(join(root, 'renditions'), join(to, CACHE))
      return projectAt(to, path)
    },
  }
}

/** Packs a package into a folder; the tarball's path. */
export async function pack(root: string, folder: string): Promise<string> {
  const printed = await run(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
    root,
  )
  return join(folder, printed.trim().split('\n').at(-1)!)
}

async function npmInstall(root: string, path: readonly string[] = []): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error']
  await run('npm', ['install', '--before', BEFORE, ...quiet], root, {
    ...process.env,
    PATH: [...path, process.env.PATH!].join(delimiter),
  })
}

/** Where the newer Node is, once it is installed. */
let newer: Promise<readonly string[]> | undefined
function newerNodePath(): Promise<readonly string[]> {
  newer ??= (async () => {
    const folder = join(REPO, 'node_modules/.cache/examples', `node-${NEWER_NODE}`)
    await mkdir(folder, { recursive: true })
    const wanted = { private: true, dependencies: { node: NEWER_NODE }, allowScripts: { node: true } }
    await writeFile(join(folder, 'package.json'), JSON.stringify(wanted))
    await npmInstall(folder)
    return [join(folder, 'node_modules/node/bin')]
  })()
  return newer
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (printed += String(part)))
    child.on('error', reject)
    child.on('close', (status) =>
      status === 0
        ? resolve(printed)
        : reject(new Error(`${[command, ...args].join(' ')} ended with ${status}:\n${printed}`)),
    )
  })
}
