// The components as a server renders them.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { rolldown } from 'rolldown'
import type { Component } from 'svelte'
import { compile } from 'svelte/compiler'
import { render } from 'svelte/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { type PictureProps, pictureParts } from '../../src/embed/picture-parts.ts'
import { Picture as ReactPicture } from '../../src/react.ts'
import { Picture as VuePicture } from '../../src/vue.ts'

const img = {
  src: '/b-2.jpg',
  srcset: '/b-1.jpg 1w, /b-2.jpg 2w',
  width: 2,
  height: 1,
  alt: 'A "boat" & <more>',
}
const picture = { img, sources: { avif: '/b-1.avif 1w', webp: '/b-1.webp 1w' } }
const CASES: readonly [string, PictureProps & { readonly class?: string; readonly id?: string }][] = [
  ['a picture', { of: picture }],
  ['an img', { of: img }],
  ['sizes', { of: picture, sizes: '(max-width: 600px) 100vw, 50vw' }],
  ['the picture that is waited for', { of: picture, priority: true }],
  ['an alt of its own', { of: picture, alt: '' }],
  ['what is not its own', { of: picture, class: 'hero', id: 'first' }],
  ['a colour in its place', { of: { ...picture, placeholder: '#a1b2c3' } }],
  ['a blur in its place', { of: { ...img, placeholder: 'data:image/webp;base64,UklGRg==' } }],
]

let folder: string
let SveltePicture: Component<Record<string, unknown>>
beforeAll(async () => {
  // Where packages are found.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.svelte-'))
  const bundle = await rolldown({
    input: fileURLToPath(new URL('../../src/svelte/Picture.svelte', import.meta.url)),
    external: /^svelte/,
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      {
        name: 'svelte',
        transform: {
          filter: { id: /svelte$/ },
          handler: (code) => compile(code, { generate: 'server' }).js.code,
        },
      },
    ],
  })
  const file = join(folder, 'picture.mjs')
  await bundle.write({ file })
  await bundle.close()
  SveltePicture = (await import(pathToFileURL(file).href)).default
})
afterAll(() => rm(folder, { recursive: true }))

/** Elements with their attributes: frameworks write each their own spaces, entities and marks between. */
const elements = (html: string) =>
  [...html.replace(/<!--.*?-->/gs, '').matchAll(/<(\/?\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name, attributes]) => {
      // Svelte marks an <img> that is given attributes it does not know.
      const pairs = [...attributes!.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].filter(
        ([, key]) => !/^on/.test(key!),
      )
      return [
        name,
        Object.fromEntries(pairs.map(([, key, value = '']) => [key!.toLowerCase(), plain(value)])),
      ]
    },
  )

const plain = (value: string) =>
  value
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name]!)
    .replace(/\s*([:;])\s*/g, '$1')
    .replace(/;$/, '')

const RENDERERS: readonly [string, (props: Record<string, unknown>) => Promise<string> | string][] = [
  [
    'React',
    ({ class: className, ...props }) =>
      renderToStaticMarkup(createElement(ReactPicture, { className, ...props } as never)),
  ],
  ['Vue', (props) => renderToString(createSSRApp(VuePicture as never, props))],
  ['Svelte', (props) => render(SveltePicture, { props }).body],
]

describe.each(RENDERERS)('%s', (_, draw) => {
  it.each(CASES)('draws %s', async (_, { of, sizes, alt, priority, ...rest }) => {
    const { sources, img, style } = pictureParts({ of, sizes, alt, priority })
    const texts = (attributes: object) =>
      Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, plain(String(value))]))
    const css = Object.entries(style ?? {}).map((pair) => pair.join(':'))
    const own = { ...img, ...rest, ...(css.length === 0 ? {} : { style: css.join(';') }) }
    const expected = [...sources.map((source) => ['source', texts(source)]), ['img', texts(own)]]
    const html = await draw({
      of,
      ...(sizes && { sizes }),
      ...(alt !== undefined && { alt }),
      ...(priority && { priority }),
      ...rest,
    })
    expect(elements(html)).toEqual(
      sources.length === 0 ? expected : [['picture', {}], ...expected, ['/picture', {}]],
    )
  })

  it('keeps a style of the author beside the placeholder', async () => {
    const author = { color: 'red' }
    const html = await draw({
      of: { ...img, placeholder: '#a1b2c3' },
      style: draw === RENDERERS[2]![1] ? 'color: red' : author,
    })
    const [[, { style }]] = elements(html) as [[string, Record<string, string>]]
    expect(style).toBe('background-color:#a1b2c3;color:red')
  })
})

it('says what every attribute is', () => {
  expect(pictureParts({ of: picture, sizes: '50vw' })).toEqual({
    sources: [
      { type: 'image/avif', srcset: '/b-1.avif 1w', sizes: '50vw' },
      { type: 'image/webp', srcset: '/b-1.webp 1w', sizes: '50vw' },
    ],
    img: { ...img, sizes: '50vw', loading: 'lazy', decoding: 'async' },
    style: undefined,
  })
  expect(pictureParts({ of: img, priority: true }).img).toEqual({
    ...img,
    fetchpriority: 'high',
    decoding: 'async',
  })
})
