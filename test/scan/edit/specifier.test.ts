import { describe, expect, it } from 'vitest'
import type { FieldEdits } from '../../../src/scan/edit/field-edits.ts'
import { editSpecifier } from '../../../src/scan/edit/specifier.ts'
import { findSpecifiers } from '../../../src/scan/index.ts'

/** Edits the first specifier with a prompt. */
function edit(text: string, file: string, edits: FieldEdits): string {
  const first = findSpecifiers(text, file).find(({ written }) => written.includes('prompt'))!
  return editSpecifier(text, file, first.offset, edits)
}

type Case = readonly [file: string, before: string, edits: FieldEdits, after: string]

const CASES: readonly Case[] = [
  // The spelling of spaces is the author's.
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'",
    { prompt: 'A red hat' },
    "import a from './a.png?generate&prompt=A+red+hat'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A%20boat'",
    { prompt: 'A red hat' },
    "import a from './a.png?generate&prompt=A%20red%20hat'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A boat, calm.'",
    { prompt: 'A hat, red.' },
    "import a from './a.png?generate&prompt=A hat, red.'",
  ],
  // Quotes and what ends a text.
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'",
    { prompt: `It's "x" & <b> \\ \`y\` \${z}` },
    "import a from './a.png?generate&prompt=It%27s+%22x%22+%26+%3Cb%3E+%5C+%60y%60+%24%7Bz%7D'",
  ],
  [
    'a.ts',
    'import a from "./a.png?generate&prompt=It\'s a boat"',
    { prompt: "It's a hat" },
    'import a from "./a.png?generate&prompt=It\'s a hat"',
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=It\\'s a boat'",
    { prompt: "It's a hat" },
    "import a from './a.png?generate&prompt=It%27s a hat'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=50%25+boat'",
    { prompt: '100% a+b=c; #1?' },
    "import a from './a.png?generate&prompt=100%25+a%2Bb%3Dc%3B+%231%3F'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'",
    { prompt: 'Two\nlines' },
    "import a from './a.png?generate&prompt=Two%0Alines'",
  ],
  // Letters of any script stay readable, unless the author escapes them.
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'",
    { prompt: '紙の舟 été' },
    "import a from './a.png?generate&prompt=紙の舟+été'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=%C3%A9t%C3%A9'",
    { prompt: 'Été' },
    "import a from './a.png?generate&prompt=%C3%89t%C3%A9'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'",
    { prompt: 'A 🛶' },
    "import a from './a.png?generate&prompt=A+%F0%9F%9B%B6'",
  ],
  // Other words and their order.
  [
    'a.ts',
    "import a from './a.png?prompt=A+boat&w=480;960&generate&size=1:1&as=picture'",
    { size: '16:9' },
    "import a from './a.png?prompt=A+boat&w=480;960&generate&size=16:9&as=picture'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&size=1:1&as=img'",
    { size: null },
    "import a from './a.png?generate&prompt=A+boat&as=img'",
  ],
  [
    'a.ts',
    "import a from './a.png?size=1:1&generate&prompt=A+boat'",
    { size: null },
    "import a from './a.png?generate&prompt=A+boat'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&alt=B'",
    { alt: null, decorative: true },
    "import a from './a.png?generate&prompt=A+boat&decorative'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&decorative'",
    { decorative: null, alt: 'A boat' },
    "import a from './a.png?generate&prompt=A+boat&alt=A+boat'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&decorative=false'",
    { decorative: true },
    "import a from './a.png?generate&prompt=A+boat&decorative'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&style=ink'",
    { style: ['ink', 'a b'] },
    "import a from './a.png?generate&prompt=A+boat&style=ink;a+b'",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat&quality=low'",
    { quality: 'high', prompt: 'A hat', size: '16:9' },
    "import a from './a.png?generate&prompt=A+hat&quality=high&size=16:9'",
  ],
  // The same text twice: only the one that is meant.
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+boat'\nimport b from './a.png?generate&prompt=A+boat'",
    { prompt: 'A hat' },
    "import a from './a.png?generate&prompt=A+hat'\nimport b from './a.png?generate&prompt=A+boat'",
  ],
  // JavaScript in other forms.
  [
    'a.js',
    "const a = require('./a.png?generate&prompt=A+boat') // './a.png?generate&prompt=A+boat'",
    { prompt: 'A hat' },
    "const a = require('./a.png?generate&prompt=A+hat') // './a.png?generate&prompt=A+boat'",
  ],
  [
    'a.js',
    'const a = import(`./a.png?generate&prompt=A boat`)',
    { prompt: 'A `hat`' },
    'const a = import(`./a.png?generate&prompt=A %60hat%60`)',
  ],
  [
    'a.tsx',
    "const a = new URL('./a.png?generate\\u0026prompt=A+boat', import.meta.url)",
    { alt: 'B' },
    "const a = new URL('./a.png?generate\\u0026prompt=A+boat\\u0026alt=B', import.meta.url)",
  ],
  [
    'a.ts',
    "import a from './a.png?generate&prompt=A+\\\nboat'",
    { prompt: 'A hat' },
    "import a from './a.png?generate&prompt=A+hat'",
  ],
  [
    'a.ts',
    "\uFEFFimport a from './a.png?generate&prompt=A+boat'\r\nlet b\r\n",
    { prompt: 'A hat' },
    "\uFEFFimport a from './a.png?generate&prompt=A+hat'\r\nlet b\r\n",
  ],
  // Markup.
  [
    'a.html',
    '<img src="./a.png?generate&amp;prompt=A+boat" class="x">',
    { alt: 'A "boat" & more' },
    '<img src="./a.png?generate&amp;prompt=A+boat&amp;alt=A+%22boat%22+%26+more" class="x">',
  ],
  [
    'a.html',
    '<img src="./a.png?generate&prompt=A+boat">',
    { quality: 'low', prompt: 'A hat' },
    '<img src="./a.png?generate&prompt=A+hat&quality=low">',
  ],
  [
    'a.html',
    "<img src='./a.png?generate&prompt=It&#39;s'>",
    { prompt: "It's 'x'" },
    "<img src='./a.png?generate&prompt=It%27s+%27x%27'>",
  ],
  [
    'a.html',
    '<img src=./a.png?generate&prompt=A+boat>',
    { prompt: 'A > hat' },
    '<img src=./a.png?generate&prompt=A+%3E+hat>',
  ],
  [
    'a.html',
    '<img srcset="./a.png?generate&prompt=A+boat&w=64 64w, ./b.png?generate 2x">',
    { prompt: 'A, b' },
    '<img srcset="./a.png?generate&prompt=A%2C+b&w=64 64w, ./b.png?generate 2x">',
  ],
  [
    'a.html',
    '<p style="background: url(&quot;./a.png?generate&amp;prompt=A+boat&quot;)">',
    { prompt: 'A (hat)' },
    '<p style="background: url(&quot;./a.png?generate&amp;prompt=A+%28hat%29&quot;)">',
  ],
  [
    'a.vue',
    '<script setup>\nimport a from \'./a.png?generate&prompt=A+boat\'\n</script>\n<template><img :src="a"></template>',
    { prompt: 'A hat' },
    '<script setup>\nimport a from \'./a.png?generate&prompt=A+hat\'\n</script>\n<template><img :src="a"></template>',
  ],
  [
    'a.vue',
    '<template><img src="./a.png?generate&amp;prompt=A+boat"></template>',
    { prompt: 'A "hat"', size: '1:1' },
    '<template><img src="./a.png?generate&amp;prompt=A+%22hat%22&amp;size=1:1"></template>',
  ],
  [
    'a.svelte',
    "<script>import a from './a.png?generate&prompt=A+boat'</script><img src={a}>",
    { prompt: '{hat}' },
    "<script>import a from './a.png?generate&prompt=%7Bhat%7D'</script><img src={a}>",
  ],
  [
    'a.astro',
    "---\nimport a from './a.png?generate&prompt=A+boat'\n---\n<img src={a}>",
    { prompt: 'A hat --- x' },
    "---\nimport a from './a.png?generate&prompt=A+hat+---+x'\n---\n<img src={a}>",
  ],
  // Stylesheets.
  [
    'a.css',
    '.a { background: url(./a.png?generate&prompt=A+boat) }',
    { prompt: 'A (b) "c" ; d' },
    '.a { background: url(./a.png?generate&prompt=A+%28b%29+%22c%22+%3B+d) }',
  ],
  [
    'a.css',
    ".a { background: url('./a.png?generate\\26 prompt=A+boat') } /* url(./a.png?generate&prompt=A+boat) */",
    { size: '1:1' },
    ".a { background: url('./a.png?generate\\26 prompt=A+boat\\26 size=1:1') } /* url(./a.png?generate&prompt=A+boat) */",
  ],
  [
    'a.scss',
    '.a\n  background: image-set("./a.png?generate&prompt=A boat" 1x)',
    { prompt: 'A hat' },
    '.a\n  background: image-set("./a.png?generate&prompt=A hat" 1x)',
  ],
  // Markdown.
  [
    'a.md',
    '![B](./a.png?generate&prompt=A+boat) and `![B](./a.png?generate&prompt=A+boat)`',
    { prompt: 'A) [hat]' },
    '![B](./a.png?generate&prompt=A%29+%5Bhat%5D) and `![B](./a.png?generate&prompt=A+boat)`',
  ],
  [
    'a.md',
    '![B](<./a.png?generate&prompt=A boat> "title")',
    { prompt: 'A <hat>' },
    '![B](<./a.png?generate&prompt=A %3Chat%3E> "title")',
  ],
  [
    'a.md',
    '![B](./a.png?generate\\&prompt=A+boat)',
    { size: '1:1' },
    '![B](./a.png?generate\\&prompt=A+boat\\&size=1:1)',
  ],
  [
    'a.md',
    "---\nimage: './a.png?generate&prompt=It''s'\n---\n# Title\n",
    { prompt: "It's b: c" },
    "---\nimage: './a.png?generate&prompt=It%27s+b:+c'\n---\n# Title\n",
  ],
  [
    'a.md',
    '---\nimage: ./a.png?generate&prompt=A+boat # x\n---\n',
    { prompt: 'A: # hat' },
    '---\nimage: ./a.png?generate&prompt=A:+%23+hat # x\n---\n',
  ],
  [
    'a.mdx',
    "import a from './a.png?generate&prompt=A+boat'\n\n<img src={a} />\n",
    { prompt: 'A hat' },
    "import a from './a.png?generate&prompt=A+hat'\n\n<img src={a} />\n",
  ],
]

describe('editing a specifier in its source file', () => {
  it.each(CASES)('in %s: %s, %j', (file, before, edits, after) => {
    expect(edit(before, file, edits)).toBe(after)
  })

  const TEXT = "import a from './a.png?generate&prompt=A+boat'"
  const REFUSED: readonly (readonly [string, FieldEdits, string])[] = [
    ['a size that is none', { size: 'large' }, 'BAD_VALUE'],
    ['an empty prompt', { prompt: ' ' }, 'BAD_VALUE'],
    ['no prompt', { prompt: null }, 'EDIT_FAILED'],
    ['half a character', { prompt: 'A \ud800' }, 'EDIT_FAILED'],
    ['a style that holds what stands between styles', { style: ['a;b'] }, 'EDIT_FAILED'],
  ]
  it.each(REFUSED)('refuses %s', (_, edits, code) => {
    expect(() => edit(TEXT, 'a.ts', edits)).toThrow(`[${code}]`)
  })

  it('refuses a place where no specifier begins', () => {
    expect(() => editSpecifier(TEXT, 'a.ts', 3, { alt: 'B' })).toThrow('[EDIT_FAILED]')
  })
})
