// The calls about pictures that are there: choosing one, bringing one's own, taking away what nothing asks for. They spend
// nothing, and lose nothing: what lay in a picture's place becomes a take.
import { createError } from '../errors/index.ts'
import type { Collection } from '../pipeline/collect.ts'
import { pictureOf } from '../pipeline/takes-of.ts'
import type { CallTools, Changing, Handlers } from './call-handlers.ts'
import { whyFrozen } from './listing.ts'

/** See `Handlers`. */
export function takeCalls({
  project,
  changing,
  inTurn,
  collect,
  changed,
}: CallTools & {
  readonly changing: Changing
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
}): Pick<Handlers, 'pick' | 'adopt' | 'prune'> {
  const change = (name: string, work: (collection: Collection) => Promise<unknown>) =>
    changing(name, async (collection) => {
      const frozen = whyFrozen(project)
      if (frozen !== undefined) throw frozen
      await work(collection)
    })
  return {
    pick: ({ name, key, take }) =>
      change(name, async (collection) => {
        // The page may show the takes of a prompt that was edited since.
        if (pictureOf(collection, name).spec.key !== key)
          throw createError('NO_SUCH_TAKE', { take, there: [] }, { picture: name })
        await project.pick(collection, name, take)
      }),
    adopt: (bytes, name) => change(name, (collection) => project.adopt(collection, name, bytes)),
    prune: ({ names }) =>
      inTurn(async () => {
        const frozen = whyFrozen(project)
        if (frozen !== undefined) throw frozen
        const wanted = new Set(names)
        const pruned = await project.prune(await collect(), { filter: (name) => wanted.has(name) })
        changed()
        const [left] = pruned.left
        if (pruned.pictures.length === 0 && left !== undefined) throw left.error
        return { deleted: pruned.pictures.map(({ name }) => name) }
      }),
  }
}
