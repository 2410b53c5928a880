import { describe, expect, test } from 'vitest'
import { found } from '../support.ts'

const md = (text: string) => found(text, 'a.md')

describe('pictures and links', () => {
  test.each([
    ['a picture', `Some ![a boat](./a.png?generate) here.`, './a.png?generate'],
    ['without an extension', `![](paper-boat?generate)`, 'paper-boat?generate'],
    ['with a title', `![a](./a.png?generate "It's a boat")`, './a.png?generate'],
    [
      'in angle brackets',
      `![a](<./my boat.png?generate&prompt=A big boat>)`,
      './my boat.png?generate&prompt=A big boat',
    ],
    ['with brackets in the text', `![a [b] \\] c](./a.png?generate)`, './a.png?generate'],
    ['with brackets in the path', `![a](./a(1).png?generate)`, './a(1).png?generate'],
    ['with escapes and references', `![a](./a\\_b.png?generate&amp;as=img)`, './a_b.png?generate&as=img'],
    ['a definition', `![a][boat]\n\n[boat]: ./a.png?generate 'A title'`, './a.png?generate'],
    ['a definition in a quotation', `> [boat]: <./my a.png?generate>`, './my a.png?generate'],
    ['a link to a picture', `[large](./a.png?generate&w=1440)`, './a.png?generate&w=1440'],
    ['HTML', `Text <img src="./a.png?generate&amp;w=480" alt="a">`, './a.png?generate&w=480'],
    ['in a list', `-   item\n\n    ![a](./a.png?generate)`, './a.png?generate'],
    ['in a table', `| a | b |\n|---|---|\n| ![a](./a.png?generate) | b |`, './a.png?generate'],
    ['on the next line', `![a](\n./a.png?generate)`, './a.png?generate'],
    ['deep in a paragraph', `text\n    ![a](./a.png?generate)`, './a.png?generate'],
  ])('%s', (_, text, written) => {
    expect(md(text)).toEqual([written])
    expect(md(text.replaceAll('\n', '\r\n'))).toEqual([written])
  })

  test('a picture within a link', () => {
    expect(md(`[![a](./a.png?generate)](./b.png?generate)`)).toEqual(['./a.png?generate', './b.png?generate'])
  })

  test.each([
    ['a link to a page', `[new](/tools/new?generate)`],
    ['another host', `![a](https://example.com/a.png?generate)`],
    ['escaped', `!\\[a](./a.png?generate)`],
    ['text alone', `./a.png?generate (./a.png?generate)`],
    ['a comment', `<!-- ![a](./a.png?generate)\n<img src="./a.png?generate"> -->`],
  ])('%s does not count', (_, text) => {
    expect(md(text)).toEqual([])
  })
})

