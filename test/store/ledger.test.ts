import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../src/store/index.ts'
import { freshStore, keyFor, openStore, rejection, tempFolder } from './support.ts'

const line = (more: Partial<LedgerLine> = {}): LedgerLine => ({
  v: 1,
  at: '2026-11-22T10:00:00.000Z',
  id: 'r1',
  name: 'src/boat',
  key: keyFor('A boat.'),
  model: 'gpt-image-2',
  n: 1,
  provider: 'api.cometapi.com',
  outcome: 'paid',
  usd: 0.05,
  basis: 'usage',
  ...more,
})

describe('the ledger', () => {
  it('keeps every line in order', async () => {
    const store = await freshStore()
    expect(await store.ledger.read()).toEqual([])
    await store.ledger.append(line())
    await store.ledger.append(line({ id: 'r2', requestId: 'req_1' }))
    expect((await openStore(store.layout.root).ledger.read()).map(({ id }) => id)).toEqual(['r1', 'r2'])
    expect(await readFile(store.layout.ledger, 'utf8')).toBe(
      `${JSON.stringify(line())}\n${JSON.stringify(line({ id: 'r2', requestId: 'req_1' }))}\n`,
    )
  })

  it('leaves a torn line out and keeps the next one apart from it', async () => {
    const store = await freshStore()
    for (const id of ['r1', 'r2', 'r3']) await store.ledger.append(line({ id }))
    await truncate(store.layout.ledger, (await readFile(store.layout.ledger)).length - 40)
    expect((await store.ledger.read()).map(({ id }) => id)).toEqual(['r1', 'r2'])
    await store.ledger.append(line({ id: 'r4' }))
    expect((await store.ledger.read()).map(({ id }) => id)).toEqual(['r1', 'r2', 'r4'])
  })

  it('keeps a last line that lacks only its end', async () => {
    const store = await freshStore()
    await store.ledger.append(line())
    await truncate(store.layout.ledger, (await readFile(store.layout.ledger)).length - 1)
    await store.ledger.append(line({ id: 'r2' }))
    expect(await store.ledger.read()).toHaveLength(2)
  })

  it('skips what is no line', async () => {
    const store = await freshStore()
    await appendFile(
      store.layout.ledger,
      `\n{}\n[]\nnull\n${JSON.stringify({ ...line(), outcome: 'free' })}\n\0\0\0\n`,
    )
    await store.ledger.append(line())
    expect(await store.ledger.read()).toEqual([line()])
  })

  it('takes lines of many processes at once', async () => {
    const { layout } = await freshStore()
    const ids = Array.from({ length: 40 }, (_, index) => `r${index}`)
    await Promise.all(ids.map((id) => openStore(layout.root).ledger.append(line({ id }))))
    expect((await openStore(layout.root).ledger.read()).map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  it('knows the last line of each key', async () => {
    const store = await freshStore()
    const key = keyFor('A boat.')
    await store.ledger.append(line({ outcome: 'unknown', id: 'r1' }))
    await store.ledger.append(line({ key: keyFor('A ship.') }))
    expect((await store.ledger.latest()).get(key)).toMatchObject({ id: 'r1' })
    expect((await store.ledger.latest()).get(keyFor('A whale.'))).toBeUndefined()
    await store.ledger.append(line())
    expect((await store.ledger.latest()).get(key)).toMatchObject({ outcome: 'paid' })
    await store.ledger.append(line({ outcome: 'unknown', id: 'r4' }))
    expect((await store.ledger.latest()).get(key)).toMatchObject({ id: 'r4' })
  })

  it('refuses a line that it could not read again, and says where it can’t write', async () => {
    const store = await freshStore()
    await expect(store.ledger.append(line({ usd: -1 }))).rejects.toThrow()
    expect(await store.ledger.read()).toEqual([])
    await mkdir(store.layout.ledger)
    expect((await rejection(store.ledger.append(line()))).code).toBe('FOLDER_UNWRITABLE')
    const root = await tempFolder()
    await writeFile(`${root}/generated-images`, '')
    expect((await rejection(openStore(root).ledger.append(line()))).code).toBe('FOLDER_UNWRITABLE')
  })
})
