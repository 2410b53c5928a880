// Whether the process that wrote a file is still running: a pid alone comes back after a crash, so its boot and start are kept with it.
import { readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { z } from 'zod'

/** Which process something belongs to. */
export const processMarkSchema = z.object({
  pid: z.int().positive(),
  /** The running kernel: its boot id on Linux, elsewhere the second it started. */
  boot: z.string(),
  /** When the process started, in ticks since boot (Linux). */
  started: z.string().exactOptional(),
})
export type ProcessMark = z.infer<typeof processMarkSchema>

/** The mark of a process that runs now. */
export async function markProcess(pid: number): Promise<ProcessMark> {
  const started = await startOf(pid)
  return { pid, boot: await currentBoot(), ...(started !== undefined && { started }) }
}

/** Whether the marked process runs, on this boot. Knows nothing of other machines and of other containers' pids. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  if (!sameBoot(mark.boot, await currentBoot())) return false
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return mark.started === undefined || mark.started === (await startOf(mark.pid))
}

async function currentBoot(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined)
  return id?.trim() ?? String(Math.round(Date.now() / 1000 - uptime()))
}

function sameBoot(a: string, b: string): boolean {
  // Seconds drift when the clock is set.
  return a === b || Math.abs(Number(a) - Number(b)) < 120
}

async function startOf(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  // The second field is the command in parentheses and may hold spaces; the start is field 22.
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19]
}
