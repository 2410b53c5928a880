import { fstatSync, readSync } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Layout } from './layout.ts'
import { patient } from './patient.ts'
import { ignoreAbsent, readIfThere } from './read.ts'
import { syncFolder } from './sync-folder.ts'
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
  const write = async (lines: readonly string[]) => {
    const text = lines.join('')
    try {
      const opened = () => patient(() => open(layout.ledger, 'a+'))
      const handle = await opened().catch(async (error: NodeJS.ErrnoException) => {
        ignoreAbsent(error)
        await mkdir(dirname(layout.ledger), { recursive: true })
        return opened()
      })
      try {
        const { size } = fstatSync(handle.fd)
        // One write, which O_APPEND keeps together; a line torn before it is ended first.
        await handle.appendFile(endsTorn(handle, size) ? `\n${text}` : text)
        await handle.sync()
        if (size === 0) await syncFolder(dirname(layout.ledger))
      } finally {
        await handle.close()
      }
    } catch (error) {
      throw explainWriteError(error, layout.ledger)
    }
  }
  // Those that come while the disk is at others are written together.
  let last: Promise<unknown> = Promise.resolve()
  let next: { readonly lines: string[]; readonly written: Promise<void> } | undefined
  const begin = () => {
    const lines: string[] = []
    const written = last.then(() => {
      next = undefined
      return write(lines)
    })
    last = written.catch(() => {})
    return { lines, written }
  }
  return {
    read,
    async append(line) {
      const text = `${JSON.stringify(lineSchema.parse(line))}\n`
      next ??= begin()
      next.lines.push(text)
      await next.written
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

function endsTorn({ fd }: FileHandle, size: number): boolean {
  const last = Buffer.alloc(1)
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
}
