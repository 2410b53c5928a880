// The package as its users have it, built into a folder of its own.
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPO = fileURLToPath(new URL('../..', import.meta.url))
const TSC = join(REPO, 'node_modules/typescript/bin/tsc')

/** A package folder with package.json and dist. */
export interface BuiltPackage {
  readonly root: string
  readonly cli: string
}

/** Builds the package inside node_modules, where its dependencies are found; `remove` takes it away. */
export async function buildPackage(): Promise<BuiltPackage & { remove(): Promise<void> }> {
  const cache = join(REPO, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const root = await mkdtemp(join(cache, 'generate-images-package-'))
  const dist = join(root, 'dist')
  execFileSync(process.execPath, [join(REPO, 'scripts/build.mjs'), dist], { encoding: 'utf8' })
  await cp(join(REPO, 'package.json'), join(root, 'package.json'))
  const remove = () => rm(root, { recursive: true, force: true })
  return { root, cli: join(dist, 'cli/main.js'), remove }
}

/** Runs the TypeScript compiler; what it prints, with the lines of its errors. */
export function compile(args: readonly string[], cwd = REPO): string {
  const { stdout } = spawnSync(process.execPath, [TSC, '--pretty', 'false', ...args], {
    cwd,
    encoding: 'utf8',
  })
  return stdout
}
