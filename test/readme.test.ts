// The examples of the README that its quick start does not already run (scripts/check-template.mjs): each is read by the
// code that would read it in a project.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mdx from '@mdx-js/rollup'
import MarkdownIt from 'markdown-it'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { parseFlags } from '../src/cli/flags.ts'
import { COMMANDS } from '../src/cli/run.ts'
import { checkOptions } from '../src/config/check-options.ts'
import markdownItImages from '../src/markdown-it.ts'
import remarkGenerateImages from '../src/remark.ts'
import { codeOf, createSite, picturesOf, type Site, seenBy, VITES } from './vite/site.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = [...README.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text!,
}))
const of = (language: string) => blocks.filter((block) => block.language === language).map(({ text }) => text)

describe('the README', () => {
  it('has manifests and imports that build, each import with the value that its table says', async () => {
    const [short] = of('json')
    const [long] = of('jsonc')
    const imports = of('ts').find((text) => text.startsWith('import card'))!
    const names = [...imports.matchAll(/import (\w+) from/g)].map(([, name]) => name)
    let site: Site | undefined
    try {
      site = await createSite({
        'index.html': '<script type="module" src="/src/main.ts"></script>',
        'src/images.prompts.json': long!,
        'short/images.prompts.json': short!.replace('paper-boat', 'other-boat'),
        'src/main.ts': `${imports}\nglobalThis.seen = { ${names.join(', ')} }`,
      })
      const output = await site.build(await VITES[0]![1]())
      const seen = await seenBy(codeOf(output))
      expect(seen).toMatchObject({
        card: { width: 640, height: 427, alt: 'A harbour', srcset: expect.stringMatching(/ 320w, .* 640w$/) },
        wide: expect.stringMatching(/^\/assets\/paper-boat-480-\S+\.avif 480w, .* 1024w$/),
        facts: {
          name: 'src/paper-boat',
          prompt: 'A paper boat floating on calm water at sunrise.',
          state: 'kept',
        },
      })
      const bodies = site.emulator.requests.map(({ body }) => body as { prompt: string; size: string })
      // The two manifests ask for the same boat, so it is asked for once.
      expect(bodies).toHaveLength(3)
      // "1200x630 is asked for as 1200x640", and the style comes before the prompt.
      expect(bodies.find(({ size }) => size === '1200x640')?.prompt).toBe(
        'Cut-paper collage, soft shadows, muted palette.\nA lighthouse above the sea.\nEvening light.',
      )
    } finally {
      await site?.remove()
    }
  })

  it('has entries with each that make a picture for each row', async () => {
    const [, each] = of('jsonc')
    const site = await createSite({
      'src/images.prompts.json': each!,
      'src/products.json': '[{ "id": "lamp", "name": "Lamp", "color": "green" }]',
      'src/posts/hello.md': '---\ntitle: Hello\n---\nText.',
      'index.html': '<script type="module" src="/src/main.js"></script>',
      'src/main.js':
        "import a from './products/lamp.png?generate'\nimport b from './covers/hello.png?generate'\nglobalThis.seen = [a, b]",
    })
    try {
      await site.build(await VITES[0]![1]())
      const prompts = site.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt)
      expect(prompts.sort()).toEqual([
        'A picture for Hello.',
        'A studio photo of Lamp, green, on a plain background.',
      ])
    } finally {
      await site.remove()
    }
  })

  it('has a page that builds, each place with its files', async () => {
    let site: Site | undefined
    try {
      site = await createSite({ 'index.html': of('html')[0]!, 'src/images.prompts.json': of('json')[0]! })
      const output = await site.build(await VITES[0]![1](), { site: 'https://example.org' })
      const page = output.find(({ fileName }) => fileName === 'index.html') as { source: string }
      const short = page.source.replace(/(?<=["/ ])assets\/([\w-]+?-\d+)-[^.]*(\.\w+)/g, '$1$2')
      expect(short.trimEnd().split('\n')).toEqual([
        expect.stringMatching(
          /^<picture><source type="image\/avif" srcset="\/paper-boat-480\.avif 480w, .* sizes="\(min-width: 60em\) 50vw, 100vw"><img src="\/paper-boat-1024\.png" srcset=".*" width="1024" height="1024" alt="A paper boat at sunrise" class="hero" sizes="\(min-width: 60em\) 50vw, 100vw"><\/picture>$/,
        ),
        '<img src="/paper-boat-640.webp" srcset="/paper-boat-320.webp 320w, /paper-boat-640.webp 640w" width="640" height="640" alt="Mine" loading="lazy">',
        expect.stringMatching(
          /<img src="\/city-1440\.png" .* alt="A city at night, seen from above"><\/picture>$/,
        ),
        '<link rel="icon" href="/paper-boat-64.png">',
        '<meta property="og:image" content="https://example.org/paper-boat-1024.jpg">',
      ])
      const prompts = site.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt).sort()
      expect(prompts).toEqual([
        'A city at night, seen from above',
        'A paper boat floating on calm water at sunrise.',
      ])
    } finally {
      await site?.remove()
    }
  })

  it('has stylesheets that build, each address with its files', async () => {
    let site: Site | undefined
    try {
      site = await createSite({
        'index.html': '<script type="module" src="/src/main.ts"></script>',
        'src/images.prompts.json': of('json')[0]!,
        'src/main.ts': "import './style.css'",
        'src/style.css': of('css')[0]!,
      })
      const output = await site.build(await VITES[0]![1]())
      const css = output.find(({ fileName }) => fileName.endsWith('.css')) as { source: string }
      const short = css.source.replace(/url\("?\/assets\/([\w-]+?-\d+)-[^.]*(\.\w+)"?\)/g, '$1$2')
      expect(short.trimEnd().split('\n')).toEqual([
        '.card { background: paper-boat-480.webp }',
        '.hero { background: image-set(paper-boat-1024.avif type("image/avif"), paper-boat-1024.webp type("image/webp"), paper-boat-1024.jpg type("image/jpeg")) center / cover }',
        '.wide { background: image-set(paper-boat-500.png 1x, paper-boat-1000.png 2x) }',
        '.city { background: city-1440.png }',
      ])
      expect(site.emulator.requests).toHaveLength(2)
    } finally {
      await site?.remove()
    }
  })

  it('has Markdown that every plugin for it makes pages of, with the configurations that it shows', async () => {
    const [text] = of('md')
    const js = (name: string) => of('js').find((block) => block.startsWith(`// ${name}`))!
    const site = await createSite({
      'src/images.prompts.json': of('json')[0]!,
      'src/page.md': text!,
      'src/page.mdx': text!.replace(/<img([^>]*)class=([^>]*)>/, '<img$1className=$2 />'),
    })
    try {
      const options = {
        root: site.root,
        mode: 'generate',
        provider: { baseURL: site.emulator.baseURL, apiKey: 'key' },
      } as const
      const withOptions = (more: object) => ({ ...options, ...more })
      const use = function (this: never, more: object) {
        return remarkGenerateImages.call(this, withOptions(more))
      }
      const page = new Function(
        ...['unified', 'remarkParse', 'remarkRehype', 'rehypeStringify', 'remarkGenerateImages'],
        js('page.js')
          .replace(/^import .*$/gm, '')
          .replace('export const toHtml =', 'return'),
      )(unified, remarkParse, remarkRehype, rehypeStringify, use)
      const html = String(await page.process({ value: text, path: join(site.root, 'src/page.md') }))
      const short = (from: string) => from.replace(/\.[0-9a-f]{8}\./g, '.')
      expect(short(html)).toContain(
        '<img src="/pictures/src/paper-boat-1024.png" alt="A paper boat at sunrise"',
      )
      expect(short(html)).toContain(
        '<img src="/pictures/src/city-1440.png" alt="A city at night, seen from above" title="Lisbon"',
      )
      expect(short(html)).toContain('<a href="/pictures/src/paper-boat-1024.jpg">the whole picture</a>')
      expect(short(html)).toContain('height="320" alt="Small" class="small"></picture>')
      expect(site.emulator.requests).toHaveLength(2)

      const configured = (name: string, given: object) =>
        new Function(
          ...Object.keys(given),
          js(name)
            .replace(/^import .*$/gm, '')
            .replace('export default', 'return'),
        )(...Object.values(given))
      const vitepress = configured('.vitepress/config.js', { markdownItImages, generateImages: () => 'ours' })
      expect(vitepress.vite).toEqual({ plugins: ['ours'] })
      const rendered = vitepress.markdown.config(new MarkdownIt({ html: true })).render(text!)
      expect(rendered.match(/<GeneratedPicture [^>]*>|<a [^>]*>/g)).toEqual([
        '<GeneratedPicture :of="generatedImage1" />',
        '<GeneratedPicture :of="generatedImage2" alt="A city at night, seen from above" title="Lisbon" />',
        '<a :href="generatedImage3">',
        '<GeneratedPicture :of="generatedImage4" alt="Small" class="small" />',
      ])

      const { plugins } = configured('vite.config.js', {
        mdx,
        remarkGenerateImages,
        generateImages: () => site.config().plugins![0],
      })
      await site.write('index.html', '<script type="module" src="/src/main.js"></script>')
      await site.write('src/main.js', "import page from './page.mdx'\nglobalThis.seen = page")
      const output = await site.build(
        await VITES[0]![1](),
        {},
        {
          plugins,
          build: { rolldownOptions: { external: ['react/jsx-runtime'] } },
        },
      )
      expect(picturesOf(output)).toEqual(
        expect.arrayContaining([
          'assets/city-1440.png',
          'assets/paper-boat-1024.jpg',
          'assets/paper-boat-320.avif',
        ]),
      )
      expect(site.emulator.requests).toHaveLength(2)
    } finally {
      await site.remove()
    }
  })

  it('has a page whose front matter asks for its picture, which a layout finds by its path', async () => {
    const [, , pages] = of('jsonc')
    const [, page] = of('md')
    const lookup = "import pictures from './images.prompts.json?generate&as=picture'"
    expect(README).toContain(`\`${lookup}\` has it as \`pictures['posts/hello']\``)
    const site = await createSite({
      'src/images.prompts.json': pages!,
      'src/posts/hello.md': page!,
      'src/posts/none.md': '---\ntitle: None\n---\n',
      'index.html': '<script type="module" src="/src/main.js"></script>',
      'src/main.js': `${lookup}\nimport own from './posts/hello.png?generate'\nglobalThis.seen = { pictures, own }`,
    })
    try {
      const output = await site.build(await VITES[0]![1]())
      const seen = await seenBy(codeOf(output))
      expect(Object.keys(seen.pictures!)).toEqual(['posts/hello'])
      expect(seen.pictures!['posts/hello']).toMatchObject({
        img: { src: expect.stringContaining('/hello-1200'), width: 1200, height: 630, alt: 'A waving hand' },
      })
      expect(seen.own).toContain('/hello-1200')
      const prompts = site.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt)
      expect(prompts).toEqual(['A hand that waves from a window.'])
    } finally {
      await site.remove()
    }
  })

  it('has a configuration that is right', () => {
    const config = of('ts').find((text) => text.includes('defineConfig({'))!
    const options: unknown = new Function(`return ${/defineConfig\(([\s\S]*)\)/.exec(config)![1]}`)()
    expect(checkOptions(options, 'README.md')).toEqual([])
  })

  it('has options whose examples are right', () => {
    const rows = /begin:options[\s\S]*?end:options/
      .exec(README)![0]
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const example = row
        .split(' | ')
        .at(-1)!
        .replace(/^`|` \|$/g, '')
      expect([example, checkOptions(new Function(`return { ${example} }`)(), 'README.md')]).toEqual([
        example,
        [],
      ])
    }
  })

  it('has commands that exist, with flags that they take', () => {
    const lines = [...README.matchAll(/npx generate-images([^\n`]*)/g)].map(([, rest]) =>
      rest!.trim().split(/\s+/).filter(Boolean),
    )
    expect(lines.length).toBeGreaterThan(3)
    for (const words of lines) {
      const named = words[0] !== undefined && !words[0].startsWith('-')
      const command = named ? COMMANDS.find(({ name }) => name === words[0]) : COMMANDS[0]
      expect([words, command?.name]).toEqual([words, named ? words[0] : 'generate'])
      expect(parseFlags(named ? words.slice(1) : words, command!.flags).errors).toEqual([])
    }
  })
})
