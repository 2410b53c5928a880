// The store: originals and records in git's folder, takes, the spool, the ledger, and the disposable caches. It knows no
// sharp and no HTTP: what a picture's bytes hold is told by the caller.
import { join } from 'node:path'
import { createNew } from './atomic.ts'
import { type ClaimOptions, type Claims, createClaims } from './claims.ts'
import { createFence, type Fence } from './fence.ts'
import { createLayout, type Layout } from './layout.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createMemo, type Memo } from './memo.ts'
import { createOriginals, type Originals } from './originals.ts'
import { createRecords, type Records } from './records.ts'
import { createRenditionCache, type RenditionCache } from './renditions.ts'
import { createRescue } from './rescue.ts'
import { createReservations, type Reservations } from './reservations.ts'
import { createRoom, type Room } from './room.ts'
import { createSpool, type Spool } from './spool.ts'
import { createTakes, type Takes } from './takes.ts'

export type { Claim, Claims } from './claims.ts'
export type { Holding } from './examine.ts'
export type { Fence } from './fence.ts'
export type { Inspection, InspectOptions } from './inspect.ts'
export type { Layout } from './layout.ts'
export type { Ledger, LedgerLine } from './ledger.ts'
export type { Memo } from './memo.ts'
export type { Listed, NewOriginal, Originals } from './originals.ts'
export type { Cost, OriginalRecord, PictureFacts, PictureType } from './record.ts'
export type { CachedRendition, RenditionCache } from './renditions.ts'
export type { Reservation, Reservations } from './reservations.ts'
export type { Room } from './room.ts'
export type { Spool, SpoolEntry, SpooledRequest } from './spool.ts'
export type { Takes } from './takes.ts'

/** Everything that is kept on the disk. */
export interface Store {
  readonly layout: Layout
  /** Around the root; for whatever else is written into the project. */
  readonly fence: Fence
  readonly originals: Originals
  readonly takes: Takes
  readonly spool: Spool
  readonly claims: Claims
  readonly reservations: Reservations
  readonly room: Room
  readonly ledger: Ledger
  readonly renditions: RenditionCache
  readonly memo: Memo
  readonly records: Records
  /**
   * Before a run or a plan: looks whether a link in the place of the store's own files leads out of the project. The
   * files of each name are looked at when they are inspected. Throws LEAVES_PROJECT.
   */
  assertInside(): Promise<void>
  /**
   * Before a run that may write: makes the folder, keeps its disposable part out of git, ends what a crash cut. Throws
   * LEAVES_PROJECT, FOLDER_UNWRITABLE, NO_SPACE.
   */
  prepare(): Promise<void>
}

/**
 * `folder` is relative to `root` (`generated-images` unless told), `cacheDir` and `rescueDir` (what its name begins with)
 * absolute. Touches nothing until it is used. The cache lies where links lead: in a workspace `node_modules` is often a
 * link, and who can put one into it can put code there.
 */
export function createStore({
  root,
  folder,
  cacheDir,
  rescueDir,
  now = Date.now,
  claims: waits,
}: {
  root: string
  folder?: string
  cacheDir: string
  rescueDir: string
  now?: () => number
  claims?: ClaimOptions
}): Store {
  const layout = createLayout(root, folder)
  const memo = createMemo({ file: join(cacheDir, 'memo.json'), root, now })
  const fence = createFence(root)
  const records = createRecords({ layout, fence, now, index: join(cacheDir, 'records.json') })
  const takes = createTakes({ layout, memo, fence, records })
  const claims = createClaims(layout, waits)
  const originals = createOriginals({ layout, memo, fence, records, takes, claims })
  const spool = createSpool({ layout, rescue: createRescue(layout, rescueDir) })
  const reservations = createReservations(layout, now)
  const assertInside = async () => {
    fence.forget()
    await fence.stat(layout.ledger)
    for (const own of ['takes', 'spool', 'rejected', 'exchanges', 'claims', 'runs'] as const)
      await fence.contents(layout[own])
  }
  return {
    layout,
    fence,
    originals,
    takes,
    spool,
    claims,
    reservations,
    room: createRoom(layout),
    ledger: createLedger({ layout }),
    renditions: createRenditionCache({ dir: join(cacheDir, 'renditions'), now }),
    memo,
    records,
    assertInside,
    async prepare() {
      await assertInside()
      // By the folder itself, so that nobody has to remember it; a person's own file stays as it is.
      await createNew(layout.gitignore, '.takes/\n.ledger.jsonl\n.*.tmp\n').catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
        },
      )
      await claims.sweep()
      await reservations.sweep()
      await originals.recover()
      await spool.sweep()
    },
  }
}
