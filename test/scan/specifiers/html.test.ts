import { describe, expect, test } from 'vitest'
import { findSpecifiers } from '../../../src/scan/specifiers/languages.ts'
import { found } from '../support.ts'

const html = (text: string) => found(text, 'index.html')

describe('attributes', () => {
  test.each([
    ['double quotes', `<img src="./a.png?generate&as=url" alt="A > B">`],
    ['single quotes', `<img alt='a "boat"' src='./a.png?generate&as=url'>`],
    ['no quotes', `<img src=./a.png?generate&as=url alt=boat>`],
    ['white space around', `<img\n  src = "\n ./a.png?generate&as=url \n"\n/>`],
    ['upper case', `<IMG SRC="./a.png?generate&as=url">`],
    ['a poster', `<video poster="./a.png?generate&as=url"></video>`],
    ['a link element', `<link rel="icon" href="./a.png?generate&as=url">`],
    ['a meta element', `<meta property="og:image" content="./a.png?generate&as=url">`],
    ['a data attribute', `<div data-background="./a.png?generate&as=url"></div>`],
    ['SVG', `<svg><image xlink:href="./a.png?generate&as=url"/></svg>`],
    ['a style', `<div style="color: red; background: url('./a.png?generate&as=url')"></div>`],
    [
      'a style with references for quotes',
      `<div style="background: url(&quot;./a.png?generate&as=url&quot;)"></div>`,
    ],
    ['a link to a picture', `<a href="./a.png?generate&as=url">large</a>`],
  ])('%s', (_, text) => {
    expect(html(text)).toEqual(['./a.png?generate&as=url'])
  })

  test('each candidate of a srcset', () => {
    const text = `<img srcset="./a.png?generate&w=480,960 480w,
      ./b.png?generate 2x,./no.png 3x, ./c.png?generate," src="/d.png?generate">`
    expect(html(text)).toEqual([
      './a.png?generate&w=480,960',
      './b.png?generate',
      './c.png?generate',
      '/d.png?generate',
    ])
    expect(html(`<source srcset="./a.png?generate">`)).toEqual(['./a.png?generate'])
    expect(html(`<img data-srcset="./a.png?generate 1x">`)).toEqual(['./a.png?generate'])
  })

  test('references are decoded, once, and only with their semicolon', () => {
    expect(html(`<img src="./a.png?generate&amp;prompt=A+&quot;boat&quot;&#33;&#x21;&copy=1">`)).toEqual([
      './a.png?generate&prompt=A+"boat"!!&copy=1',
    ])
    expect(html(`<img src="./a.png?generate&amp;prompt=&amp;amp;&valueOf;">`)).toEqual([
      './a.png?generate&prompt=&amp;&valueOf;',
    ])
  })

  test.each([
    ['text for people', `<img alt="./a.png?generate" title="./b.png?generate">`],
    ['a link to a page', `<a href="/tools/new?generate">new</a>`],
    [
      'another host',
      `<img src="https://example.com/a.png?generate"><img src="//example.com/a.png?generate">`,
    ],
    ['a template', `<img src="{{ name }}.png?generate"><img src="<%= name %>.png?generate">`],
    ['another word', `<img src="./a.png?generated"><img src="./a.png?regenerate">`],
    ['text', `<p>./a.png?generate src="./a.png?generate"</p>`],
    [
      'the text of a textarea',
      `<textarea><img src="./a.png?generate"></textarea><title><img src="./a.png?generate"></title>`,
    ],
  ])('%s does not count', (_, text) => {
    expect(html(text)).toEqual([])
  })
})

test('comments are skipped', () => {
  const text = `<!-- <img src="./no.png?generate"> --><img src="./a.png?generate"><!--
  > <img src="./no.png?generate"> -- <!-- -->
<img src="./b.png?generate"><!-- not closed <img src="./no.png?generate">`
  expect(html(text)).toEqual(['./a.png?generate', './b.png?generate'])
})

test('scripts: modules alone', () => {
  const text = `<!doctype html>
<script>import('./no.png?generate')</script>
<script type="application/json">{"a": "import('./no.png?generate')"}</script>
<script type="text/template"><img src="./no.png?generate"></script>
<script type="module">
  import a from './a.png?generate'
  if (a < b) document.body.innerHTML = '<img src="./no.png?generate">'
</script>
<script type=module src="./main.ts"></script>
<img src="./b.png?generate">`
  expect(html(text)).toEqual(['./a.png?generate', './b.png?generate'])
})

test('styles', () => {
  expect(
    html(
      `<style media="print">/* url(no.png?generate) */ body { background: url(./a.png?generate) }</style>`,
    ),
  ).toEqual(['./a.png?generate'])
})

test('broken markup gives what can be understood', () => {
  expect(html(`a < b <img <img src="./a.png?generate"> <p class="x" "y' <b>`)).toEqual(['./a.png?generate'])
  expect(html(`<img src="./a.png?generate"`)).toEqual(['./a.png?generate'])
  expect(html(`<script type=module>import './a.png?generate'`)).toEqual(['./a.png?generate'])
  expect(html(`<img = "./no.png?generate" == src="./a.png?generate">`)).toEqual(['./a.png?generate'])
})

test('offsets are exact in every form', () => {
  const text = `<p style="background: url( &quot;./a.png?generate&quot; )"><img srcset=" ./b.png?generate 1x,./c.png?generate 2x">`
  expect(findSpecifiers(text, 'a.html').map(({ offset }) => text.slice(offset, offset + 7))).toEqual([
    './a.png',
    './b.png',
    './c.png',
  ])
})
