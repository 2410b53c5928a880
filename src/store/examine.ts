import type { Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { createError, GenerateImagesError } from '../errors/index.ts'
import type { Fence } from './fence.ts'
import { hashFile } from './hash.ts'
import type { Layout } from './layout.ts'
import type { Memo } from './memo.ts'
import { patient } from './patient.ts'
import type { OriginalRecord, PictureType } from './record.ts'
import type { Records } from './records.ts'

const LFS_LINE = 'version https://git-lfs.github.com/spec/'

/** A whole picture: its record, and the file whose bytes it describes. */
export interface Holding {
  readonly record: OriginalRecord
  /** Absolute. */
  readonly file: string
}

/** A record and its picture as they are found. */
export type Finding =
  /** No record. */
  | { readonly kind: 'none' }
  | ({ readonly kind: 'whole' } & Holding)
  /** A record without its picture. */
  | ({ readonly kind: 'absent'; readonly problem: GenerateImagesError } & Holding)
  /** Anything else: `actual` is the hash of what lies there instead, where it could be read. */
  | ({
      readonly kind: 'broken'
      readonly problem: GenerateImagesError
      readonly actual?: string
    } & Partial<Holding>)

/** Where to look. `name` is that of an original, and missing for a take. */
export interface Place {
  readonly record: string
  picture(type: PictureType): string
  readonly name?: string
}

/** What examining needs of the store. */
export interface ExamineTools {
  readonly layout: Layout
  readonly memo: Memo
  readonly fence: Fence
  readonly records: Records
}

/** Looks whether record and picture agree. Hashes the picture where the memo does not vouch for it; always with `deep`. */
export async function examine(
  place: Place,
  tools: ExamineTools,
  { deep = false }: { deep?: boolean } = {},
): Promise<Finding> {
  const { layout, memo, fence, records } = tools
  let record: OriginalRecord | undefined
  try {
    record = await records.read(place.record)
  } catch (error) {
    return { kind: 'broken', problem: inPicture(error as GenerateImagesError, place.name) }
  }
  if (record === undefined) return { kind: 'none' }
  const file = place.picture(record.original.type)
  const broken = (problem: 'absent' | 'differs' | 'unreadable', detail?: string) => {
    const files = { file: layout.show(file), record: layout.show(place.record) }
    const name = place.name !== undefined && { name: place.name }
    return createError(
      'BROKEN_ORIGINAL',
      { ...files, ...name, problem, ...(detail !== undefined && { detail }) },
      { picture: place.name },
    )
  }
  try {
    const stats = fence.look(file)
    if (stats === undefined) return { kind: 'absent', problem: broken('absent'), record, file }
    const actual = await knownHash(file, stats, memo, deep)
    if (actual === record.original.sha256) return { kind: 'whole', record, file }
    const lfs = stats.size < 1024 && (await firstBytes(file)) === LFS_LINE
    const problem = lfs
      ? createError('LFS_POINTER', { file: layout.show(file) }, { picture: place.name })
      : broken('differs')
    return { kind: 'broken', problem, record, file, actual }
  } catch (error) {
    if (error instanceof GenerateImagesError)
      return { kind: 'broken', problem: inPicture(error, place.name), record, file }
    const { code, message } = error as NodeJS.ErrnoException
    return { kind: 'broken', problem: broken('unreadable', code ?? message), record, file }
  }
}

async function knownHash(file: string, stats: Stats, memo: Memo, deep: boolean): Promise<string> {
  const known = deep ? undefined : await memo.lookup(file, stats)
  if (known !== undefined) return known
  const actual = await hashFile(file, stats.size)
  await memo.remember(file, stats, actual)
  return actual
}

async function firstBytes(file: string): Promise<string> {
  const handle = await patient(() => open(file))
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LFS_LINE.length))
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The same error about a picture. */
export function inPicture(error: GenerateImagesError, picture: string | undefined): GenerateImagesError {
  return new GenerateImagesError(error.code, error.sentence, error.hint, { picture, cause: error.cause })
}
