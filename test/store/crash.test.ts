import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewOriginal, Store } from '../../src/store/index.ts'
import { buy, type Job, jobs, keep } from './crash-jobs.ts'
import { openStore, sha256, tempFolder, tree } from './support.ts'

let script: string
let bundles: string

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'store-crash-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'crash-child.ts'),
      outDir: bundles,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'crash-child.mjs', codeSplitting: false } },
    },
  })
  script = join(bundles, 'crash-child.mjs')
})
afterAll(() => rm(bundles, { recursive: true, force: true }))

/**
 * Runs a job in a process that dies at the n-th change of the disk, never for 0. Answers whether it had paid, and how many
 * changes it came to, if it ended.
 */
async function runUntil(root: string, job: string, at: number): Promise<{ paid: boolean; changes?: number }> {
  const child = spawn(process.execPath, [script, root, job, String(at)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [out] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
  const said = Buffer.concat(out).toString().trim().split('\n')
  const paid = said[0] === 'paid'
  if (child.signalCode === 'SIGKILL') return { paid }
  expect(child.exitCode).toBe(0)
  return { paid, changes: Number(said.at(-1)) }
}

/** Whether these very bytes are found by their key, whole. */
async function isKept(store: Store, { key, bytes }: NewOriginal): Promise<boolean> {
  const hash = sha256(bytes)
  const name = await store.originals.inspect('a', key, { deep: true })
  const held = [...(await store.takes.list(key)), ...(name.state === 'kept' ? [name] : [])]
  for (const { record, file } of held) {
    if (record.original.sha256 === hash && sha256(await readFile(file)) === hash) return true
  }
  return false
}

/** Old or new, and nothing that was paid for before is lost. */
async function assertSound(store: Store, { wanted, before }: Job): Promise<void> {
  const found = await store.originals.inspect('a', wanted.key, { deep: true })
  const inTheWay = found.problem?.code === 'UNCLAIMED_FILE'
  if (inTheWay) {
    // Killed between a first picture and its record: the answer is still in the spool, from which it is kept again.
    expect(await readFile(store.layout.picture('a', wanted.facts.type))).toEqual(wanted.bytes)
    expect((await store.spool.pending())[0]?.body).toBeDefined()
  } else expect(found.problem).toBeUndefined()
  if (found.file !== undefined) {
    const hash = sha256(await readFile(found.file))
    expect(hash).toBe(found.record?.original.sha256)
    expect([wanted, before].map((picture) => picture && sha256(picture.bytes))).toContain(hash)
  } else expect(before).toBeUndefined()
  if (before !== undefined) expect(await isKept(store, before)).toBe(true)
}

/** What the next run does: keeps what was paid for, copies what is there, and asks only where neither is. */
async function goOn(store: Store, job: Job, mayBuy: boolean): Promise<void> {
  const { wanted } = job
  const hash = sha256(wanted.bytes)
  const [pending] = await store.spool.pending()
  const paid = job.beside ? pending?.pictures[0] : pending?.body
  if (paid !== undefined) {
    expect(await readFile(paid.file)).toEqual(wanted.bytes)
    return keep(store, job)
  }
  // Never an answer without what was taken out of it.
  expect(pending?.body).toBeUndefined()
  const state = await store.originals.inspect('a', wanted.key)
  if (state.state === 'kept' && state.record.original.sha256 === hash) return
  const held = await store.originals.findByKey(wanted.key)
  if (held?.record.original.sha256 === hash) {
    await store.originals.copy(held, 'a')
    return
  }
  expect(mayBuy).toBe(true)
  if (pending !== undefined) await store.spool.finish('r1')
  await buy(store, job)
}

/** Every file but temporaries and, which is all that a crash may leave, the wanted picture once more among the takes. */
async function filesOf(store: Store, { wanted }: Job): Promise<string[]> {
  const files: string[] = []
  for (const file of await tree(store.layout.folder)) {
    const bytes = await readFile(join(store.layout.folder, file))
    const isWanted = bytes.equals(wanted.bytes) || bytes.includes(sha256(wanted.bytes))
    const extra = file.startsWith(`.takes/${wanted.key}/`) && isWanted
    if (!extra && !file.endsWith('.tmp')) files.push(file)
  }
  return files
}

describe('a process killed at any change of the disk', { timeout: 300_000 }, () => {
  it.each(Object.entries(jobs))('leaves %s or the state before it, and loses nothing', async (name, job) => {
    const before = openStore(await tempFolder())
    await before.prepare()
    await job.prepare(before)
    const copy = async () => {
      const root = await tempFolder()
      await cp(before.layout.root, root, { recursive: true })
      return openStore(root)
    }
    const whole = await copy()
    const { changes = 0 } = await runUntil(whole.layout.root, name, 0)
    const expected = await filesOf(whole, job)
    const text = await readFile(whole.layout.record('a'), 'utf8')

    const killAt = async (at: number) => {
      const { layout } = await copy()
      const { paid, changes: ended } = await runUntil(layout.root, name, at)
      expect(ended).toBeUndefined()
      // A later process first looks, and only then mends.
      await assertSound(openStore(layout.root), job)
      const store = openStore(layout.root)
      await store.prepare()
      await assertSound(store, job)
      await goOn(store, job, job.buys && !paid)
      expect([at, ...(await filesOf(store, job))]).toEqual([at, ...expected])
      expect(await readFile(store.layout.record('a'), 'utf8')).toBe(text)
      expect(await readFile(layout.picture('a', job.wanted.facts.type))).toEqual(job.wanted.bytes)
    }
    const points = Array.from({ length: changes }, (_, index) => index + 1)
    expect(points.length).toBeGreaterThan(20)
    await Promise.all(
      [0, 1, 2, 3].map(async (worker) => {
        for (const at of points) if (at % 4 === worker) await killAt(at)
      }),
    )
  })
})
