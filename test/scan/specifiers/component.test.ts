import { describe, expect, test } from 'vitest'
import { found } from '../support.ts'

describe('Vue', () => {
  test('scripts, attributes, bound expressions and styles', () => {
    const text = `<script setup lang="ts">
import a from './a.png?generate&as=picture'
const title = '<img src="./no.png?generate">'
</script>

<template>
  <!-- <img src="./no.png?generate"> -->
  <p title="./no.png?generate">{{ it's }} { not code: import('./no.png?generate') }</p>
  <img src="@/b.png?generate&amp;w=480" alt="./no.png?generate">
  <Picture :src="'./no.png?generate'" @click="open = a > 1" v-bind:source="require('./c.png?generate')" />
  <Hero background="./d.png?generate" />
</template>

<style lang="scss" scoped>
// url(./no.png?generate)
.hero { background: url('~@/e.png?generate') }
</style>
<style>
.hero { background: url(./f.png?generate) }
</style>
`
    expect(found(text, 'a.vue')).toEqual([
      './a.png?generate&as=picture',
      '@/b.png?generate&w=480',
      './c.png?generate',
      './d.png?generate',
      '~@/e.png?generate',
      './f.png?generate',
    ])
  })

  test('a script may be JSX', () => {
    const text = `<script lang="tsx">const a = () => <p>it's {import('./a.png?generate')}</p></script>`
    expect(found(text, 'a.vue')).toEqual(['./a.png?generate'])
  })
})

describe('Svelte', () => {
  test('scripts, attributes, expressions and styles', () => {
    const text = `<script context="module">
  export const a = import('./a.png?generate')
</script>
<script lang="ts">
  import b from './b.png?generate'
  let n: Array<string> = []
</script>

{#await import('./c.png?generate&as=img') then { default: c }}
  <enhanced:img src="./d.png?generate" alt={c.alt} on:click={() => n.length > 1 && open("}")} />
{/await}
<p>Don't import('./no.png?generate')</p>
<img src="{import('./e.png?generate')}" {...rest} alt="">
<img src="./{name}.png?generate" alt="">
{#if a <b}<Hero picture={require('./f.png?generate')} />{/if}
<!-- {import('./no.png?generate')} -->
{/* import('./no.png?generate') */ ''}

<style>
  p { background: image-set("./g.png?generate" 1x) }
</style>
`
    expect(found(text, 'a.svelte')).toEqual([
      './a.png?generate',
      './b.png?generate',
      './c.png?generate&as=img',
      './d.png?generate',
      './e.png?generate',
      './f.png?generate',
      './g.png?generate',
    ])
  })
})

describe('Astro', () => {
  test('front matter, expressions around elements, template attributes', () => {
    const text = `---
import Layout from '../layouts/Layout.astro'
import a from './a.png?generate&as=original'
// import no from './no.png?generate'
const list = [1, 2]
---
<Layout title="It's ./no.png?generate">
  <Image src={import('./b.png?generate&as=original')} alt={\`a \${"}"} boat\`} />
  {list.map((n) => n > 1 && <Image src={import('./c.png?generate')} alt="" />)}
  {a ? <p>don't {n}</p> : import('./d.png?generate')}
  <img src=\`./e.png?generate\` alt=\`\${a}\` />
  <img src=\`./\${a}.png?generate\` />
  <img src="./f.png?generate" />
  <code>import('./no.png?generate')</code>
</Layout>
<script>
  import './g.png?generate'
</script>
<style lang="less">
  // url(./no.png?generate)
  main { background: url("./h.png?generate") }
</style>
`
    expect(found(text, 'a.astro')).toEqual([
      './a.png?generate&as=original',
      './b.png?generate&as=original',
      './c.png?generate',
      './d.png?generate',
      './e.png?generate',
      './f.png?generate',
      './g.png?generate',
      './h.png?generate',
    ])
  })

  test('without front matter', () => {
    expect(found(`<img src="./a.png?generate">`, 'a.astro')).toEqual(['./a.png?generate'])
    expect(found(`---\nimport './a.png?generate'`, 'a.astro')).toEqual(['./a.png?generate'])
    expect(
      found(`---\r\nimport './a.png?generate'\r\n---\r\n<img src="./b.png?generate">`, 'a.astro'),
    ).toEqual(['./a.png?generate', './b.png?generate'])
  })
})

test('what is not closed ends with the text', () => {
  for (const file of ['a.vue', 'a.svelte', 'a.astro']) {
    expect(found(`<img src="./a.png?generate" alt={`, file)).toEqual(['./a.png?generate'])
    expect(found(`<script>import './a.png?generate'`, file)).toEqual(['./a.png?generate'])
    expect(found(`<img src="./a.png?generate"> { " \` <!--`, file)).toEqual(['./a.png?generate'])
  }
})
