// The plugin in markdown-it alone, and a page that Vue makes of its HTML in Vite.
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'
import type { Plugin } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { compileScript, parse } from 'vue/compiler-sfc'
import generateImages from '../../src/markdown-it.ts'
import { codeOf, createSite, picturesOf, seenBy } from '../vite/site.ts'

const md = new MarkdownIt({ html: true }).use(generateImages)

describe('the HTML of a template', () => {
  test.each([
    ['a picture', '![My *boat*, "it"](./a.png?generate "Title")'],
    ['the alt as the prompt', '![A boat](./a.png?generate&prompt)'],
    ['a file', '![A](./a.png?generate&as=url)'],
    ['a link', '[large](./a.png?generate&w=900 "Title") [page](/x?generate)'],
    ['references', '![A][a] ![A][a]\n\n[a]: ./a.png?generate'],
    [
      'elements',
      'A <img class="b" src="./a.png?generate&amp;w=2" alt="It\'s"> <img src="./a.png?generate"/>',
    ],
    [
      'a picture of the author',
      '<picture>\n<source srcset="./a.png?generate&w=1 1x, ./a.png?generate&w=2 2x">\n<img src="./a.png?generate" alt="">\n</picture>',
    ],
    [
      'a script of the author',
      '<script setup lang="ts">\nconst a = 1\n</script>\n\n![](./a.png?generate) {{ a }}',
    ],
    ['nothing', '`![a](./a.png?generate)` ![b](https://example.org/b.png?generate)'],
  ])('%s', (_, text) => {
    expect(md.render(text)).toMatchSnapshot()
  })

  test('what can not stand there is an error with its place', () => {
    expect(() => md.render('Hi\n\n![](./a.png?generate&prompt)', { path: 'docs/a.md' })).toThrow(
      expect.objectContaining({ code: 'MISPLACED', places: [{ file: 'docs/a.md', line: 3 }] }),
    )
  })
})

// What VitePress does with a page, in short.
const pages: Plugin = {
  name: 'pages',
  enforce: 'pre',
  transform(text, id) {
    if (!id.endsWith('.md')) return null
    const html = md.render(text, { path: id })
    const [script = ''] = /<script setup>[\s\S]*<\/script>/.exec(html) ?? []
    const { descriptor } = parse(`${script}<template><div>${html.replace(script, '')}</div></template>`)
    return compileScript(descriptor, {
      id,
      inlineTemplate: true,
      templateOptions: { ssr: true, ssrCssVars: [] },
    }).content
  },
}

test('a page of Vue in Vite', async () => {
  const site = await createSite({
    'index.html': '<script type="module" src="/src/main.js"></script>',
    'src/images.prompts.json': '{ "images": { "boat": { "prompt": "A boat.", "alt": "The boat" } } }',
    'src/page.md':
      '![](./boat.png?generate&w=64)\n\n![A *red* cat](./cat.png?generate&prompt&w=32&format=webp "Cat")\n\n<img src="./boat.webp?generate&w=32" alt="Mine" class="b">',
    'src/main.js': `import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import Page from './page.md'
globalThis.seen = await renderToString(createSSRApp(Page))
`,
  })
  onTestFinished(() => site.remove())
  const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
  await symlink(at('node_modules/vue'), join(site.root, 'node_modules/vue'), 'dir')
  const alias = { 'unplugin-generate-images/vue': at('src/vue.ts') }
  const vite = await import('vite')
  const output = await site.build(
    vite,
    {},
    {
      plugins: [...site.config().plugins!, pages],
      resolve: { alias, conditions: ['node', 'module', 'import'] },
      build: { target: 'esnext' },
    },
  )
  const seen = String(await seenBy(codeOf(output)))
  expect(
    seen.replace(/<!--[^>]*-->/g, '').replace(/-[\w-]{8}\.(png|webp|avif)/g, '.$1'),
  ).toMatchInlineSnapshot(
    `"<div><p><picture><source type="image/avif" srcset="/assets/boat-64.avif 64w"><source type="image/webp" srcset="/assets/boat-64.webp 64w"><img src="/assets/boat-64.png" srcset="/assets/boat-64.png 64w" width="64" height="64" alt="The boat" loading="lazy" decoding="async"></picture></p><p><img src="/assets/cat-32.webp" srcset="/assets/cat-32.webp 32w" width="32" height="32" alt="A red cat" loading="lazy" decoding="async" title="Cat"></p><picture><source type="image/avif" srcset="/assets/boat-32.avif 32w"><source type="image/webp" srcset="/assets/boat-32.webp 32w"><img src="/assets/boat-32.webp" srcset="/assets/boat-32.webp 32w" width="32" height="32" alt="Mine" loading="lazy" decoding="async" class="b"></picture></div>"`,
  )
  expect(picturesOf(output)).toEqual(
    ['boat-32.avif', 'boat-32.webp', 'boat-64.avif', 'boat-64.png', 'boat-64.webp', 'cat-32.webp'].map(
      (name) => `assets/${name}`,
    ),
  )
  expect(site.emulator.requests.map(({ body }) => (body as { prompt: string }).prompt).sort()).toEqual([
    'A boat.',
    'A red cat',
  ])
})
