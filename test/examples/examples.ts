// The example projects of frameworks: what each is, and what its pages must show. The README's table is made from this list
// and from the run of its tests.

/** A picture of a page. */
export interface ExpectedPicture {
  readonly alt: string
  /** What the page says of its size, in pixels. */
  readonly width: number
  readonly height: number
  /** The format that a browser chooses that knows all. */
  readonly format: 'avif' | 'webp' | 'jpg' | 'png'
}

/** An example, with all that its test has to know of it. */
export interface Example {
  /** Below `examples/`. Its `npm run build` is the framework's own command. */
  readonly folder: string
  readonly title: string
  /** Packages of its package.json whose versions the README names. */
  readonly packages: readonly string[]
  /** How the pictures come in, for the README. */
  readonly by: string
  /** Whether it runs in `npm run examples` alone, because it takes more than a few seconds to install and build. */
  readonly heavy?: true
  /** Whether it needs a newer Node than this package, that of the npm package `node`. */
  readonly newerNode?: true
  /** The folder of the site that its build writes. */
  readonly output: string
  /** Folders that its build writes for a server: there may be no picture in them. */
  readonly server?: readonly string[]
  /** Whether its pages have their pictures before any script runs. */
  readonly prerendered?: true
  /** The size in pixels of the `og:image` of every page, whose address is below `https://example.org/`. */
  readonly card?: { readonly width: number; readonly height: number }
  /** By address. */
  readonly pages: Readonly<Record<string, readonly ExpectedPicture[]>>
  /** How many pictures it asks for. */
  readonly asks: number
}

const BOAT = { alt: 'A paper boat at sunrise', width: 960, height: 960, format: 'avif' } as const
const LIGHTHOUSE = { alt: 'A lighthouse in the evening', width: 960, height: 640, format: 'avif' } as const

/** All examples, the light ones first. */
export const EXAMPLES: readonly Example[] = [
  {
    folder: 'vite-react',
    title: 'Vite + React',
    packages: ['vite', 'react'],
    by: '`/vite`, `<Picture>` of `/react`',
    output: 'dist',
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'vite-vue',
    title: 'Vite + Vue',
    packages: ['vite', 'vue'],
    by: '`/vite`, `<Picture>` of `/vue`',
    output: 'dist',
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'vite-svelte',
    title: 'Vite + Svelte',
    packages: ['vite', 'svelte'],
    by: '`/vite`, `<Picture>` of `/svelte`',
    output: 'dist',
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'vite-solid',
    title: 'Vite + Solid',
    packages: ['vite', 'solid-js'],
    by: '`/vite`, markup of the import',
    output: 'dist',
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'eleventy',
    title: 'Eleventy',
    packages: ['@11ty/eleventy'],
    by: '`export`, its markup',
    output: '_site',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'astro',
    title: 'Astro',
    packages: ['astro'],
    by: '`/astro`, its `<Picture>`, Markdown, `astro:assets`',
    output: 'dist',
    prerendered: true,
    card: { width: 960, height: 504 },
    pages: {
      '/': [BOAT, { alt: 'A harbour in the morning', width: 1024, height: 1024, format: 'webp' }],
      '/posts/folding': [{ ...BOAT, width: 1024, height: 1024, format: 'webp' }],
      '/posts/sailing': [
        {
          alt: 'Three paper boats on a pond, seen from above',
          ...{ width: 1024, height: 1024, format: 'webp' },
        },
      ],
    },
    asks: 4,
  },
  {
    folder: 'sveltekit',
    title: 'SvelteKit',
    packages: ['@sveltejs/kit', 'vite'],
    by: '`/vite`, `<Picture>` of `/svelte`',
    heavy: true,
    newerNode: true,
    output: 'build',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE], '/lighthouse': [LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'react-router',
    title: 'React Router',
    packages: ['react-router', 'vite'],
    by: '`/vite`, `<Picture>` of `/react`',
    heavy: true,
    newerNode: true,
    output: 'build/client',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE], '/lighthouse': [LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'next-turbopack',
    title: 'Next on Turbopack',
    packages: ['next', 'react'],
    by: '`export`, `<Picture>` of `/react`',
    heavy: true,
    output: 'out',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE], '/lighthouse': [LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'next-webpack',
    title: 'Next on webpack',
    packages: ['next', 'react'],
    by: '`/webpack`, `<Picture>` of `/react`',
    heavy: true,
    output: 'out',
    server: ['.next/server'],
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE], '/lighthouse': [LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'nuxt',
    title: 'Nuxt',
    packages: ['nuxt'],
    by: '`/nuxt`, `<Picture>` of `/vue`',
    heavy: true,
    newerNode: true,
    output: '.output/public',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE], '/lighthouse': [LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'vitepress',
    title: 'VitePress',
    packages: ['vitepress', 'vite'],
    by: '`/vite`, `/markdown-it`',
    heavy: true,
    output: '.vitepress/dist',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
  {
    folder: 'docusaurus',
    title: 'Docusaurus',
    packages: ['@docusaurus/core', 'react'],
    by: '`/webpack`, `/remark`',
    heavy: true,
    output: 'build',
    prerendered: true,
    pages: { '/': [BOAT, LIGHTHOUSE] },
    asks: 2,
  },
]
