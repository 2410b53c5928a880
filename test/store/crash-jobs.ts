// The jobs that the crash tests cut at every point.
import type { NewOriginal, Store } from '../../src/store/index.ts'
import { keyFor, openStore, original } from './pictures.ts'

export interface Job {
  /** What is there before. */
  prepare(store: Store): Promise<unknown>
  /** `onPaid`: the answer is on the disk. */
  run(root: string, onPaid: () => void): Promise<void>
  /** Whether it asks the API at all. */
  readonly buys: boolean
  /** What name `a` is asked for afterwards, and had before (`undefined`: nothing that was paid for). */
  readonly wanted: NewOriginal
  readonly before: NewOriginal | undefined
}

const boat = original('A boat.')
const drawn = original('A boat.', { emulated: true, look: 'drawn' })

/** As a run does it: in the spool before sending, the answer there before it is decoded, then kept. */
export async function buy(store: Store, wanted: NewOriginal, onPaid = () => {}): Promise<void> {
  const { key, request, provider } = wanted
  const entry = {
    id: 'r1',
    key,
    name: 'a',
    request,
    n: 1,
    provider,
    estimateUsd: 0.05,
    at: wanted.generatedAt,
  }
  await store.spool.begin({ ...entry, pid: process.pid })
  await store.spool.receive('r1', wanted.bytes, { contentType: 'application/json' })
  onPaid()
  await keep(store, wanted)
}

/** The second half, which a later run can do without paying. */
export async function keep(store: Store, wanted: NewOriginal): Promise<void> {
  await store.originals.commit({ name: 'a', ...wanted })
  await store.spool.finish('r1')
}

const buying = (wanted: NewOriginal, before?: NewOriginal): Job => ({
  wanted,
  before: before?.emulated ? undefined : before,
  prepare: async (store) => before && store.originals.commit({ name: 'a', ...before }),
  buys: true,
  async run(root, onPaid) {
    const store = openStore(root)
    await store.prepare()
    await buy(store, wanted, onPaid)
  },
})

export const jobs: Record<string, Job> = {
  'a first picture': buying(boat),
  'a picture in the place of another': buying(original('A ship.'), boat),
  'a picture of another type': buying(original('A ship.', { type: 'webp' }), boat),
  'a paid picture for a drawn one of another type': buying(original('A ship.', { type: 'jpeg' }), drawn),
  'a copy of another name': {
    wanted: original('A ship.'),
    before: boat,
    async prepare(store) {
      await store.originals.commit({ name: 'a', ...boat })
      await store.originals.commit({ name: 'b', ...original('A ship.') })
    },
    buys: false,
    async run(root) {
      const store = openStore(root)
      await store.originals.copy((await store.originals.findByKey(keyFor('A ship.')))!, 'a')
    },
  },
  'an old picture brought back': {
    wanted: boat,
    before: original('A ship.'),
    async prepare(store) {
      await store.originals.commit({ name: 'a', ...boat })
      await store.originals.commit({ name: 'a', ...original('A ship.') })
    },
    buys: false,
    async run(root) {
      const store = openStore(root)
      await store.originals.copy((await store.originals.findByKey(keyFor('A boat.')))!, 'a')
    },
  },
}
