// Builds dist/: declarations and modules by the TypeScript compiler, the gallery's page, then the files that are not modules.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

rmSync(at('dist'), { recursive: true, force: true })
execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')], {
  stdio: 'inherit',
})
// The gallery's page is for browsers: one script and one stylesheet, whatever they are made of.
await build({
  entryPoints: { page: at('src/gallery/page/main.ts') },
  outdir: at('dist/gallery/page'),
  ...{
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  },
})
await build({
  entryPoints: { page: at('src/gallery/page/page.css') },
  outdir: at('dist/gallery/page'),
  ...{ bundle: true, minify: true, legalComments: 'none', logLevel: 'warning' },
})
copyFileSync(at('src/gallery/page/index.html'), at('dist/gallery/page/index.html'))
copyFileSync(at('src/types.d.ts'), at('dist/types.d.ts'))
copyFileSync(at('src/plugin/in-page.js'), at('dist/plugin/in-page.js'))
const { manifestJsonSchema } = await import('../dist/spec/json-schema.js')
writeFileSync(at('dist/schema.json'), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`)
chmodSync(at('dist/cli/main.js'), 0o755)
