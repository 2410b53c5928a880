// Specifiers in attributes that their language leaves as they stand.
import { describe, expect, test } from 'vitest'
import { findSpecifiers, findTexts } from '../../../src/scan/specifiers/languages.ts'
import { messages, scanProject } from '../support.ts'

const texts = (text: string, file: string) =>
  findTexts(text, file).map(({ written, offset, left }) => {
    expect(text.slice(offset, offset + 2)).toBe(written.slice(0, 2))
    return `${left.by} ${left.attribute} ${written}`
  })

describe('JSX', () => {
  test('the attributes that show a picture, and whatever has the path of one', () => {
    const text = `import boat from './boat.png?generate'
const Page = ({ children }: { children: Node[] }) => (
  <main title="./no.png?generate">
    <img src="./a.png?generate&amp;w=480" alt="./b.png of ?generate" />
    <img src={boat} srcSet=" boat?generate " />
    <Hero picture='./c.webp?generate' to="/reports?generate" />
    {children.map(() => <video poster="./d.jpg?generate" />)}
    <img src="https://example.org/a.png?generate" data-text={'./no.png?generate'} />
    {/* <img src="./no.png?generate" /> */}
    <pre>src="./no.png?generate"</pre>
  </main>
)
const sample = '<img src="./no.png?generate">'
`
    const left = [
      'JSX src ./a.png?generate&w=480',
      'JSX srcSet boat?generate',
      'JSX picture ./c.webp?generate',
      'JSX poster ./d.jpg?generate',
    ]
    expect(texts(text, 'a.tsx')).toEqual(left)
    expect(texts(text, 'a.jsx')).toEqual(left)
    // They ask for nothing.
    expect(findSpecifiers(text, 'a.tsx').map(({ written }) => written)).toEqual(['./boat.png?generate'])
  })

  test('what only looks like an element is none', () => {
    expect(texts('const a = <T>(b: T) => b\nconst c = "src=\'./no.png?generate\'"', 'a.tsx')).toEqual([])
    expect(texts('<img src="./no.png?generate" />', 'a.ts')).toEqual([])
  })
})

test('Svelte, but for what its image plugin makes an import of', () => {
  const text = `<script>import a from './a.png?generate'</script>
<img src="./b.png?generate" srcset="./c.png?generate 2x" {...a} alt="./d.png?generate">
<enhanced:img src="./e.png?generate" />
<Hero picture="./f.png?generate" other={import('./g.png?generate')} style="background: url(./h.png?generate)" />
`
  expect(texts(text, 'a.svelte')).toEqual([
    'Svelte src ./b.png?generate',
    'Svelte srcset ./c.png?generate',
    'Svelte picture ./f.png?generate',
    'Svelte style ./h.png?generate',
  ])
})

test('Astro, template literals as well', () => {
  const text = `---
import a from './a.png?generate'
---
<img src="./b.png?generate" alt="">
{list.map(() => <Card picture=\`./c.png?generate\` other={a} />)}
`
  expect(texts(text, 'a.astro')).toEqual(['Astro src ./b.png?generate', 'Astro picture ./c.png?generate'])
})

test.each(['vue', 'html', 'mdx', 'md'])('none of %s', (extension) => {
  const text = '<img src="./a.png?generate" alt="A boat">\n'
  expect(findTexts(text, `a.${extension}`)).toEqual([])
})

test('the scan warns of each, at its place', async () => {
  const { warnings, errors, requests } = await scanProject({
    'images.prompts.json': { images: { boat: 'A boat' } },
    'src/Page.jsx': 'export const Page = () => (\n  <img src="/boat.png?generate" />\n)\n',
    'src/Page.svelte': '<img alt="" src="../boat.png?generate">\n',
  })
  expect(errors).toEqual([])
  expect(requests.map(({ name }) => name)).toEqual(['boat'])
  expect(messages(warnings)).toMatchInlineSnapshot(`
    "
    JSX leaves the text of "src" as it stands: the page will look for a file of this very name, and find none. [LEFT_AS_TEXT]
      at src/Page.jsx:2:13
      → Import the picture, and give the attribute what that gives: src={…}. With a plugin that makes an import of such a text, all is well.
    Svelte leaves the text of "src" as it stands: the page will look for a file of this very name, and find none. [LEFT_AS_TEXT]
      at src/Page.svelte:1:18
      → Import the picture, and give the attribute what that gives: src={…}. With a plugin that makes an import of such a text, all is well.
    "
  `)
})
