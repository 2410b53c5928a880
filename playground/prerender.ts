import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'
import type { RenderSite } from './src/site.ts'

const RENDERER = 'renderer.mjs'

/**
 * Turns the pages into finished HTML. `site` is built for the server first, which also writes its pictures; then the
 * HTML files are built, and each gets the head and the body that `site` renders for it. Visitors get no script.
 */
export function prerender({ site, pages }: { site: string; pages: readonly string[] }): Plugin {
  let output = ''
  return {
    name: 'prerender',
    config: () => ({
      environments: {
        ssr: {
          build: {
            rolldownOptions: { input: site, output: { entryFileNames: RENDERER } },
            emitAssets: true,
            emptyOutDir: true,
          },
        },
        client: {
          build: { rolldownOptions: { input: pages.map((page) => `${page}.html`) }, emptyOutDir: false },
        },
      },
      builder: {
        async buildApp({ build, environments }) {
          await build(environments.ssr!)
          await build(environments.client!)
          await rm(join(output, RENDERER))
        },
      },
    }),
    configResolved({ root, build }) {
      output = resolve(root, build.outDir)
    },
    hotUpdate({ server }) {
      server.environments.client.hot.send({ type: 'full-reload' })
    },
    transformIndexHtml: {
      // After Vite's own work on the HTML: the addresses of the pictures are final.
      order: 'post',
      async handler(html, { filename, server }) {
        const { render } = (await (server === undefined
          ? import(pathToFileURL(join(output, RENDERER)).href)
          : server.ssrLoadModule(`/${site}`))) as { render: RenderSite }
        const { head, body } = render(basename(filename, '.html'))
        return (
          html
            .replace('<!--head-->', () => head)
            .replace('<!--body-->', () => body)
            // A page that is opened as a file may not ask for its style sheet with CORS.
            .replaceAll(' crossorigin', '')
        )
      },
    },
  }
}
