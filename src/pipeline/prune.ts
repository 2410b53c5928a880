// What nothing asks for any more. Paid pictures move among the takes, where the same prompt finds them again for free.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createError, GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Claim, Holding } from '../store/index.ts'
import type { Collection } from './collect.ts'
import type { TakeTools } from './takes-of.ts'

/** How to prune. */
export interface PruneOptions {
  /** Looks, and changes nothing. */
  readonly dryRun?: boolean
  /** Deletes takes of keys as well that neither a prompt nor a kept picture has. */
  readonly takes?: boolean
  /** Which names it is about; all unless told. Takes have none. */
  readonly filter?: (name: string) => boolean
  /** Of these takes alone (absolute files), should more have come since a person looked. */
  readonly takeFilter?: (file: string) => boolean
}

/** One picture that goes. */
export interface PrunedPicture {
  readonly name: string
  /** Where it lies, or lay; from the root. */
  readonly file: string
  readonly bytes: number
  /** What it cost; `null` where that is not known. */
  readonly usd: number | null
  /** `moved`: among the takes. `deleted`: drawn by the emulator. */
  readonly what: 'moved' | 'deleted'
}

/** One take that is deleted. */
export interface PrunedTake extends Omit<PrunedPicture, 'name' | 'what'> {
  readonly key: string
  readonly take: number
  readonly prompt: string
}

/** What was pruned, or would be. */
export interface Pruned {
  readonly pictures: readonly PrunedPicture[]
  readonly takes: readonly PrunedTake[]
  /** What stays, because it is broken or another process has it under way. */
  readonly left: readonly { readonly name: string; readonly error: GenerateImagesError }[]
}

/**
 * Takes away what nothing asks for. Throws where the collection has mistakes or files that were not scanned: what can't be
 * read must not look as if nobody asked for it.
 */
export async function prune(
  collection: Collection,
  options: PruneOptions,
  { store }: TakeTools,
): Promise<Pruned> {
  throwAll(collection.errors)
  const [unread] = collection.warnings.filter(({ code }) => code === 'NOT_SCANNED')
  if (unread !== undefined)
    throw createError(
      'NOT_SURE',
      { what: 'a source file is too large to be scanned' },
      { places: unread.places },
    )
  const { dryRun = false, filter = () => true, takeFilter = () => true } = options
  const { originals, layout, claims } = store
  await store.assertInside()
  const listed = await originals.list()
  const pictures: PrunedPicture[] = []
  const takes: PrunedTake[] = []
  const left: { name: string; error: GenerateImagesError }[] = []

  /** Works while no process has the key under way; leaves the picture where one has. */
  const holding = async <T>(name: string, key: string, work: () => Promise<T>): Promise<T | undefined> => {
    let claim: Claim | undefined
    try {
      claim = await claims.attempt(key)
      if (claim === undefined) throw createError('UNDER_WAY', {}, { picture: name })
      return await work()
    } catch (error) {
      if (!(error instanceof GenerateImagesError)) throw error
      left.push({ name, error })
      return undefined
    } finally {
      await claim?.release()
    }
  }
  const facts = ({ file, record }: Holding) => {
    return { file: layout.show(file), bytes: record.original.bytes, usd: record.cost.usd }
  }

  for (const { name, record, problem } of listed) {
    if (collection.pictures.has(name) || !filter(name)) continue
    if (record === undefined) {
      if (problem !== undefined) left.push({ name, error: problem })
      continue
    }
    const look = async () => {
      const found = await originals.inspect(name, undefined, { acceptEmulated: true, deep: true })
      if (found.state === 'kept') return found
      const { record: of, file, problem } = found
      // Cut by a crash: it is among the takes already, and the record alone is left.
      const isMoved = of !== undefined && file !== undefined && !existsSync(file)
      if (isMoved && (await store.takes.holds(of.original.sha256))) return { record: of, file }
      if (problem !== undefined) left.push({ name, error: problem })
      return undefined
    }
    const gone = dryRun
      ? await look()
      : await holding(name, record.key, () => originals.retire(name, record.key))
    if (gone === undefined) continue
    pictures.push({ name, ...facts(gone), what: record.emulated ? 'deleted' : 'moved' })
  }

  const wanted = new Set([...collection.pictures.values()].map(({ spec }) => spec.key))
  for (const { record } of listed) if (record !== undefined) wanted.add(record.key)
  const keys = options.takes ? await readdir(layout.takes).catch(() => []) : []
  for (const key of keys.filter((one) => /^[0-9a-f]{64}$/.test(one) && !wanted.has(one))) {
    for (const take of (await store.takes.list(key)).filter(({ file }) => takeFilter(file))) {
      const shown = { ...facts(take), key, take: take.record.take, prompt: take.record.request.prompt }
      const remove = async () => {
        await store.takes.remove(take)
        return shown
      }
      const gone = dryRun ? shown : await holding(shown.file, key, remove)
      if (gone !== undefined) takes.push(gone)
    }
  }
  return { pictures, takes, left }
}
