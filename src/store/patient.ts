import { setTimeout as sleep } from 'node:timers/promises'

const NO_HANDLE = ['EMFILE', 'ENFILE']
const PATIENCE_MS = 30_000

/**
 * Does work that opens files, and tries again while this process or the machine has no file handle free: others are
 * closed in a moment, and what is to be written may be paid for. Throws what Node threw after half a minute of that.
 */
export async function patient<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  for (let pause = 5; ; pause = Math.min(pause * 2, 500)) {
    try {
      return await work()
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      if (!NO_HANDLE.includes(code) || performance.now() - start > PATIENCE_MS) throw error
      // Not all at the same moment again.
      await sleep(pause * (0.5 + Math.random()))
    }
  }
}
