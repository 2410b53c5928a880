import { describe, expect, it } from 'vitest'
import { startPaidApi } from '../support/api.ts'
import { manifest } from '../support/site.ts'
import { projectWith, steady } from './support.ts'

const TWO = manifest({
  boat: { prompt: 'A boat.', alt: 'A boat' },
  'blog/hero': { prompt: 'A harbour.', alt: 'A harbour', size: '16:9' },
})

describe('plan', () => {
  it('says what is missing and what it would cost, without a key', async () => {
    const { sh, tree } = await projectWith({
      ...TWO,
      'src/main.ts': "import boat from '/boat.png?generate'\n",
    })
    expect(steady(await sh(['plan']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      missing  blog/hero  gpt-image-2  1536x864   $0.03  images.prompts.json:7:5
      missing  boat       gpt-image-2  1024x1024  $0.05  images.prompts.json:3:5

      0 kept, 2 missing.
      2 pictures to ask for, about $0.09. Next: npx generate-images
      "
    `)
    expect((await tree('.')).filter((file) => !file.startsWith('node_modules/.cache'))).toEqual([
      'images.prompts.json',
      'src/main.ts',
    ])
  })

  it('prints JSON as the specification has it', async () => {
    const { sh } = await projectWith({ ...TWO, 'src/main.ts': "import boat from '/boat.png?generate'\n" })
    const { status, out, err } = await sh(['plan', '--json'])
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(JSON.parse(out)).toEqual({
      images: [
        {
          ...{ name: 'blog/hero', key: expect.stringMatching(/^[0-9a-f]{64}$/), state: 'missing' },
          ...{ model: 'gpt-image-2', size: '1536x864', estimateUsd: expect.closeTo(0.035, 2) },
          usedIn: [{ file: 'images.prompts.json', line: 7 }],
        },
        {
          ...{ name: 'boat', key: expect.stringMatching(/^[0-9a-f]{64}$/), state: 'missing' },
          ...{ model: 'gpt-image-2', size: '1024x1024', estimateUsd: expect.closeTo(0.053, 2) },
          usedIn: [
            { file: 'images.prompts.json', line: 3 },
            { file: 'src/main.ts', line: 1 },
          ],
        },
      ],
      totals: {
        ...{ kept: 0, stale: 0, missing: 2, broken: 0, orphaned: 0, images: 2 },
        estimateUsd: expect.closeTo(0.088, 2),
      },
    })
  })

  it('ends with 3 where a run would stop for its budget, and still prints the plan', async () => {
    const { sh } = await projectWith(TWO)
    expect(steady(await sh(['plan', '--budget-images', '1']))).toMatchInlineSnapshot(`
      "
      status 3
      --- out
      missing  blog/hero  gpt-image-2  1536x864   $0.03  images.prompts.json:7:5
      missing  boat       gpt-image-2  1024x1024  $0.05  images.prompts.json:3:5

      0 kept, 2 missing.
      2 pictures to ask for, about $0.09. Next: npx generate-images

      --- err
      ! The plan asks for 2 pictures for about $0.09; the budget of a run is 1 picture. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 2), or make fewer with --filter.
      "
    `)
    const { status, out } = await sh(['plan', '--budget-usd', '0', '--json'])
    expect(status).toBe(3)
    expect(JSON.parse(out).totals.images).toBe(2)
  })

  it('ends with 3 where a price is not known', async () => {
    const { sh } = await projectWith(
      manifest({ boat: { prompt: 'A boat.', alt: 'A boat', model: 'our-model' } }),
    )
    expect(steady(await sh(['plan']))).toMatchInlineSnapshot(`
      "
      status 3
      --- out
      missing  boat  our-model    price unknown  images.prompts.json:3:5

      0 kept, 1 missing.
      1 picture to ask for, about $0.00 and what our-model costs. Next: npx generate-images

      --- err
      ! boat: The model our-model is not in the table; its fields are sent as written. [UNKNOWN_MODEL]
        at images.prompts.json:6:16
        → Add it to \`models\` (what it takes) and \`prices\` (what it costs) to have both checked.
      ! The price of our-model is not known, so the budget in dollars can't be held. [PRICE_UNKNOWN]
        → Add the model to \`prices\`, or take the limit away with budget.usd: "none" (--budget-usd none).
      "
    `)
    expect(await sh(['plan', '--budget-usd', 'none'])).toMatchObject({ status: 0 })
  })

  it('knows orphans, and what a filter names', async () => {
    const api = await startPaidApi()
    const { sh, write } = await projectWith(TWO, api.baseURL)
    await sh([])
    await write(manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } }))
    expect(steady(await sh(['plan']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      orphaned  blog/hero  gpt-image-2  1536x864

      1 kept, 1 orphaned.
      Nothing is to be asked for.
      "
    `)
    expect((await sh(['plan', '--filter', 'boat'])).out).toContain('1 kept.')
    expect((await sh(['plan', '--filter', 'hero'])).out).toContain('1 orphaned.')
  })

  it('refuses a filter that names nothing, with the nearest names', async () => {
    const { sh } = await projectWith(TWO)
    expect(steady(await sh(['plan', '--filter', 'boot']))).toMatchInlineSnapshot(`
      "
      status 2
      --- err
      ✗ "--filter" is "boot", which no picture's name matches. Did you mean "boat"? [BAD_OPTION]
        → Allowed: a name or a glob, such as paper-boat, src/blog/** or *-hero.
      "
    `)
    expect(steady(await sh(['plan', '--filter', 'her']))).toMatchInlineSnapshot(`
      "
      status 2
      --- err
      ✗ "--filter" is "her", which no picture's name matches. Did you mean "blog/hero"? [BAD_OPTION]
        → Allowed: a name or a glob, such as paper-boat, src/blog/** or *-hero.
      "
    `)
  })

  it('names every mistake of the project', async () => {
    const { sh } = await projectWith(manifest({ boat: { prompt: '', size: 'big' } }))
    const { status, err } = await sh(['plan'])
    expect(status).toBe(2)
    expect(err).toContain('images.boat.prompt')
    expect(err).toContain('images.boat.size')
  })
})

describe('check', () => {
  it('is content where everything is there and whole', async () => {
    const api = await startPaidApi()
    const { sh } = await projectWith(TWO, api.baseURL)
    await sh([])
    expect(steady(await sh(['check']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      2 kept.
      Nothing is to be asked for.
      "
    `)
    // In CI without a key as well: that is what it is for.
    expect(await sh(['check'], { environment: { CI: '1', GENERATE_IMAGES_API_KEY: '' } })).toMatchObject({
      status: 0,
    })
  })

  it('ends with 1 for what is missing, stale or broken, and names it', async () => {
    const api = await startPaidApi()
    const { sh, write, read } = await projectWith(TWO, api.baseURL)
    expect(await sh(['check'])).toMatchObject({ status: 1 })
    await sh([])
    const bytes = await read('generated-images/boat.png')
    bytes[bytes.length - 20]! ^= 1
    await write({
      'generated-images/boat.png': bytes,
      ...manifest({
        boat: { prompt: 'A boat.', alt: 'A boat' },
        'blog/hero': { prompt: 'A harbour at night.', alt: 'A harbour', size: '16:9' },
      }),
    })
    expect(steady(await sh(['check']))).toMatchInlineSnapshot(`
      "
      status 1
      --- out
      stale   blog/hero  gpt-image-2  1536x864   $0.03  images.prompts.json:7:5
      broken  boat       gpt-image-2  1024x1024         images.prompts.json:3:5

      0 kept, 1 stale, 1 broken.
      1 picture to ask for, about $0.03. Next: npx generate-images

      --- err
      ✗ boat: generated-images/boat.png is not the picture that generated-images/boat.json describes. [BROKEN_ORIGINAL]
        at images.prompts.json:3:5
        → Bring it back with: git checkout -- generated-images/boat.png generated-images/boat.json. To have it made again instead, move both away.
      "
    `)
    const { status, out } = await sh(['check', '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      totals: { kept: 0, stale: 1, broken: 1 },
      errors: [{ code: 'BROKEN_ORIGINAL', picture: 'boat' }],
    })
    expect(api.posts).toBe(2)
  })
})
