import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { afterEach, onTestFinished } from 'vitest'
import { GenerateImagesError } from '../../src/errors/index.ts'
import type { Store } from '../../src/store/index.ts'
import { later, openStore } from './pictures.ts'

const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A folder that goes away after the test. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  folders.push(folder)
  return folder
}

/** A store in a fresh folder, prepared. */
export async function freshStore({ now = later }: { now?: () => number } = {}): Promise<Store> {
  const store = openStore(await tempFolder(), now)
  await store.prepare()
  return store
}

/** Every file of a folder, relative, sorted; those of the cache left out. */
export async function tree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.startsWith('node_modules/'))
    .sort()
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<GenerateImagesError> {
  const error = await promise.then(
    (value) => new Error(`resolved with ${JSON.stringify(value)}`),
    (reason) => reason,
  )
  if (!(error instanceof GenerateImagesError)) throw error
  return error
}

export { sha256 } from '../../src/store/hash.ts'
export * from './pictures.ts'

/** A process that runs until the test ends. */
export async function runningProcess() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  onTestFinished(stop)
  await once(child, 'spawn')
  return { pid: child.pid!, stop }
}
