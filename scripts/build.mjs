// Builds dist/: declarations and modules by the TypeScript compiler, the gallery's page, then the files that are not modules.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildPage } from './build-page.mjs'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

rmSync(at('dist'), { recursive: true, force: true })
execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')], {
  stdio: 'inherit',
})
await buildPage(at('dist/gallery/page'))
copyFileSync(at('src/types.d.ts'), at('dist/types.d.ts'))
copyFileSync(at('src/plugin/in-page.js'), at('dist/plugin/in-page.js'))
const { manifestJsonSchema } = await import('../dist/spec/json-schema.js')
writeFileSync(at('dist/schema.json'), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`)
chmodSync(at('dist/cli/main.js'), 0o755)
