// What becomes of a paid answer that can't be decoded now, for reasons that are not its own.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRedactor, createScrubber, findPrice } from '../../src/api/index.ts'
import { createError } from '../../src/errors/index.ts'
import { type SettleTools, settleAnswer } from '../../src/pipeline/settle.ts'
import { inspectOriginal } from '../../src/render/inspect.ts'
import { keyOf } from '../../src/spec/key.ts'
import { createStore } from '../../src/store/index.ts'
import { picture } from '../render/pictures.ts'

test.each([
  createError('NO_ENCODER', { why: 'it is not installed' }),
  createError('PICTURE_TOO_SLOW', { type: 'png', seconds: 30 }),
])('$code leaves it where it is, and the next run finishes it for free', async (error) => {
  const root = await mkdtemp(join(tmpdir(), 'settle-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const store = createStore({
    root,
    folder: 'generated-images',
    cacheDir: join(root, 'cache'),
    rescueDir: join(root, '../rescue'),
  })
  await store.prepare()
  const request = { model: 'gpt-image-2', prompt: 'A boat' }
  const asked = {
    ...{
      id: 'one',
      key: keyOf(request),
      name: 'boat',
      n: 1,
      provider: 'https://api.example',
      estimateUsd: 0.05,
    },
    ...{ at: '2026-11-22T10:00:00.000Z', request },
  }
  const raw = Buffer.from(
    JSON.stringify({ created: 1, data: [{ b64_json: (await picture()).toString('base64') }] }),
  )
  await store.spool.begin({ ...asked, pid: process.pid })
  await store.spool.receive('one', raw, { contentType: 'application/json' })
  const answer = {
    ...asked,
    requestId: undefined,
    raw,
    contentType: 'application/json',
    beside: new Map(),
    inLedger: false,
  }
  const settle = (inspect: SettleTools['inspect']) =>
    settleAnswer(
      { ...answer },
      {
        ...{ store, prices: findPrice({}), inspect, scrub: createScrubber([]), redact: createRedactor([]) },
        fetchPicture: () => Promise.reject(new Error('there is no link')),
      },
      { picture: 'boat' },
    )
  const settled = await settle(() => Promise.reject(error))
  expect(settled).toMatchObject({ billed: 'yes', error: { code: error.code, picture: 'boat' } })
  expect((await readdir(store.layout.spool)).sort()).toEqual(['one.body', 'one.json'])
  expect(await readdir(store.layout.rejected).catch(() => [])).toEqual([])
  expect((await settle(inspectOriginal)).error).toBeUndefined()
  expect(await readdir(join(root, 'generated-images'))).toEqual(
    expect.arrayContaining(['boat.json', 'boat.png']),
  )
  expect(await readdir(store.layout.spool)).toEqual([])
})

test('what is no picture and lies beside its answer is set aside without the key', async () => {
  const root = await mkdtemp(join(tmpdir(), 'settle-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const store = createStore({ root, cacheDir: join(root, 'cache'), rescueDir: join(root, '../rescue') })
  await store.prepare()
  const request = { model: 'gpt-image-2', prompt: 'A boat' }
  const asked = {
    ...{ id: 'one', key: keyOf(request), name: 'boat', n: 1, provider: 'https://api.example', request },
    ...{ estimateUsd: 0.05, at: '2026-11-22T10:00:00.000Z' },
  }
  const key = 'sk-a-key-that-nobody-may-see'
  const raw = Buffer.from('{"created":1,"data":[{"b64_json":""}]}')
  const beside = new Map([[0, Buffer.from(`no picture, but ${key}`)]])
  await store.spool.begin({ ...asked, pid: process.pid })
  await store.spool.receive('one', raw, { pictures: beside })
  const { error } = await settleAnswer(
    { ...asked, ...{ raw, beside, requestId: undefined, contentType: '', inLedger: false } },
    {
      ...{ store, prices: findPrice({}), inspect: inspectOriginal },
      ...{ scrub: createScrubber([key]), redact: createRedactor([key]) },
      fetchPicture: () => Promise.reject(new Error('there is no link')),
    },
    { picture: 'boat' },
  )
  expect(error?.sentence).toContain('generated-images/.takes/.rejected/one.0.picture')
  expect((await readdir(store.layout.rejected)).sort()).toEqual(['one.0.picture', 'one.body', 'one.json'])
  const kept = await readFile(join(store.layout.rejected, 'one.0.picture'), 'utf8')
  expect(kept).toContain('no picture, but')
  expect(kept).not.toContain(key)
  expect(await readdir(store.layout.spool)).toEqual([])
})
