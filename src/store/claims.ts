// Claims by generation: of all processes that share the folder, one at a time has a key. `KEY.1` is created exclusively,
// whoever takes over from a dead owner creates `KEY.2`, and nobody removes a claim but its owner when the work is done.
// Locks that are removed and made again were seen to have two owners.
import { randomUUID } from 'node:crypto'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createError } from '../errors/index.ts'
import { createNew } from './atomic.ts'
import type { Layout } from './layout.ts'
import { patient } from './patient.ts'
import { lifeOf, markProcess, processMarkSchema } from './process-mark.ts'
import { ignoreAbsent, namesIn, readIfThere } from './read.ts'

/** One line of JSON; what follows it are heartbeats, and SENT once a request went out. */
const lineSchema = z.object({ v: z.literal(1), id: z.string(), process: processMarkSchema })
const BEAT = '.'
const SENT = 's'

/** A key that this process has alone, until `release`. */
export interface Claim {
  /**
   * Before each request: tells those who wait that one goes out. Throws OTHER_PROCESS where the claim was taken over,
   * after this machine slept and the owner was thought dead on another.
   */
  sending(): Promise<void>
  /** The picture is kept, or none comes. Never throws. */
  release(): Promise<void>
}

/** How to wait. */
export interface TakeOptions {
  /** Ends the waiting: `take` throws STOPPED. */
  readonly signal?: AbortSignal
  /** Called once where another process has the key. */
  readonly onWait?: (pid: number | undefined) => void
}

/** The claims of a folder. All methods throw FOLDER_UNWRITABLE and NO_SPACE. */
export interface Claims {
  /** The claim, or `undefined` where another has it and lives. An owner on another boot or machine is watched for a while first. */
  attempt(key: string, options?: Pick<TakeOptions, 'signal'>): Promise<Claim | undefined>
  /** Waits for the claim; `undefined` where its owner sent a request and has finished meanwhile. */
  take(key: string, options?: TakeOptions): Promise<Claim | undefined>
  /** Works while no other process does work of the same key. */
  during<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Removes what processes of this machine left that have ended. */
  sweep(): Promise<void>
}

/** Times in milliseconds. */
export interface ClaimOptions {
  /** Between two heartbeats; unset: 3 s. */
  readonly beatMs?: number
  /** How long an owner on another boot or machine may give no heartbeat, by the reader's own clock; unset: 15 s. */
  readonly staleMs?: number
  /** The longest time between two looks; unset: 250. */
  readonly pollMs?: number
}

