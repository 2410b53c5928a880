// The plugin in unified alone, with the ways in which pictures come into what is made of Markdown.
import { join } from 'node:path'
import { compile } from '@mdx-js/mdx'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import remarkGenerateImages, { type RemarkOptions } from '../../src/remark.ts'
import { startApi } from '../support/api.ts'
import { createSite, KEY, manifest, type Site } from '../support/site.ts'

async function mdx(value: string) {
  const code = await compile(
    { value, path: '/site/a.mdx', cwd: '/site' },
    { remarkPlugins: [remarkGenerateImages], jsx: true },
  )
  const [, imports, body] =
    /react\*\/\n([\s\S]*?)function[\s\S]*?return (?:<>)?([\s\S]*?)(?:<\/>)?;\n\}/.exec(String(code))!
  return `${imports}${body}`.replaceAll('_generatedImage', '$').replaceAll('_components.', '')
}

describe('in MDX', () => {
  test('a picture is an import and the markup of what that gives', async () => {
    expect(await mdx('A ![My *boat*](./a.png?generate "Title")')).toMatchInlineSnapshot(`
      "import $1 from "./a.png?generate&alt=My%20boat&as=picture";
      <p>{"A "}<picture>{Object.entries($1.sources).map(([format, srcSet]) => <source key={format} type={"image/" + format} srcSet={srcSet} />)}<img src={$1.img.src} srcSet={$1.img.srcset} width={$1.img.width} height={$1.img.height} style={$1.placeholder && ({
          background: $1.placeholder.replace(/^[^#].*/, "url(\\"$&\\") center / cover")
        })} loading="lazy" decoding="async" alt="My boat" title="Title" /></picture></p>"
    `)
  })

  test.each([
    ['one format', '![](./a.webp?generate&format=webp)'],
    ['a file', '![A](./a.png?generate&as=url)'],
    ['the alt as the prompt', '![A *red* boat](./a.png?generate&prompt&size=16:9)'],
    ['a link', '[large *one*](./a.png?generate&w=900 "Title")'],
    ['references', '![A][a] [b][A]\n\n[a]: ./a.png?generate&format=webp'],
    ['twice', '![](./a.webp?generate&format=webp) ![](./a.webp?generate&format=webp)'],
    ['what webpack would split', '![Hi!](./a.webp?generate&as=url)'],
    ['an element', '<img src="./a.png?generate" sizes="50vw" className="b" {...c} alt={d} />'],
    [
      'an element in a picture',
      '<picture>\n<source srcSet="./a.png?generate" type="image/avif" /><img src="./a.png?generate" alt="" />\n</picture>',
    ],
    [
      'attributes',
      '<video poster="./a.jpg?generate&amp;w=3" /> <img srcSet="./a.png?generate&w=1 1x, ./a.png?generate&w=2 2x" />',
    ],
    ['a component', '<Card image="./a.png?generate&as=img" alt="./b.png?generate" />'],
    ['a style', '<b style="color: red; background: url(./a.png?generate)">x</b>'],
    ['an expression', '{import("./a.png?generate")}'],
  ])('%s', async (_, text) => {
    expect(await mdx(text)).toMatchSnapshot()
  })

  test('what can not stand there is an error with its place', async () => {
    await expect(mdx('Hi\n\n![](./a.png?generate&prompt)')).rejects.toMatchObject({
      code: 'MISPLACED',
      places: [{ file: 'a.mdx', line: 3, column: 1 }],
    })
  })
})

const IMAGES = { boat: { prompt: 'A boat.', alt: 'The boat' }, 'posts/lamp': 'A lamp.' }

async function plain(site: Site, text: string, options: RemarkOptions = {}, path = 'posts/a.md') {
  await site.write({ [path]: text })
  const processor = unified()
    .use(remarkParse)
    .use(remarkGenerateImages, { root: site.root, ...options })
    .use(remarkRehype)
    .use(rehypeStringify)
  return String(await processor.process({ value: text, path: join(site.root, path), cwd: site.root }))
}

