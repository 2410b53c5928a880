import { describe, expect, it } from 'vitest'
import { startPaidApi } from '../support/api.ts'
import { KEY, manifest } from '../support/site.ts'
import { projectWith, steady } from './support.ts'

const THREE = manifest({
  boat: { prompt: 'A boat.', alt: 'A boat' },
  'blog/hero': { prompt: 'A harbour.', alt: 'A harbour', size: '16:9' },
  ship: { prompt: 'A ship.', alt: 'A ship' },
})
const ONE = manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } })

describe('generate', () => {
  it('makes what is missing, says what it came to, and makes nothing twice', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(THREE, api.baseURL)
    const first = steady(await sh(['--concurrency', '1']))
    // They are decoded side by side, so that any may be the first to be kept.
    expect(first.replaceAll(/of 3: .*/g, 'of 3: …')).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      3 pictures made, 0 kept. Spent $0.14, with 3 requests.

      --- err
      Asking for 3 pictures, about $0.14.
      1 of 3: …
      2 of 3: …
      3 of 3: …
      "
    `)
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      0 pictures made, 3 kept. Nothing was asked for.
      "
    `)
    expect(api.posts).toBe(3)
  })

  it('asks again for a picture whose prompt was edited', async () => {
    const api = await startPaidApi()
    const { sh, write } = await projectWith(ONE, api.baseURL)
    await sh([])
    await write(manifest({ boat: { prompt: 'A boat at dusk.', alt: 'A boat' } }))
    expect(steady(await sh(['generate']))).toContain('1 picture made, 0 kept. Spent $0.05, with 1 request.')
    expect(api.posts).toBe(2)
  })

  it('copies a picture that is kept under another name', async () => {
    const api = await startPaidApi()
    const { sh, write } = await projectWith(ONE, api.baseURL)
    await sh([])
    await write(manifest({ vessel: { prompt: 'A boat.', alt: 'A boat' } }))
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      0 pictures made, 1 copied, 0 kept. Nothing was asked for.

      --- err
      vessel: copied, the same request was kept already
      "
    `)
    expect(api.posts).toBe(1)
  })

  it('tells warnings first', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(manifest({ boat: 'A boat.' }), api.baseURL)
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      1 picture made, 0 kept. Spent $0.05, with 1 request.

      --- err
      ! boat: There is no text alternative. [NO_ALT]
        at images.prompts.json:3:5
        → Add "alt": a sentence for people who do not see the picture, or "decorative": true.
      Asking for 1 picture, about $0.05.
      1 of 1: boat, N s, $0.05 spent
      "
    `)
  })

  it('says which picture failed, and why', async () => {
    const api = await startPaidApi()
    const bad = { prompt: 'Something [blocked].', alt: 'Nothing' }
    const { sh, write } = await projectWith(manifest({ bad }), api.baseURL)
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 1
      --- out
      0 pictures made, 0 kept, 1 failed. Spent $0.00, with 1 request.

      --- err
      Asking for 1 picture, about $0.05.
      ✗ bad: failed (REFUSED), more below
      ✗ bad: The API refuses this prompt: Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_ID. safety_violations=[violence]. Details: {"moderation_stage":"input","categories":["violence"]} [REFUSED]
        at images.prompts.json:3:5
        → Write the prompt differently; the same one is refused again.
      "
    `)
    api.emulator.faults.order({ fault: 'status', status: 502 })
    await write(ONE)
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 1
      --- out
      0 pictures made, 0 kept, 1 failed. Spent $0.05, $0.05 of it maybe, with 1 request.

      --- err
      Asking for 1 picture, about $0.05.
      ✗ boat: failed (OUTCOME_UNKNOWN), more below
      ✗ boat: http://127.0.0.1:PORT answered 502: Bad gateway. The request was sent and may have been billed (request id req_ID). [OUTCOME_UNKNOWN]
        at images.prompts.json:3:5
        → It is not sent again in this run; the next run says so before it asks again.
      "
    `)
    expect(api.posts).toBe(2)
  })

  it('goes on after a failure', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(THREE, api.baseURL)
    api.emulator.faults.order({ fault: 'status', status: 502, match: 'A boat' })
    const { status, out } = await sh(['--json'])
    expect(status).toBe(1)
    const { made, failed } = JSON.parse(out)
    expect(made.sort()).toEqual(['blog/hero', 'ship'])
    expect(failed).toMatchObject([{ name: 'boat', error: { code: 'OUTCOME_UNKNOWN' } }])
  })

  it('asks for what a filter names alone', async () => {
    const api = await startPaidApi()
    const { sh, tree } = await projectWith(THREE, api.baseURL)
    await sh(['--filter', 'hero'])
    await sh(['--filter', '*/hero'])
    expect(await tree()).toEqual(expect.arrayContaining(['blog/hero.json', 'blog/hero.png']))
    expect(api.posts).toBe(1)
    await sh(['--filter', '{boat,ship}'])
    expect(api.posts).toBe(3)
  })

  it('stops before the first request where the plan is over the budget', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(THREE, api.baseURL)
    expect(steady(await sh(['--budget-images', '2']))).toMatchInlineSnapshot(`
      "
      status 3
      --- err
      ✗ The plan asks for 3 pictures for about $0.14; the budget of a run is 2 pictures. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 3), or make fewer with --filter.
      "
    `)
    expect(steady(await sh(['--budget-usd', '0.1', '--budget-images', '1']))).toMatchInlineSnapshot(`
      "
      status 3
      --- err
      ✗ The plan asks for 3 pictures for about $0.14; the budget of a run is 1 picture. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 3) and budget.usd (--budget-usd 0.14), or make fewer with --filter.
      "
    `)
    expect(api.posts).toBe(0)
    expect(await sh(['--budget-usd', '0.2'])).toMatchObject({ status: 0 })
  })

  it('has no limit where none is asked for', async () => {
    const api = await startPaidApi()
    const files = { ...ONE, 'generate-images.config.json': { budget: { images: 0, usd: 0 } } }
    const { sh } = await projectWith(files, api.baseURL)
    expect(await sh([])).toMatchObject({ status: 3 })
    expect(await sh(['--budget-images', 'none', '--budget-usd', 'none'])).toMatchObject({ status: 0 })
  })

  it('says that a request of an earlier run may have been billed, before it asks again', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(ONE, api.baseURL)
    api.emulator.faults.order({ fault: 'cut-body' })
    expect(await sh([])).toMatchObject({ status: 1 })
    expect(steady(await sh(['plan']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      missing  boat  gpt-image-2  1024x1024  $0.05  images.prompts.json:3:5  asked for at TIME, without an answer, maybe billed

      0 kept, 1 missing.
      1 picture to ask for, about $0.05. Next: npx generate-images
      "
    `)
    expect(steady(await sh([]))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      1 picture made, 0 kept. Spent $0.05, with 1 request.

      --- err
      ! boat: asked for at TIME, and no picture came; that may have been billed ($0.05). It is asked for again now.
      Asking for 1 picture, about $0.05.
      1 of 1: boat, N s, $0.05 spent
      "
    `)
  })
})