describe('code does not count', () => {
  test.each([
    ['a code span', 'Write `![a](./no.png?generate)` for it.'],
    ['a code span with a backtick', 'Write `` ![a](./no.png?generate) ` `` for it.'],
    ['a code span over two lines', '`![a](./no.png?generate)\nmore`'],
    ['a span that a backslash ends', '`![a](./no.png?generate)\\`'],
    ['a fence', '```md\n![a](./no.png?generate)\n\n```'],
    ['a fence of tildes with a shorter one in it', '~~~~\n~~~\n![a](./no.png?generate)\n~~~~'],
    ['a fence with another in it', '````\n```\n![a](./no.png?generate)\n```\n````'],
    ['a fence in a list', '1. one\n\n   ```html\n   <img src="./no.png?generate">\n   ```'],
    ['a fence at a list mark', '- ```html\n  <img src="./no.png?generate">\n  ```'],
    ['a fence in a quotation', '> ```\n> ![a](./no.png?generate)\n> ```'],
    ['a fence that is not closed', '```\n![a](./no.png?generate)\n\n<img src="./no.png?generate">'],
    ['indented code', 'text\n\n    ![a](./no.png?generate)\n\n    ![a](./no.png?generate)'],
    ['indented code at the start', '\t![a](./no.png?generate)'],
    ['indented code in a list', '- item\n\n      ![a](./no.png?generate)'],
  ])('%s', (_, code) => {
    expect(md(`${code}\n`)).toEqual([])
    expect(md(`${code.replaceAll('\n', '\r\n')}\r\n`)).toEqual([])
  })

  test('and what follows it does', () => {
    expect(md('```\ncode\n```\n![a](./a.png?generate)')).toEqual(['./a.png?generate'])
    expect(md('> ```\n> code\n\n![a](./a.png?generate)')).toEqual(['./a.png?generate'])
    expect(md('one ` tick, ![a](./a.png?generate)\n\nanother ` tick')).toEqual(['./a.png?generate'])
    expect(md('an escaped \\` tick, ![a](./a.png?generate) and `code`')).toEqual(['./a.png?generate'])
    expect(md('`code` ![a](./a.png?generate) `code`')).toEqual(['./a.png?generate'])
    expect(md('    code\n\ntext ![a](./a.png?generate)')).toEqual(['./a.png?generate'])
    expect(md('```not a fence``` ![a](./a.png?generate)')).toEqual(['./a.png?generate'])
    expect(md('- item\n\nparagraph\n\n    code ![a](./no.png?generate)')).toEqual([])
  })
})

describe('front matter', () => {
  test('values of YAML', () => {
    const text = `---
# image: ./no.png?generate
title: It's ./no.png?generate
image: ./a.png?generate&w=480 # why
"cover": "./b.png?generate&prompt=A \\"paper\\" boat"
seo:
  card: './c.png?generate&prompt=It''s a boat'
gallery:
  - ./d.png?generate
  - src: hero?generate
more: [./e.png?generate, "./f.png?generate"]
other: { src: ./g.png?generate, n: 1 }
link: https://example.com/no.png?generate
---

![h](./h.png?generate)
`
    expect(md(text)).toEqual([
      './a.png?generate&w=480',
      './b.png?generate&prompt=A "paper" boat',
      "./c.png?generate&prompt=It's a boat",
      './d.png?generate',
      'hero?generate',
      './e.png?generate',
      './f.png?generate',
      './g.png?generate',
      './h.png?generate',
    ])
    expect(md(text.replaceAll('\n', '\r\n'))).toHaveLength(9)
    expect(md(`\uFEFF${text}`)).toHaveLength(9)
  })

  test('values of TOML', () => {
    expect(md(`+++\nimage = "./a.png?generate"\n+++\n`)).toEqual(['./a.png?generate'])
  })

  test('a line of dashes further down is none', () => {
    expect(md(`text\n\n---\nimage: ./no.png?generate\n---\n`)).toEqual([])
    expect(md(`---\nimage: ./no.png?generate\n`)).toEqual([])
  })
})

describe('MDX', () => {
  const mdx = (text: string) => found(text, 'a.mdx')

  test('imports, exports, attributes and expressions', () => {
    const text = `---
image: ./a.png?generate
---
import b from './b.png?generate&as=picture'
import c from "./c.png?generate"
export const d = import(\`./d.png?generate\`)

# Don't

    ![no indented code here](./e.png?generate)

<Picture src="./f.png?generate" of={import('./g.png?generate')} alt="./no.png?generate" />

{/* ![a](./no.png?generate) */}
Some {await import('./h.png?generate')} text, ![i](./i.png?generate)

\`\`\`js
import no from './no.png?generate'
\`\`\`

Write \`import no from './no.png?generate'\`, or say
import things from './no.png?generate'.
`
    expect(mdx(text)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => expect.stringContaining(`./${name}.png`)),
    )
    expect(mdx(text.replaceAll('\n', '\r\n'))).toHaveLength(9)
  })

  test('in plain Markdown, imports are text', () => {
    expect(md(`import b from './b.png?generate'\n\n{import('./a.png?generate')}`)).toEqual([])
  })
})