describe('in plain Markdown', () => {
  test('a picture has the path of its original, for tools that make files of it', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    expect(await plain(site, '![](../boat.png?generate "Title") ![My lamp](./lamp.jpg?generate)')).toBe(
      '<p><img src="../generated-images/boat.png" alt="The boat" title="Title"> <img src="../generated-images/posts/lamp.png" alt="My lamp"></p>',
    )
    expect(api.billed.requests).toBe(2)
  })

  test('nothing is asked for, unless the person says so', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    const provider = { baseURL: api.baseURL, apiKey: KEY }
    const text = 'Hi\n\n![](../boat.png?generate)\n\n![A cat](./cat.png?generate&prompt)'
    const refused = plain(site, text, { provider })
    await expect(refused).rejects.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ code: 'MISSING', picture: 'boat' }),
        expect.objectContaining({
          picture: 'posts/cat',
          places: [{ file: 'posts/a.md', line: 5, column: 10 }],
        }),
      ]),
    })
    expect(api.billed.requests).toBe(0)
    expect(await plain(site, text, { provider, mode: 'draft' })).toMatch(
      /src="\.\.\/node_modules\/\.cache\/unplugin-generate-images\/drafts\/[0-9a-f]{32}\/boat\.svg" alt="The boat">/,
    )
    expect(api.billed.requests).toBe(0)
    expect(await plain(site, text, { provider, mode: 'generate' })).toContain(
      'generated-images/posts/cat.png',
    )
    expect(api.billed.requests).toBe(3)
  })

  test('a dev server that says that it is one shows drafts', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    vi.stubEnv('NODE_ENV', 'development')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await plain(site, '![](../boat.png?generate)')).toContain('/boat.svg" alt="The boat"')
    expect(api.billed.requests).toBe(0)
  })

  test.each([
    ['![](../boat.png?generate&w=300&aspect=1:1)', '"w", "aspect"'],
    ['[big](../boat.png?generate)', 'needs the option "outDir" here'],
    ['<img src="../boat.png?generate">', 'needs the option "outDir" here'],
  ])('%s needs a folder for files', async (text, problem) => {
    const site = await createSite(manifest(IMAGES), 'http://127.0.0.1:9')
    await expect(plain(site, `Hi\n\n${text}`)).rejects.toMatchObject({
      message: expect.stringContaining(problem),
      places: [{ file: 'posts/a.md', line: 3, column: 1 }],
    })
  })

  test('a changed text, and a changed manifest, are read anew', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    const processor = unified()
      .use(remarkParse)
      .use(remarkGenerateImages, { root: site.root, mode: 'draft' })
      .use(remarkRehype)
      .use(rehypeStringify)
      .freeze()
    const run = async (value: string) => {
      await site.write({ 'a.md': value })
      return String(await processor.process({ value, path: join(site.root, 'a.md') }))
    }
    expect(await run('![One](./one.png?generate&prompt)')).toContain('/one.svg" alt="One"')
    expect(await run('![Two](./one.png?generate&prompt)')).toContain('/one.svg" alt="Two"')
    await site.write(manifest({ ...IMAGES, boat: { prompt: 'A boat.', alt: 'Another alt' } }))
    expect(await run('![](./boat.png?generate)')).toContain('alt="Another alt"')
  })
})

