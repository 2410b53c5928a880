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
  /** Whether the picture lies beside its answer in the spool, and gets its name from there. */
  readonly beside?: true
  /** What name `a` is asked for afterwards, and had before (`undefined`: nothing that was paid for). */
  readonly wanted: NewOriginal
  readonly before: NewOriginal | undefined
}

const boat = original('A boat.')
const drawn = original('A boat.', { emulated: true, look: 'drawn' })

/** As a run does it: in the spool before sending, the answer there before it is decoded, then kept. */
export async function buy(
  store: Store,
  { wanted, beside }: Pick<Job, 'wanted' | 'beside'>,
  onPaid = () => {},
): Promise<void> {
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
  if (beside) await store.spool.receive('r1', '{}', { pictures: new Map([[0, wanted.bytes]]) })
  else await store.spool.receive('r1', wanted.bytes, { contentType: 'application/json' })
  onPaid()
  await keep(store, { wanted, ...(beside && { beside }) })
}

/** The second half, which a later run can do without paying. */
export async function keep(store: Store, { wanted, beside }: Pick<Job, 'wanted' | 'beside'>): Promise<void> {
  const source = beside && store.spool.pictureOf('r1', 0)
  await store.originals.commit({ name: 'a', ...wanted, source })
  await store.spool.finish('r1')
}

const buying = (wanted: NewOriginal, before?: NewOriginal, beside?: true): Job => ({
  ...(beside && { beside }),
  wanted,
  before: before?.emulated ? undefined : before,
  prepare: async (store) => before && store.originals.commit({ name: 'a', ...before }),
  buys: true,
  async run(root, onPaid) {
    const store = openStore(root)
    await store.prepare()
    await buy(store, { wanted, ...(beside && { beside }) }, onPaid)
  },
})

export const jobs: Record<string, Job> = {
  'a first picture': buying(boat),
  'a first picture that lies beside its answer': buying(boat, undefined, true),
  'a picture beside its answer in the place of another': buying(original('A ship.'), boat, true),
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
