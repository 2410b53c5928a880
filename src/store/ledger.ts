import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { syncFolder } from './atomic.ts'
import type { Layout } from './layout.ts'
import { patient } from './patient.ts'
import { readIfThere } from './read.ts'
import { explainWriteError } from './write-error.ts'

const lineSchema = z.looseObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  id: z.string(),
  name: z.string(),
  key: z.string(),
  model: z.string(),
  n: z.int().positive(),
  provider: z.string(),
  outcome: z.enum(['paid', 'unknown']),
  usd: z.number().nonnegative().nullable(),
  basis: z.string(),
  requestId: z.string().exactOptional(),
  emulated: z.literal(true).exactOptional(),
})

/**
 * One request that was billed (`paid`) or may have been (`unknown`). `usd` is the whole request's, `null` where no price
 * is known; `at` is ISO 8601 in UTC. `emulated`: counted by the emulator, which nobody pays.
 */
export type LedgerLine = Readonly<z.infer<typeof lineSchema>>

/** The list of everything that was or may have been billed; lines are added and never changed. */
export interface Ledger {
  /** On return the disk has it. Throws FOLDER_UNWRITABLE, NO_SPACE. */
  append(line: LedgerLine): Promise<void>
  /** All lines, oldest first; a torn one is left out. */
  read(): Promise<LedgerLine[]>
  /** The latest line of each key. */
  latest(): Promise<Map<string, LedgerLine>>
}

/** See `Ledger`. */
export function createLedger({ layout }: { layout: Layout }): Ledger {
  const read = async () => {
    const text = (await readIfThere(layout.ledger)) ?? ''
    return text.split('\n').flatMap(parseLine)
  }
  return {
    read,
    async append(line) {
      const text = `${JSON.stringify(lineSchema.parse(line))}\n`
      try {
        await mkdir(dirname(layout.ledger), { recursive: true })
        const handle = await patient(() => open(layout.ledger, 'a+'))
        try {
          const { size } = await handle.stat()
          // One write, which O_APPEND keeps together; a line torn before it is ended first.
          await handle.appendFile((await endsTorn(handle, size)) ? `\n${text}` : text)
          await handle.sync()
          if (size === 0) await syncFolder(dirname(layout.ledger))
        } finally {
          await handle.close()
        }
      } catch (error) {
        throw explainWriteError(error, layout.ledger)
      }
    },
    latest: async () => new Map((await read()).map((line) => [line.key, line])),
  }
}

function parseLine(text: string): LedgerLine[] {
  try {
    return [lineSchema.parse(JSON.parse(text))]
  } catch {
    return []
  }
}

async function endsTorn(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== 0x0a
}
