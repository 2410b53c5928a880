// What runs of this folder mean to spend, so that two that begin in the same moment see each other. A reservation ends
// with its run; one whose process has died counts for nothing.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createNew } from './atomic.ts'
import type { Layout } from './layout.ts'
import { lifeOf, markProcess, processMarkSchema } from './process-mark.ts'
import { namesIn, readIfThere } from './read.ts'

const reservationSchema = z.object({
  v: z.literal(1),
  owner: z.string(),
  at: z.iso.datetime(),
  process: processMarkSchema,
  pictures: z.array(
    z.object({
      key: z.string(),
      usd: z.number().nonnegative().nullable(),
      n: z.int().positive().exactOptional(),
    }),
  ),
})

/** What one run means to spend. */
export interface Reservation {
  /** Whose it is: all runs of one project that was opened share an owner. */
  readonly owner: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** What will be asked for. `usd` is `null` where no price is known. `n`: new takes of a key, paid for whatever others ask for. */
  readonly pictures: readonly { readonly key: string; readonly usd: number | null; readonly n?: number }[]
}

/** The reservations of a folder. Both methods throw FOLDER_UNWRITABLE and NO_SPACE. */
export interface Reservations {
  /** Those of runs that go on. One of another machine or container counts for a day. */
  list(): Promise<Reservation[]>
  /** Writes one down; the answer ends it, and never throws. */
  add(reservation: Reservation): Promise<() => Promise<void>>
  /** Removes what processes left that have ended. */
  sweep(): Promise<void>
}

const DAY = 24 * 3600 * 1000

/** See `Reservations`. `now` is in milliseconds of the epoch. */
export function createReservations(layout: Layout, now: () => number): Reservations {
  const all = async () => {
    const files = (await namesIn(layout.runs)).filter((name) => name.endsWith('.json'))
    const found: { file: string; reservation: Reservation | undefined }[] = []
    for (const name of files) {
      const file = join(layout.runs, name)
      const text = await readIfThere(file)
      if (text === undefined) continue
      const reservation = reservationSchema.safeParse(parse(text)).data
      const life = reservation === undefined ? 'ended' : await lifeOf(reservation.process)
      const old = life === 'elsewhere' && now() - Date.parse(reservation!.at) > DAY
      found.push({ file, reservation: life === 'ended' || old ? undefined : reservation })
    }
    return found
  }
  return {
    async list() {
      return (await all()).flatMap(({ reservation }) => reservation ?? [])
    },
    async add(reservation) {
      const file = join(layout.runs, `${randomUUID()}.json`)
      const mark = await markProcess(process.pid)
      // Nothing that must outlive the machine: after a crash of it the run is dead.
      await createNew(file, JSON.stringify({ v: 1, ...reservation, process: mark }), { durable: false })
      return () => rm(file, { force: true }).catch(() => {})
    },
    async sweep() {
      for (const { file, reservation } of await all())
        if (reservation === undefined) await rm(file, { force: true })
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
