// A watcher makes a run of each saved file, in one process and so with one project.
import { expect, test } from 'vitest'
import { startPaidApi } from '../support/api.ts'
import { createSite, manifest } from '../support/site.ts'

const never = new AbortController().signal

/** Runs a project again and again, as a watcher does. */
async function watching(images: Readonly<Record<string, string>>) {
  const api = await startPaidApi()
  const site = await createSite(manifest(images), api.baseURL)
  const project = await site.open()
  const again = async () => {
    const collection = await project.collect()
    await project.recover(collection, never)
    const run = await project.generate(await project.plan(collection), {
      soon: never,
      now: never,
      onEvent: () => {},
    })
    const { made, failed, requests } = await run.done
    return { made, requests, failed: failed.map(({ name, error }) => `${name} ${error.code}`) }
  }
  return { api, site, again, close: () => project.close() }
}

test('a refused prompt is asked for once, until it is changed', async () => {
  const { api, site, again, close } = await watching({ boat: 'A [blocked] boat.', hat: 'A paper hat.' })
  expect(await again()).toEqual({ made: ['hat'], requests: 2, failed: ['boat REFUSED'] })
  expect(await again()).toEqual({ made: [], requests: 0, failed: ['boat GIVEN_UP'] })
  await site.write(manifest({ boat: 'A paper boat.', hat: 'A paper hat.' }))
  expect(await again()).toEqual({ made: ['boat'], requests: 1, failed: [] })
  expect(api.posts).toBe(3)
  await close()
})

test('a request that may have been billed is not repeated by a rebuild, but by a process that is started anew', async () => {
  const { api, site, again, close } = await watching({ boat: 'A paper boat.' })
  api.emulator.faults.order({ fault: 'cut-body' })
  expect(await again()).toEqual({ made: [], requests: 1, failed: ['boat OUTCOME_UNKNOWN'] })
  expect(await again()).toEqual({ made: [], requests: 0, failed: ['boat GIVEN_UP'] })
  expect(api.posts).toBe(1)
  await close()
  const { plan, report } = await site.run()
  expect(plan.images[0]!.before).toMatchObject({ outcome: 'unknown' })
  expect(report.made).toEqual(['boat'])
})

test('what was not billed is tried again', async () => {
  const { api, again, close } = await watching({ boat: 'A paper boat.' })
  api.emulator.faults.order({ fault: 'status', status: 401 })
  expect((await again()).failed).toEqual(['boat KEY_REFUSED'])
  expect(await again()).toEqual({ made: ['boat'], requests: 1, failed: [] })
  expect(api.posts).toBe(2)
  await close()
})