describe('with a folder for files', () => {
  const folder = { outDir: 'public/pictures' }
  const short = (html: string) => html.replace(/\.[0-9a-f]{8}\./g, '.')

  test('a picture is the markup of its files, and the folder has them', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    const html = await plain(
      site,
      '![](../boat.png?generate&w=64;128 "Title") [b](./lamp.jpg?generate&w=32)',
      folder,
    )
    expect(short(html)).toBe(
      '<p><picture><source type="image/avif" srcset="/pictures/boat-64.avif 64w, /pictures/boat-128.avif 128w"><source type="image/webp" srcset="/pictures/boat-64.webp 64w, /pictures/boat-128.webp 128w"><img src="/pictures/boat-128.png" alt="The boat" title="Title" srcset="/pictures/boat-64.png 64w, /pictures/boat-128.png 128w" width="128" height="128" loading="lazy" decoding="async"></picture> <a href="/pictures/posts/lamp-32.jpg">b</a></p>',
    )
    expect((await site.tree('public/pictures')).map(short).sort()).toEqual([
      ...['boat-128.avif', 'boat-128.png', 'boat-128.webp', 'boat-64.avif', 'boat-64.png', 'boat-64.webp'],
      ...['manifest.json', 'posts/lamp-32.jpg'],
    ])
  })

  test('HTML keeps what its author wrote, wherever its tags are', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    const text =
      'A <img src="../boat.png?generate&w=64" class="b" sizes="1px"> B\n\n> <picture>\n> <img src="../boat.png?generate&w=64;32" alt="">\n> </picture>'
    const processor = unified()
      .use(remarkParse)
      .use(remarkGenerateImages, { root: site.root, base: 'https://cdn.example.org/', ...folder })
      .use(remarkRehype, { allowDangerousHtml: true })
      .use(rehypeStringify, { allowDangerousHtml: true })
    await site.write({ 'posts/a.md': text })
    const html = String(await processor.process({ value: text, path: join(site.root, 'posts/a.md') }))
    expect(short(html)).toMatchInlineSnapshot(`
      "<p>A <picture><source type="image/avif" srcset="https://cdn.example.org/boat-64.avif 64w" sizes="1px"><source type="image/webp" srcset="https://cdn.example.org/boat-64.webp 64w" sizes="1px"><img src="https://cdn.example.org/boat-64.png" width="64" height="64" alt="The boat" class="b" sizes="1px"></picture> B</p>
      <blockquote>
      <picture>
      <img src="https://cdn.example.org/boat-64.png" srcset="https://cdn.example.org/boat-32.png 32w, https://cdn.example.org/boat-64.png 64w" width="64" height="64" alt="">
      </picture>
      </blockquote>"
    `)
  })

  test('a second run writes nothing, and what is not shown any more goes', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    await plain(site, '![](../boat.png?generate&w=64&format=webp)', folder)
    const before = await site.tree('public')
    await plain(site, '![](../boat.png?generate&w=64&format=webp)', folder)
    expect(await site.tree('public')).toEqual(before)
    await plain(site, '![](./lamp.png?generate&w=64&format=webp)', folder)
    expect((await site.tree('public')).map(short)).toEqual([
      'pictures/manifest.json',
      'pictures/posts/lamp-64.webp',
    ])
    await site.write({ 'public/pictures/manifest.json': '{}' })
    await expect(plain(site, '![](./lamp.png?generate)', folder)).rejects.toMatchObject({
      code: 'EXPORT_FOREIGN',
    })
  })

  test('a dev server adds what it shows, drafts as well, and a build clears up', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    vi.stubEnv('NODE_ENV', 'development')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(short(await plain(site, '![](../boat.png?generate&w=64;32&format=webp)', folder))).toMatch(
      /srcset="\/pictures\/boat-32\.svg 32w, \/pictures\/boat-64\.svg 64w"/,
    )
    await site.run()
    await plain(site, '![](../boat.png?generate&w=64&format=webp)', folder)
    const both = ['boat-32.svg', 'boat-64.svg', 'boat-64.webp', 'manifest.json']
    expect((await site.tree('public/pictures')).map(short)).toEqual(both)
    vi.unstubAllEnvs()
    await plain(site, '![](../boat.png?generate&w=64&format=webp)', folder)
    expect((await site.tree('public/pictures')).map(short)).toEqual(both.slice(2))
  })

  test('MDX without a bundler of ours', async () => {
    const api = await startApi()
    const site = await createSite(manifest(IMAGES), api.baseURL)
    await site.run()
    const value =
      '![](./boat.png?generate&w=64)\n\n<img src="./boat.png?generate&w=64" className="b" />\n\n<Card of="./boat.png?generate&w=64" />'
    await site.write({ 'a.mdx': value })
    const code = await compile(
      { value, path: join(site.root, 'a.mdx') },
      { remarkPlugins: [[remarkGenerateImages, { root: site.root, ...folder }]], jsx: true },
    )
    const [, body] = /return <>([\s\S]*?)<\/>;\n\}/.exec(String(code))!
    expect(short(body!)).toMatchInlineSnapshot(
      `"<_components.p><_components.picture><_components.source type="image/avif" srcSet="/pictures/boat-64.avif 64w" /><_components.source type="image/webp" srcSet="/pictures/boat-64.webp 64w" /><_components.img src="/pictures/boat-64.png" alt="The boat" srcSet="/pictures/boat-64.png 64w" width="64" height="64" loading="lazy" decoding="async" /></_components.picture></_components.p>{"\\n"}<picture><source type="image/avif" srcSet="/pictures/boat-64.avif 64w" /><source type="image/webp" srcSet="/pictures/boat-64.webp 64w" /><img src="/pictures/boat-64.png" srcSet="/pictures/boat-64.png 64w" width="64" height="64" alt="The boat" className="b" /></picture>{"\\n"}<Card of="/pictures/boat-64.png" />"`,
    )
  })

  test.each([
    ['![](../boat.png?generate&as=original)', 'as=original needs a bundler'],
    ['<p style="background: url(../boat.png?generate)">', 'styles and scripts in Markdown'],
  ])('%s is an error', async (text, problem) => {
    const site = await createSite(manifest(IMAGES), 'http://127.0.0.1:9')
    await expect(
      plain(site, `---\na: b\n---\n\n${text}`, { ...folder, mode: 'draft' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(problem),
      places: [{ file: 'posts/a.md', line: 5, column: 1 }],
    })
  })
})
