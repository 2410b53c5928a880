// Puts a take under a name. At each moment a crash leaves the old picture or the new one, and both in some whole file.
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { createError } from '../errors/index.ts'
import { copyAtomic, writeAtomic } from './atomic.ts'
import type { Finding, Holding } from './examine.ts'
import { hashIfThere } from './hash.ts'
import { assertNameInside, examineName, type InspectTools } from './inspect.ts'
import { PICTURE_TYPES } from './layout.ts'
import { type OriginalRecord, recordText } from './record.ts'

/**
 * Puts `take` under `name` and answers what is there then. A paid picture that it replaces becomes a take. `fresh`: the
 * take goes away afterwards. Throws what is wrong with the name's files (the take stays then): BROKEN_ORIGINAL,
 * LFS_POINTER, RECORD_UNREADABLE, RECORD_TOO_NEW, UNCLAIMED_FILE, LEAVES_PROJECT, FOLDER_UNWRITABLE, NO_SPACE.
 */
export async function exchange(
  name: string,
  take: Holding,
  fresh: boolean,
  tools: InspectTools,
): Promise<Holding> {
  const { layout, takes, exchanges } = tools
  const { key, original } = take.record
  const target = layout.picture(name, original.type)
  await assertNameInside(name, tools)
  const old = await examineName(name, tools, true)
  if (old.kind === 'whole' && isSame(old, take)) {
    if (fresh) await takes.remove(take)
    return old
  }
  // What the emulator drew is worth nothing beside a paid picture, and something among takes of its own.
  const amongDrawn = take.record.emulated && old.kind === 'whole' && old.record.key === key
  if (old.kind === 'whole' && (!old.record.emulated || amongDrawn)) await takes.add(old.record, old.file)
  await assertMayReplace(name, target, old, take, tools)
  await exchanges.begin({ name, key, take: take.record.take, fresh })
  // An emulated picture is in no take that would claim its file once the record is another's.
  if (old.kind === 'whole' && old.record.emulated && old.file !== target) await rm(old.file, { force: true })
  const there = await hashIfThere(target)
  if (there !== original.sha256) {
    await copyAtomic(take.file, target, { exclusive: there === undefined }).catch(
      (error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? unclaimed(name, target, tools) : error
      },
    )
  }
  return finish(name, take, fresh, tools)
}

/** Ends the exchanges that a crash cut: those whose picture is in its place get their record, the others leave a take. Throws LEAVES_PROJECT. */
export async function finishLeft(tools: InspectTools): Promise<void> {
  const { layout, takes, exchanges } = tools
  for (const left of await exchanges.left()) {
    await assertNameInside(left.name, tools)
    const take = await takes.get(left.key, left.take).catch(() => undefined)
    const there = take && (await hashIfThere(layout.picture(left.name, take.record.original.type)))
    const found = take && (await examineName(left.name, tools, true))
    const readable = found?.kind !== 'broken' || found.record !== undefined
    if (take !== undefined && there === take.record.original.sha256 && readable)
      await finish(left.name, take, left.fresh, tools)
    else await exchanges.end(left.name)
  }
}

/** The picture is in its place: writes the record, which makes it count, and tidies up. */
async function finish(name: string, take: Holding, fresh: boolean, tools: InspectTools): Promise<Holding> {
  const { layout, takes, exchanges } = tools
  const file = layout.picture(name, take.record.original.type)
  const record = { ...take.record, original: { ...take.record.original, file: basename(file) } }
  await writeAtomic(layout.record(name), recordText(record))
  for (const type of PICTURE_TYPES) {
    const other = layout.picture(name, type)
    const hash = other === file ? undefined : await hashIfThere(other).catch(() => undefined)
    if (hash !== undefined && (await takes.holds(hash))) await rm(other, { force: true })
  }
  if (fresh) await takes.remove(take)
  await exchanges.end(name)
  return { record, file }
}

async function assertMayReplace(
  name: string,
  target: string,
  old: Finding,
  take: Holding,
  tools: InspectTools,
): Promise<void> {
  const { sha256 } = take.record.original
  const there = await hashIfThere(target).catch(() => 'unreadable')
  if (old.kind === 'absent' || old.kind === 'broken') {
    const fetched =
      old.record?.original.sha256 === sha256 && (old.kind === 'absent' || old.problem.code === 'LFS_POINTER')
    const claimedAnew = old.record !== undefined && there === sha256
    if (fetched || claimedAnew) return
    if (old.kind === 'broken' || !old.record.emulated) throw old.problem
  }
  const claimed = old.kind === 'whole' && old.record.original.sha256 === there
  if (there === undefined || there === sha256 || claimed || (await tools.takes.holds(there))) return
  throw unclaimed(name, target, tools)
}

function isSame(a: Holding, b: Holding): boolean {
  const same = ({ key, emulated, adopted, original }: OriginalRecord) =>
    [key, original.sha256, emulated ?? false, adopted ?? false].join()
  return same(a.record) === same(b.record)
}

function unclaimed(name: string, file: string, { layout }: InspectTools): Error {
  return createError('UNCLAIMED_FILE', { file: layout.show(file), name }, { picture: name })
}
