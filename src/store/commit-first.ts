import { lstatSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { createNew, linkNew } from './atomic.ts'
import type { ExamineTools, Holding } from './examine.ts'
import { PICTURE_TYPES } from './layout.ts'
import { ignoreAbsent } from './read.ts'
import { type OriginalRecord, parseRecord, recordText } from './record.ts'

/**
 * Puts a picture under a name that nothing lies under: the picture, by a link where the disk has it in `source` already, then
 * the record that makes it count, both only where no file is. A crash between the two leaves a picture that the next commit
 * of the same bytes takes over. `undefined` where something is there, or a link on the way leads out of the project: then it
 * is an exchange. Throws FOLDER_UNWRITABLE, NO_SPACE.
 */
export async function commitFirst(
  name: string,
  record: OriginalRecord,
  bytes: Uint8Array,
  { layout, fence }: Pick<ExamineTools, 'layout' | 'fence'>,
  source?: string,
): Promise<Holding | undefined> {
  const file = layout.picture(name, record.original.type)
  const recordFile = layout.record(name)
  const isInside = await fence.folder(dirname(file)).then(
    () => true,
    () => false,
  )
  if (!isInside) return undefined
  if ([recordFile, ...PICTURE_TYPES.map((type) => layout.picture(name, type))].some(isThere)) return undefined
  const kept = { ...record, original: { ...record.original, file: basename(file) } }
  const text = recordText(kept)
  // Nothing is kept under a record that could not be read again.
  parseRecord(text, layout.show(recordFile))
  // The record makes both names last. Until then the answer is in the spool.
  const put =
    source === undefined ? createNew(file, bytes, { durable: 'bytes' }) : linkNew(source, file, bytes)
  if (!(await isCreated(put))) return undefined
  if (await isCreated(createNew(recordFile, text))) return { record: kept, file }
  // Somebody put a record there in between: whatever it describes, it is not this file.
  await unlink(file).catch(ignoreAbsent)
  return undefined
}

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

async function isCreated(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
