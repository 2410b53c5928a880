// Whether the process that wrote a file is still running: a pid alone comes back after a crash, so its boot and start are kept with it.
import { readFile, readlink } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { z } from 'zod'
import { patient } from './patient.ts'

/** Which process something belongs to. */
export const processMarkSchema = z.object({
  pid: z.int().positive(),
  /** The running kernel: its boot id on Linux, elsewhere the second it started. */
  boot: z.string(),
  /** Within what a pid means something: the pid namespace (Linux: containers on one kernel have their own), else the host's name. */
  space: z.string().exactOptional(),
  /** When the process started, in ticks since boot (Linux). */
  started: z.string().exactOptional(),
})
export type ProcessMark = z.infer<typeof processMarkSchema>

/** The mark of a process that runs now. */
export async function markProcess(pid: number): Promise<ProcessMark> {
  const [, started] = await statOf(pid)
  return {
    ...{ pid, boot: await currentBoot(), space: await currentSpace() },
    ...(started !== undefined && { started }),
  }
}

/** Whether the marked process runs here. Of other machines and other containers nothing is known: `false`. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  return (await lifeOf(mark)) === 'runs'
}

/** `elsewhere`: on another boot, machine or container, of whose processes nothing can be told from here. A paused process runs. */
export async function lifeOf(mark: ProcessMark): Promise<'runs' | 'ended' | 'elsewhere'> {
  const here = mark.space === undefined || mark.space === (await currentSpace())
  if (!here || !sameBoot(mark.boot, await currentBoot())) return 'elsewhere'
  if (!isThere(mark.pid)) return 'ended'
  const [state, started] = await statOf(mark.pid)
  // A zombie has ended; its parent has not asked how. Where nothing could be read, it may have asked just now.
  if (state === 'Z' || state === 'X' || (state === undefined && !isThere(mark.pid))) return 'ended'
  // What can't be seen of it (another user's, perhaps) says nothing against it.
  return mark.started === undefined || started === undefined || mark.started === started ? 'runs' : 'ended'
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function currentBoot(): Promise<string> {
  const id = await patient(() => readFile('/proc/sys/kernel/random/boot_id', 'utf8')).catch(() => undefined)
  return id?.trim() ?? String(Math.round(Date.now() / 1000 - uptime()))
}

function sameBoot(a: string, b: string): boolean {
  // Seconds drift when the clock is set.
  return a === b || Math.abs(Number(a) - Number(b)) < 120
}

async function currentSpace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => hostname())
}

/** Its state and its start, on Linux. */
async function statOf(pid: number): Promise<readonly [string | undefined, string | undefined]> {
  const line = await patient(() => readFile(`/proc/${pid}/stat`, 'latin1')).catch(() => undefined)
  // The second field is the command in parentheses and may hold spaces; the state is field 3, the start field 22.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? []
  return [fields[0], fields[19]]
}