/** See `Claims`. */
export function createClaims(
  layout: Layout,
  { beatMs = 3_000, staleMs = 15_000, pollMs = 250 }: ClaimOptions = {},
): Claims {
  const held = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let ownMark: ReturnType<typeof markProcess> | undefined
  const fileOf = (key: string, generation: number) => join(layout.claims, `${key}.${generation}`)
  const idOf = (text: string | undefined) => parse(text)?.id

  const list = async () => {
    const highest = new Map<string, number>()
    for (const file of await namesIn(layout.claims)) {
      const [, key = '', digits] = /^([\w-]+)\.(\d+)$/.exec(file) ?? []
      if (digits !== undefined) highest.set(key, Math.max(highest.get(key) ?? 0, Number(digits)))
    }
    return highest
  }
  // Many wait at once in one process: they look together. What a claim rests on is looked at afresh.
  let shared: { readonly at: number; readonly found: ReturnType<typeof list> } | undefined
  const listShared = () => {
    const at = performance.now()
    if (shared === undefined || at - shared.at > 20) shared = { at, found: list() }
    return shared.found
  }

  const append = (file: string, mark: string) =>
    patient(async () => {
      // Without O_CREAT: what others removed is not made again.
      const handle = openSync(file, constants.O_WRONLY | constants.O_APPEND)
      try {
        writeSync(handle, mark)
      } finally {
        closeSync(handle)
      }
    })
  const hold = (file: string) => {
    held.add(file)
    timer ??= setInterval(() => {
      for (const one of held) append(one, BEAT).catch(() => {})
    }, beatMs).unref()
  }
  const letGo = (file: string) => {
    held.delete(file)
    if (held.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  /** `over`: the text of the claim before it, whose owner was found dead. `undefined` where somebody else was quicker. */
  const create = async (key: string, generation: number, over?: string): Promise<Claim | undefined> => {
    const file = fileOf(key, generation)
    const id = randomUUID()
    ownMark ??= markProcess(process.pid)
    const line = JSON.stringify({ v: 1, id, process: await ownMark })
    try {
      // Nothing that must outlive the machine: after a crash of it the owner is dead.
      await createNew(file, `${line}\n`, { durable: false })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
      throw error
    }
    hold(file)
    const isThere = async () => idOf(await readIfThere(file)) === id
    // Whoever takes over creates the next generation, and only then removes this one.
    const isMine = async () => (await readIfThere(fileOf(key, generation + 1))) === undefined && isThere()
    const release = async () => {
      letGo(file)
      for (let lower = 1; lower < generation; lower++) await unlink(fileOf(key, lower)).catch(ignoreAbsent)
      if (await isThere()) await unlink(file).catch(ignoreAbsent)
    }
    // The claims may have been finished, and begun anew, since they were looked at.
    const before = over === undefined ? undefined : await readIfThere(fileOf(key, generation - 1))
    const highest = (await list()).get(key)
    if (
      highest !== generation ||
      !(await isThere()) ||
      (before !== undefined && idOf(before) !== idOf(over))
    ) {
      letGo(file)
      await unlink(file).catch(ignoreAbsent)
      return undefined
    }
    return {
      async sending() {
        if (!(await isMine())) throw createError('OTHER_PROCESS', { outcome: 'taken-over' })
        await append(file, SENT)
      },
      release: () => release().catch(() => {}),
    }
  }

  const get = async (key: string, patient: boolean, { signal, onWait }: TakeOptions) => {
    let watched: { readonly text: string; readonly since: number } | undefined
    let told = false
    let sent = false
    for (let pause = 8; ; pause = Math.min(pause * 1.5, pollMs)) {
      if (signal?.aborted) throw createError('STOPPED', { why: whyStopped(told) })
      const generation = (await listShared()).get(key)
      const text = generation === undefined ? undefined : await readIfThere(fileOf(key, generation))
      if (generation === undefined || text === undefined) {
        if (sent) return undefined
        const claim = generation === undefined ? await create(key, 1) : undefined
        if (claim !== undefined) return claim
      } else {
        const mark = parse(text)?.process
        const life = mark === undefined ? 'elsewhere' : await lifeOf(mark)
        const beats = watched !== undefined && watched.text !== text && idOf(watched.text) === idOf(text)
        if (watched?.text !== text) watched = { text, since: performance.now() }
        const silent = performance.now() - watched.since >= staleMs
        if (life === 'ended' || (life === 'elsewhere' && silent)) {
          const claim = await create(key, generation + 1, text)
          if (claim !== undefined) return claim
        } else {
          if (!patient && (life === 'runs' || beats)) return undefined
          if (!told) onWait?.(mark?.pid)
          told = true
          sent = text.slice(text.indexOf('\n')).includes(SENT)
        }
      }
      // Not all at the same moment again.
      await sleep(pause * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal }).catch(
        () => {},
      )
    }
  }

  return {
    attempt: (key, options = {}) => get(key, false, options),
    take: (key, options = {}) => get(key, true, options),
    async during(key, work) {
      let claim: Claim | undefined
      while (claim === undefined) claim = await get(key, true, {})
      return work().finally(claim.release)
    },
    async sweep() {
      for (const [key, generation] of await list()) {
        const mark = parse(await readIfThere(fileOf(key, generation)))?.process
        if (mark === undefined || (await lifeOf(mark)) !== 'ended') continue
        await (await get(key, false, {}))?.release()
      }
    },
  }
}

const whyStopped = (waited: boolean) =>
  `the run was interrupted${waited ? ' while another process had the picture under way' : ''}`

/** The owner; `undefined` where the file is not whole yet, or was not whole when the machine crashed. */
function parse(text: string | undefined) {
  try {
    return lineSchema.parse(JSON.parse(text?.split('\n')[0] ?? ''))
  } catch {
    return undefined
  }
}
