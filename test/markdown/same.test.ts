// What the scan finds in a text is what the plugin writes into it: the same specifiers, each as often, with the same words.
import { compile } from '@mdx-js/mdx'
import MarkdownIt from 'markdown-it'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import type { Node } from '../../src/embed/mdx-nodes.ts'
import { wantedIn } from '../../src/markdown/files.ts'
import { findSpots } from '../../src/markdown/spots.ts'
import markdownItImages from '../../src/markdown-it.ts'
import remarkGenerateImages from '../../src/remark.ts'
import { findSpecifiers } from '../../src/scan/index.ts'

const scanned = (text: string, file: string) =>
  findSpecifiers(text, file).map(({ meant, written }) => meant ?? written)

function written(text: string): string[] {
  const tree = unified().use(remarkParse).parse(text) as Node
  return wantedIn(findSpots(tree, text, { mdx: false })).map(({ meant }) => meant)
}

async function imported(text: string): Promise<string[]> {
  const code = String(
    await compile({ value: text, path: 'a.mdx' }, { remarkPlugins: [remarkGenerateImages], jsx: true }),
  )
  return [...code.matchAll(/(?:from |import\()(["'])([^"']*\?generate[^"']*)\1/g)].map(([, , from]) => from!)
}

const BOTH = [
  ...['![a](./a.png?generate)', '![](./a.png?generate "Title")', '![](paper-boat?generate)'],
  '![A *red*, **big** boat\\_1 `x` &amp; [link](/b)](./a.png?generate&prompt)',
  ...['![snake_case_word and _emphasis_](./a.png?generate&prompt)', '![2 * 3 * 4](./a.png?generate&prompt)'],
  ...[
    '![a](<./my boat.png?generate&prompt=A big boat>)',
    '![a](./a(1).png?generate)',
    '![a\nb](./a.png?generate)',
  ],
  ...[
    '![a [b] \\] c](./a.png?generate)',
    '![a](./a\\_b.png?generate&amp;as=img)',
    '![a](\n./a.png?generate)',
  ],
  ...[
    '![a][boat]\n\n[boat]: ./a.png?generate',
    '![Boat][]\n\n[boat]: ./a.png?generate',
    '![boat]\n\n[Boat]: ./a.png?generate&prompt',
  ],
  ...['![a][x] ![b][x] ![a][x]\n\n[x]: ./a.png?generate&prompt', '![a][x] [c][x]\n\n[x]: ./a.png?generate'],
  ...[
    '[![a](./a.png?generate)](./b.png?generate)',
    '[![a][x]][y]\n\n[x]: ./a.png?generate\n[y]: ./b.png?generate',
  ],
  ...[
    '[large](./a.png?generate&w=1440 "Title")',
    '[new](/tools/new?generate)',
    '![a](https://example.com/a.png?generate)',
  ],
  ...[
    '!\\[a](./a.png?generate)',
    './a.png?generate (./a.png?generate)',
    '`![a](./a.png?generate)` ![b](./b.png?generate)',
  ],
  ...[
    '```md\n![a](./a.png?generate)\n```\n\n![b](./b.png?generate)',
    '- one\n\n  ![a](./a.png?generate)\n\n> ![b](./b.png?generate)\n> c',
  ],
  ...[
    '> ![a\n> b](./a.png?generate&prompt)',
    '# ![a](./a.png?generate)',
    '![![a](./a.png?generate)](./b.png?generate)',
  ],
  '![a](./a.png?generate) [^1] [ ] [x]\n\n[x]: /page?generate',
  '<img src="./a.png?generate&amp;w=480" alt="A &amp; b" />',
  '<img src="./a.png?generate&prompt" alt="A boat" />\n\n![b](./b.png?generate)',
  '<picture>\n  <source srcset="./a.png?generate" type="image/avif" />\n  <img src="./a.png?generate" alt="" />\n</picture>',
  'Text <video poster="./a.png?generate"></video> <a href="./b.png?generate">b</a> <a href="/c?generate">c</a>',
  '<img srcset="./a.png?generate&w=1 1x, ./b.png?generate&w=2 2x" src="./c.png?generate" alt="c" />',
  '<div>\n\n![a](./a.png?generate)\n\n</div>',
]

describe('the scan and the plugin find the same in Markdown', () => {
  const texts = [
    ...BOTH,
    ...[
      '    ![a](./a.png?generate)',
      '<!-- ![a](./a.png?generate) --> ![b](./b.png?generate)',
      '<IMG SRC="./a.png?generate">',
    ],
    ...[
      '<!-- a\n\n![a](./a.png?generate)\n--> ![b](./b.png?generate)\n![c](./c.png?generate)',
      '> <div>\n> ![a](./a.png?generate)\n>\n> ![b](./b.png?generate)',
    ],
    ...[
      'text\n<b>\n![a](./a.png?generate)',
      '<b>\n![a](./a.png?generate)',
      '<b>x</b>\n![a](./a.png?generate)',
      '- <div>\n  ![a](./a.png?generate)',
    ],
    ...['<picture> a\n<img src="./a.png?generate"> b\n</picture>', '<p>\n![a](./a.png?generate)\n</p>'],
  ]
  test.each(texts)('%j', (text) => {
    expect(written(text).sort()).toEqual(scanned(text, 'a.md').sort())
  })
})

describe('the scan and the plugin find the same in MDX', () => {
  const texts = [
    ...BOTH.map((text) => text.replaceAll('srcset=', 'srcSet=')),
    ...['{/* ![a](./a.png?generate) */} ![b](./b.png?generate)', '    ![a](./a.png?generate)'],
    ...["import a from './a.png?generate&as=img'\n\n{import('./b.png?generate')} ![c](./c.png?generate)"],
    ...['<Card of="./a.png?generate" alt="./b.png?generate" /> <x.y src="./c.png?generate" />'],
    ...[
      '<img src="./a.png?generate" alt={alt} />',
      '<Card srcSet="./a.png?generate 1x, ./b.png?generate 2x" />',
    ],
    ...['<b style="background: url(./a.png?generate)">x</b>', '<Card>\n  ![a](./a.png?generate)\n</Card>'],
    ...['<picture>\n<Card /><img src="./a.png?generate" alt="" /></picture>'],
  ]
  test.each(texts)('%j', async (text) => {
    expect((await imported(text)).sort()).toEqual([...new Set(scanned(text, 'a.mdx'))].sort())
  })
})

describe('the scan and the plugin for markdown-it find the same', () => {
  const md = new MarkdownIt({ html: true }).use(markdownItImages)
  // It encodes addresses by rules of its own.
  const plain = (found: readonly string[]) => [...new Set(found.map((one) => decodeURIComponent(one)))].sort()
  test.each(BOTH)('%j', (text) => {
    const html = md.render(text)
    const from = [...html.matchAll(/^import \w+ from ("[^\n]*")$/gm)].map(
      ([, one]) => JSON.parse(one!) as string,
    )
    expect(plain(from)).toEqual(plain(scanned(text, 'a.md')))
  })
})
