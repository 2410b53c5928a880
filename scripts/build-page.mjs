// The gallery's page is for browsers: one script and one stylesheet, whatever they are made of.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const source = fileURLToPath(new URL('../src/gallery/page/', import.meta.url))

/** Builds the page into a folder. */
export async function buildPage(folder) {
  for (const entry of ['main.ts', 'page.css'])
    await build({
      entryPoints: { page: join(source, entry) },
      outdir: folder,
      ...{ bundle: true, minify: true, format: 'esm', target: 'es2022' },
      ...{ legalComments: 'none', logLevel: 'warning' },
    })
  copyFileSync(join(source, 'index.html'), join(folder, 'index.html'))
}
