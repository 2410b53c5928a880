// redo, pick, adopt and prune as a person meets them.
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { startPaidApi, type TestApi } from '../support/api.ts'
import { manifest } from '../support/site.ts'
import { projectWith, steady, stream } from './support.ts'

const boat = { prompt: 'A boat.', alt: 'A boat' }
const hero = { prompt: 'A hero.', alt: 'A hero' }
const BOTH = manifest({ boat, 'blog/hero': hero })

let api: TestApi
let project: Awaited<ReturnType<typeof projectWith>>
beforeEach(async () => {
  api = await startPaidApi()
  project = await projectWith(BOTH, api.baseURL)
  await project.sh([])
})

describe('redo and pick', () => {
  it('say what it costs, what came, and how to choose; generate asks for nothing afterwards', async () => {
    const { sh, read } = project
    const shown = steady(await sh(['redo', 'hero', '-n', '2', '--concurrency', '1']))
    expect(shown).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      blog/hero: 2 new takes
        2  $0.05  generated-images/.takes/KEY/2.png
        3  $0.05  generated-images/.takes/KEY/3.png
        To choose one: npx generate-images pick blog/hero 2
      Spent $0.11, with 2 requests.

      --- err
      Asking for 2 pictures, about $0.11.
      1 of 2: blog/hero, N s, $0.05 spent
      2 of 2: blog/hero, N s, $0.11 spent
      "
    `)
    expect(api.posts).toBe(4)
    expect(steady(await sh(['pick', 'hero', '3']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      blog/hero: take 3 lies in generated-images/blog/hero.png.
      "
    `)
    expect(steady(await sh(['pick', 'hero', '9']))).toMatchInlineSnapshot(`
      "
      status 2
      --- err
      ✗ blog/hero: There is no take 9; there are 1, 2, 3. [NO_SUCH_TAKE]
        → Choose one of these, or make more: npx generate-images redo NAME -n 4.
      "
    `)
    const picked = await read('generated-images/blog/hero.png')
    expect(await sh([])).toMatchObject({
      status: 0,
      out: '0 pictures made, 2 kept. Nothing was asked for.\n',
    })
    expect(await read('generated-images/blog/hero.png')).toEqual(picked)
    expect(api.posts).toBe(4)
  })

  it('know every wrong name at once, and send nothing', async () => {
    const { sh } = project
    expect(steady(await sh(['redo', 'boot', 'heron']))).toMatchInlineSnapshot(`
      "
      status 2
      --- err
      ✗ 2 errors:

      No picture is called "boot". Did you mean "boat"? [NO_SUCH_PICTURE]
        → Name it as \`npx generate-images plan --json\` does: its path from the root, without an extension.

      No picture is called "heron". [NO_SUCH_PICTURE]
        → Name it as \`npx generate-images plan --json\` does: its path from the root, without an extension.
      "
    `)
    expect(await sh(['redo'])).toMatchObject({ status: 2 })
    expect(await sh(['redo', 'boat', '-n', '11'])).toMatchObject({ status: 2 })
    expect(await sh(['redo', 'boat', '-n', '4', '--budget-images', '3'])).toMatchObject({ status: 3 })
    expect(await sh(['redo', 'boat'], { environment: { CI: '1' } })).toMatchObject({ status: 2 })
    expect(await sh(['pick', 'boat', '1'], { environment: { CI: '1' } })).toMatchObject({ status: 2 })
    expect(await sh(['pick', 'boat'])).toMatchObject({ status: 2 })
    expect(api.posts).toBe(2)
  })

  it('with --json print JSON alone; --filter names what matches', async () => {
    const { status, out } = await project.sh(['redo', '--filter', 'blog/**', '--json'])
    const { made, failed, requests } = JSON.parse(out)
    expect({ status, failed, requests }).toEqual({ status: 0, failed: [], requests: 1 })
    expect(made).toMatchObject([
      { name: 'blog/hero', take: 2, inPlace: true, file: 'generated-images/blog/hero.png' },
    ])
    expect(JSON.parse((await project.sh(['pick', 'hero', '1', '--json'])).out)).toMatchObject({
      take: 1,
      changed: true,
    })
  })
})

