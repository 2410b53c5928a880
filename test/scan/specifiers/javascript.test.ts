import { describe, expect, test } from 'vitest'
import { findSpecifiers } from '../../../src/scan/specifiers/languages.ts'
import { found } from '../support.ts'

const BOAT = './boat.png?generate'

describe('what counts', () => {
  test.each([
    `import boat from '${BOAT}'`,
    `import boat from "${BOAT}"`,
    `import'${BOAT}'`,
    `import "${BOAT}";`,
    `import * as boat from '${BOAT}'`,
    `import a, { b as c } from '${BOAT}'`,
    `import {\n  a, // first\n  b,\n} from\n  '${BOAT}'`,
    `import boat from /* why */ '${BOAT}' with { type: 'url' }`,
    `import type Boat from '${BOAT}'`,
    `export { default } from '${BOAT}'`,
    `export * as boat from '${BOAT}'`,
    `const boat = await import('${BOAT}')`,
    `const boat = await import(/* @vite-ignore */ '${BOAT}', {})`,
    `const boat = import(\`${BOAT}\`)`,
    `const boat = require('${BOAT}')`,
    `import boat = require('${BOAT}')`,
    `const boat = new URL('${BOAT}', import.meta.url)`,
    `const boat = new URL(\n  '${BOAT}',\n  import.meta.url,\n).href`,
    `type Boat = typeof import('${BOAT}')`,
  ])('%s', (text) => {
    expect(found(text, 'a.ts')).toEqual([BOAT])
    expect(found(text, 'a.tsx')).toEqual([BOAT])
  })
})

describe('what does not count', () => {
  test.each([
    `// import boat from '${BOAT}'`,
    `/* import boat from '${BOAT}' */`,
    `const text = "import boat from '${BOAT}'"`,
    `const text = \`import boat from '${BOAT}'\``,
    `const boat = '${BOAT}'`,
    `const boats = ['${BOAT}']`,
    `load('${BOAT}')`,
    `vi.mock('${BOAT}')`,
    `module.require('${BOAT}')`,
    `require.resolve('${BOAT}')`,
    `a.import('${BOAT}')`,
    `a?.require('${BOAT}')`,
    `const boat = new URL('${BOAT}', document.baseURI)`,
    `const boat = new URL('${BOAT}', import.meta.urls)`,
    `const boat = URL('${BOAT}', import.meta.url)`,
    `import('${BOAT}' + size)`,
    `const boat = { from: '${BOAT}', import: '${BOAT}' }`,
    `import('./boat-' + '${BOAT}')`,
    `import(\`./\${name}.png?generate\`)`,
    `const re = /import('\\.\\/boat.png?generate')/`,
    `import boat from './boat.png?generated'`,
    `import boat from './boat.png?w=480'`,
    `import boat from './generate.png'`,
    `import boat from 'https://example.com/boat.png?generate'`,
    `import boat from '//example.com/boat.png?generate'`,
    `import boat from 'data:text/plain,a?generate'`,
  ])('%s', (text) => {
    expect(found(text, 'a.ts')).toEqual([])
    expect(found(text, 'a.js')).toEqual([])
  })
})

test('several in one file, in their order', () => {
  const text = `#!/usr/bin/env node
import a from './a.png?generate'
import b from "./b.png?generate&as=picture" // './c.png?generate'
export * from './d.png?generate&w=480;960'
const re = /[/'"]/g, half = 1 / 2
const e = () => import('paper-boat?generate')
`
  expect(found(text, 'a.js')).toEqual([
    './a.png?generate',
    './b.png?generate&as=picture',
    './d.png?generate&w=480;960',
    'paper-boat?generate',
  ])
})

test('escapes are decoded; the offset is that of the literal', () => {
  const decoded = (inside: string) => found(`import a from '${inside}'`, 'a.ts')
  expect(decoded(`./a.png?generate&prompt=It\\'s a boat`)).toEqual([`./a.png?generate&prompt=It's a boat`])
  expect(decoded(`./\\u0061.png?generate\\x26prompt=\\u{1F6A4}`)).toEqual(['./a.png?generate&prompt=🚤'])
  expect(decoded(`./a.png?generate&prompt=a\\\n boat`)).toEqual(['./a.png?generate&prompt=a boat'])
  expect(decoded(`./a.png?generate&prompt=\\u{110000}`)).toEqual(['./a.png?generate&prompt=\uFFFD'])
  expect(findSpecifiers(`import a from '\\u002e/a.png?generate'`, 'a.ts')[0]?.offset).toBe(15)
})

describe('JSX', () => {
  test('the text of elements is no code, expressions in them are', () => {
    const text = `import a from './a.png?generate'
export const Page = () => (
  <main title="import x from './no.png?generate'">
    Don't import x from './no.png?generate'; it's only text.
    {/* import('./no.png?generate') */}
    <img src={new URL('./b.png?generate', import.meta.url).href} alt='It"s' />
    {lazy(() => import('./c.png?generate'))}
    <img src="./no.png?generate" />
  </main>
)
const d = require('./d.png?generate')
`
    const all = ['./a.png?generate', './b.png?generate', './c.png?generate', './d.png?generate']
    expect(found(text, 'a.jsx')).toEqual(all)
    expect(found(text, 'a.tsx')).toEqual(all)
  })

  test('generics of TypeScript that look like elements hide nothing', () => {
    const text = `import a from './a.png?generate'
const first = <T,>(items: T[]): T => items[0]!
const second = <T extends object>(item: T) => item
const b = import('./b.png?generate')
const c = useState<string | undefined>("it's")
export const d = () => <p>{require('./d.png?generate')}</p>
`
    expect(found(text, 'a.tsx')).toEqual(['./a.png?generate', './b.png?generate', './d.png?generate'])
  })

  test('TypeScript without JSX has casts', () => {
    expect(found(`const a = <Foo>bar; const b = import('./b.png?generate')`, 'a.ts')).toEqual([
      './b.png?generate',
    ])
  })
})

describe('text that is no program', () => {
  test.each([
    [`import a from './a.png?generate'\nconst b = 'never closed\nimport c from './c.png?generate'`],
    [`import a from './a.png?generate'\n}}}) => <<< @@ \\ import c from './c.png?generate'`],
  ])('gives what can be understood: %s', (text) => {
    expect(found(text, 'a.ts')).toEqual(['./a.png?generate', './c.png?generate'])
  })

  test('what is not closed is left out', () => {
    expect(found(`import a from './a.png?generate`, 'a.ts')).toEqual([])
    expect(found(`import a from './a.png?generate'\n\`import('./b.png?generate')`, 'a.ts')).toEqual([
      './a.png?generate',
    ])
  })

  test('a literal of many megabytes does not crash', () => {
    const text = `import a from './a.png?generate'\nconst big = '${'\\x41'.repeat(4_000_000)}'`
    expect(found(text, 'a.js')).toEqual(['./a.png?generate'])
  })
})

test('the module extensions are all known', () => {
  for (const file of ['a.js', 'a.mjs', 'a.cjs', 'a.jsx', 'a.ts', 'a.mts', 'a.cts', 'a.tsx', 'A.TS']) {
    expect(found(`import '${BOAT}'`, file)).toEqual([BOAT])
  }
  expect(found(`import '${BOAT}'`, 'a.txt')).toEqual([])
})
