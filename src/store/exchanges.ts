// A name's picture and record are two files, and two renames are not one. A mark says which take is being put under a
// name, so that whoever comes after a crash between the two knows what the picture's bytes are.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeAtomic } from './atomic.ts'
import type { Layout } from './layout.ts'
import { isRunning, markProcess, processMarkSchema } from './process-mark.ts'
import { namesIn, readIfThere } from './read.ts'

const markSchema = z.object({
  name: z.string(),
  key: z.string(),
  take: z.int().positive(),
  /** The take was made for this exchange alone and goes away with it. */
  fresh: z.boolean(),
  process: processMarkSchema,
})

/** An exchange under way, or left by a crash. */
export type Exchange = Omit<z.infer<typeof markSchema>, 'process'>

/** The marks of exchanges, one a name. */
export interface Exchanges {
  begin(exchange: Exchange): Promise<void>
  end(name: string): Promise<void>
  of(name: string): Promise<Exchange | undefined>
  /** Those that no running process but this one works on. */
  left(): Promise<Exchange[]>
}

/** See `Exchanges`. */
export function createExchanges(layout: Layout): Exchanges {
  const fileOf = (name: string) =>
    join(layout.exchanges, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`)
  const read = async (file: string) => {
    const text = await readIfThere(file)
    try {
      return markSchema.parse(JSON.parse(text ?? ''))
    } catch {
      // The take it names is found by its key all the same.
      return undefined
    }
  }
  return {
    async begin(exchange) {
      const mark = { ...exchange, process: await markProcess(process.pid) }
      await writeAtomic(fileOf(exchange.name), JSON.stringify(mark))
    },
    end: (name) => rm(fileOf(name), { force: true }),
    of: (name) => read(fileOf(name)),
    async left() {
      const files = (await namesIn(layout.exchanges)).filter((file) => file.endsWith('.json'))
      const marks = await Promise.all(files.map((file) => read(join(layout.exchanges, file))))
      const left: Exchange[] = []
      for (const mark of marks) {
        if (mark === undefined) continue
        if (mark.process.pid === process.pid || !(await isRunning(mark.process))) left.push(mark)
      }
      return left
    },
  }
}