describe('adopt', () => {
  it('takes a picture byte for byte, tells another ratio, and asks for nothing', async () => {
    const { sh, read, record, write, root } = project
    const own = await sharp({ create: { width: 300, height: 100, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    await write({ 'own/red.jpg': own, 'own/no.txt': 'no picture' })
    const paid = await read('generated-images/boat.png')
    const { key } = await record('boat')
    expect(steady(await sh(['adopt', 'boat', join(root, 'own/red.jpg')]))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      boat: lies in generated-images/boat.jpg.

      --- err
      ! boat: the picture has 300x100, another ratio than the 1024x1024 that its prompt asks for.
      "
    `)
    expect(await read('generated-images/boat.jpg')).toEqual(own)
    expect(await record('boat')).toMatchObject({
      adopted: true,
      take: 2,
      cost: { usd: 0 },
      provider: 'adopted',
    })
    expect(await read(`generated-images/.takes/${key}/1.png`)).toEqual(paid)
    expect(steady(await sh(['adopt', 'boat', 'own/red.jpg']))).toContain('this very picture lies in')
    await sh(['pick', 'boat', '1'])
    expect(await read('generated-images/boat.png')).toEqual(paid)
    await sh(['adopt', 'boat', 'own/red.jpg'])
    expect(await read('generated-images/boat.jpg')).toEqual(own)
    expect(await sh(['adopt', 'boat', 'own/no.txt'])).toMatchObject({ status: 1 })
    expect(await sh(['adopt', 'boat', 'own/none.png'])).toMatchObject({ status: 2 })
    expect(await sh(['check'])).toMatchObject({ status: 0 })
    expect(api.posts).toBe(2)
  })
})

describe('prune', () => {
  it('moves what nothing asks for, after a yes, and the same prompt finds it for free', async () => {
    const { sh, write, tree } = project
    await write(manifest({ boat }))
    expect(steady(await sh(['prune', '--dry-run']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      would be moved  blog/hero  16 kB  $0.05  generated-images/blog/hero.png
      Together they cost $0.05.
      "
    `)
    expect(await sh(['prune'])).toMatchObject({ status: 2 })
    expect(await tree()).toContain('blog/hero.png')
    expect(steady(await sh(['prune', '--yes']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      to be moved  blog/hero  16 kB  $0.05  generated-images/blog/hero.png
      Together they cost $0.05.
      1 picture moved among the takes.
      "
    `)
    expect((await tree()).filter((file) => file.startsWith('blog/'))).toEqual([])
    expect((await sh(['prune', '--yes'])).out).toBe('There is nothing that nothing asks for.\n')
    await write(BOTH)
    expect(await sh([])).toMatchObject({ status: 0 })
    expect(api.posts).toBe(2)
  })

  it('changes nothing where a manifest has a mistake, and leaves what is broken', async () => {
    const { sh, write, tree } = project
    await write({ 'images.prompts.json': '{ "images": { "boat": { "promt": "A boat." } } }' })
    expect(await sh(['prune', '--yes', '--takes'])).toMatchObject({ status: 2 })
    await write({ ...manifest({ boat }), 'generated-images/blog/hero.png': 'no picture' })
    const { status, err } = await sh(['prune', '--yes'])
    expect([status, err]).toEqual([1, expect.stringContaining('[BROKEN_ORIGINAL]')])
    expect(await tree()).toEqual(expect.arrayContaining(['blog/hero.png', 'blog/hero.json', 'boat.png']))
  })

  it('ends what a crash cut between the picture and its record', async () => {
    const { sh, write, tree, remove } = project
    await sh(['redo', 'hero', '-n', '2'])
    await sh(['pick', 'hero', '2'])
    await write(manifest({ boat }))
    await remove('generated-images/blog/hero.png')
    expect(await sh(['prune', '--yes'])).toMatchObject({ status: 0 })
    expect((await tree()).filter((file) => file.startsWith('blog/'))).toEqual([])
    await write(BOTH)
    expect(await sh([])).toMatchObject({ status: 0 })
    expect(api.posts).toBe(4)
  })

  it('asks a person once, and takes no for an answer', async () => {
    const { write, tree, root } = project
    await write(manifest({ boat }))
    const answering = (line: string) => {
      const asked: string[] = []
      const ask = async (question: string) => {
        asked.push(question)
        return line
      }
      const [out, err] = [stream(true), stream(true)]
      const terminal = createTerminal(out, err, {})
      const context = { cwd: root, environment: {}, version: '1', terminal, onInterrupt: () => () => {}, ask }
      return runCli(['prune'], context).then((status) => ({ status, asked, tree: tree() }))
    }
    const no = await answering('')
    expect({ ...no, tree: await no.tree }).toMatchObject({ status: 0, asked: ['Go on? (y/N) '] })
    expect(await no.tree).toContain('blog/hero.png')
    const yes = await answering('y')
    expect(yes).toMatchObject({ status: 0, asked: ['Go on? (y/N) '] })
    expect(await yes.tree).not.toContain('blog/hero.png')
  })

  it('deletes takes of prompts that are nowhere any more, with --takes alone', async () => {
    const { sh, write, tree } = project
    await sh(['redo', 'boat', '-n', '2'])
    await write(manifest({ boat: { ...boat, prompt: 'A ship.' }, 'blog/hero': hero }))
    await sh([])
    const takes = async () => (await tree()).filter((file) => /^\.takes\/\w{64}\/\d+\.png/.test(file))
    expect(await takes()).toHaveLength(3)
    await sh(['prune', '--yes'])
    expect(await takes()).toHaveLength(3)
    const { status, out } = await sh(['prune', '--takes', '--yes'])
    expect([status, out]).toEqual([0, expect.stringContaining('3 takes deleted.')])
    expect(await takes()).toEqual([])
    expect(await sh(['check'])).toMatchObject({ status: 0 })
  })
})