describe('generate --json', () => {
  it('prints JSON alone', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(manifest({ boat: 'A boat.' }), api.baseURL)
    const { status, out, err } = await sh(['--json'])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toEqual({
      ...{ made: ['boat'], copied: [], recovered: [], failed: [], kept: 0 },
      ...{ requests: 1, spentUsd: expect.closeTo(0.053, 3), maybeUsd: 0, emulatedUsd: 0 },
    })
    expect(err).not.toContain('{')
  })

  it('prints errors as JSON alone, too', async () => {
    const { sh } = await projectWith(ONE)
    const { status, out, err } = await sh(['--json'])
    expect({ status, err }).toEqual({ status: 2, err: '' })
    expect(JSON.parse(out)).toMatchInlineSnapshot(`
      {
        "error": {
          "code": "NO_KEY",
          "hint": "Set COMETAPI_KEY (or OPENAI_API_KEY, or GENERATE_IMAGES_API_KEY) in .env.local; to try without one: --provider emulator.",
          "places": [],
          "sentence": "1 picture is to be made and no API key is set for api.cometapi.com.",
        },
      }
    `)
  })

  it('has each failure with its code', async () => {
    const api = await startPaidApi({ apiKey: 'another' })
    const { sh } = await projectWith(ONE, api.baseURL)
    const { status, out } = await sh(['--json'])
    expect(status).toBe(2)
    expect(JSON.parse(out)).toMatchObject({
      made: [],
      failed: [{ name: 'boat', error: { code: 'KEY_REFUSED', picture: 'boat' } }],
    })
    expect(out).not.toContain(KEY)
  })
})

