// What there is to choose from: every picture that is kept for a name's prompt.
import { createError } from '../errors/index.ts'
import { nearest } from '../spec/nearest.ts'
import type { Holding, Store } from '../store/index.ts'
import type { Collection } from './collect.ts'

/** One picture that a person may choose. */
export interface Take extends Holding {
  /** What `pick` takes; of the pictures of a name, each has its own. */
  readonly number: number
  /** Whether it lies under the name. */
  readonly shown: boolean
}

/** What looking for takes needs. */
export interface TakeTools {
  readonly store: Store
  /** Whether pictures of the emulator count. */
  readonly acceptEmulated: boolean
}

/**
 * The pictures of a name's prompt as it is written now, by number: those among the takes, and those under this and other
 * names. Throws NO_SUCH_PICTURE.
 */
export async function takesOf(
  collection: Collection,
  name: string,
  { store, acceptEmulated }: TakeTools,
): Promise<readonly Take[]> {
  const { originals, takes } = store
  const picture = pictureOf(collection, name)
  const { key } = picture.spec
  const others = [...collection.pictures.values()].filter((one) => one !== picture && one.spec.key === key)
  const under = async (of: string) => {
    const found = await originals.inspect(of, key, { acceptEmulated })
    return found.state === 'kept' ? found : undefined
  }
  const shown = await under(name)
  const named = [shown, ...(await Promise.all(others.map((one) => under(one.name))))]
  const found = new Map<number, Holding>()
  for (const one of [...(await takes.list(key)), ...named]) {
    if (one === undefined || (one.record.emulated && !acceptEmulated)) continue
    if ([...found.values()].some((other) => isSame(other, one))) continue
    // The number that it would have among the takes: of two clones, both may have made a second one.
    let number = one.record.take
    while (found.has(number)) number++
    found.set(number, { record: one.record, file: one.file })
  }
  return [...found]
    .map(([number, one]) => ({ ...one, number, shown: shown !== undefined && isSame(shown, one) }))
    .sort((a, b) => a.number - b.number)
}

/** A picture that the project asks for. Throws NO_SUCH_PICTURE. */
export function pictureOf(collection: Collection, name: string) {
  const picture = collection.pictures.get(name)
  if (picture !== undefined) return picture
  throw createError('NO_SUCH_PICTURE', { name, nearest: nearest(name, collection.pictures.keys()) })
}

function isSame(a: Holding, b: Holding): boolean {
  return a.record.original.sha256 === b.record.original.sha256
}
