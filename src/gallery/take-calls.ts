// The calls about pictures that are there: choosing one, bringing one's own, deleting what nothing asks for.
import { createError } from '../errors/index.ts'
import type { CallTools, Changing, Handlers } from './call-handlers.ts'

/** See `Handlers`. */
export function takeCalls({
  project,
  changing,
}: CallTools & { readonly changing: Changing }): Pick<Handlers, 'pick' | 'adopt' | 'prune'> {
  const missing = () => createError('NOT_ALLOWED', { why: 'not there yet' })
  return {
    pick: ({ name }) => changing(name, async () => Promise.reject(missing())),
    adopt: (_, name) => changing(name, async () => Promise.reject(missing())),
    prune: () => Promise.reject(missing()),
  }
}