describe('generate with the emulator', () => {
  it('spends nothing, and says so', async () => {
    const { sh } = await projectWith(ONE)
    expect(steady(await sh(['--provider', 'emulator']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      1 picture made, 0 kept. Nothing spent: the emulator is free (about $0.05 at a real API), with 1 request.

      --- err
      Asking for 1 picture, the emulator is free.
      1 of 1: boat, N s, the emulator is free
      "
    `)
    expect(JSON.parse((await sh(['--provider', 'emulator', '--json'])).out)).toMatchObject({
      kept: 1,
      spentUsd: 0,
    })
  })

  it('counts as missing once there is a real API', async () => {
    const { sh } = await projectWith(ONE)
    await sh(['--provider', 'emulator'])
    expect((await sh(['check'])).status).toBe(0)
    expect((await sh(['check'], { environment: { COMETAPI_KEY: 'k' } })).status).toBe(1)
  })
})

describe('generate where nothing may be asked for', () => {
  it('says why, for every picture', async () => {
    const api = await startPaidApi()
    const { sh, tree } = await projectWith(THREE, api.baseURL)
    expect(steady(await sh([], { environment: { CI: 'true' } }))).toMatchInlineSnapshot(`
      "
      status 1
      --- err
      ✗ 3 errors:

      blog/hero: The picture is missing, and CI is set, so nothing is asked for (mode: frozen). [MISSING]
        at images.prompts.json:7:5
        → Run \`npx generate-images\` where there is a key, and commit the pictures it keeps.

      boat: The picture is missing, and CI is set, so nothing is asked for (mode: frozen). [MISSING]
        at images.prompts.json:3:5
        → Run \`npx generate-images\` where there is a key, and commit the pictures it keeps.

      ship: The picture is missing, and CI is set, so nothing is asked for (mode: frozen). [MISSING]
        at images.prompts.json:12:5
        → Run \`npx generate-images\` where there is a key, and commit the pictures it keeps.
      "
    `)
    expect(await sh(['--mode', 'frozen'])).toMatchObject({ status: 1 })
    expect(await sh(['--mode', 'draft'])).toMatchObject({ status: 1 })
    expect(api.posts).toBe(0)
    expect(await tree('.')).toEqual(['images.prompts.json'])
  })

  it('is content where nothing is missing', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(ONE, api.baseURL)
    await sh([])
    expect(steady(await sh(['--mode', 'frozen']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      0 pictures made, 1 kept. Nothing was asked for.
      "
    `)
    expect(JSON.parse((await sh(['--mode', 'frozen', '--json'])).out)).toMatchObject({ made: [], kept: 1 })
  })

  it('asks all the same where CI is told to', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(ONE, api.baseURL)
    expect(await sh(['--mode', 'generate'], { environment: { CI: 'true' } })).toMatchObject({ status: 0 })
    expect(api.posts).toBe(1)
  })
})
