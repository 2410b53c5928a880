// Builds dist/, or the folder that is named: declarations by the TypeScript compiler, modules by Rolldown in few files, so
// that a bundler that starts has little to load, the gallery's page, then the files that are not modules.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { buildPage } from './build-page.mjs'
import { noticesOf } from './notices.mjs'
import { importSource } from './source.mjs'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const dist = resolve(process.argv[2] ?? at('dist'))

rmSync(dist, { recursive: true, force: true })
const tsc = ['-p', at('tsconfig.build.json'), '--pretty', 'false', '--outDir', dist]
execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), ...tsc], { stdio: 'inherit' })

// One run for all entries, so that they share their modules; what is imported when it is needed stays a file of its own.
const { exports, bin, dependencies, peerDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'))
// These are installed beside it: what is large, native or has files of its own, and zod, whose types are part of ours but
// whose code is bundled with the rest. A package of a hundred files takes many times longer to load than the part of it that
// is used.
const BESIDE = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name !== 'zod')
const entries = [...Object.values(exports), ...Object.values(bin)]
  .map((file) => /^\.\/dist\/(.+)\.js$/.exec(file)?.[1])
  .filter((name) => name !== undefined && existsSync(at(`src/${name}.ts`)))
const bundle = await rolldown({
  input: Object.fromEntries(
    [...entries, 'astro/parts', 'svelte/parts'].map((name) => [name, at(`src/${name}.ts`)]),
  ),
  external: (id) => BESIDE.some((name) => id === name || id.startsWith(`${name}/`)),
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
})
const holding = (pattern) => (id) => pattern.test(relative(at('src'), id).replaceAll('\\', '/'))
const { output } = await bundle.write({
  dir: dist,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
  minify: false,
  // Each file takes about a millisecond to load. A group takes along what its modules import and no group before it has.
  codeSplitting: {
    groups: [
      { name: 'errors', priority: 3, test: holding(/^(errors\/|spec\/names\.ts$)/) },
      { name: 'hooks', priority: 2, test: holding(/^plugin\/(factory|\w+-hooks)\.ts$/) },
      { name: 'quiet', priority: 1, test: holding(/^plugin\/quiet\.ts$/) },
      { name: 'begin', priority: 0, test: holding(/^plugin\/begin\.ts$/) },
    ],
  },
})
await bundle.close()
const bundled = output.flatMap(({ moduleIds = [] }) => moduleIds)
writeFileSync(join(dist, 'licenses.txt'), noticesOf(bundled))

await buildPage(join(dist, 'gallery/page'))
// The components of Astro and Svelte are compiled by the project that uses them.
const astro = ['components.js', 'components.d.ts', 'Picture.astro'].map((file) => `astro/${file}`)
const svelte = ['index.js', 'index.d.ts', 'Picture.svelte'].map((file) => `svelte/${file}`)
for (const file of ['types.d.ts', 'plugin/in-page.js', ...astro, ...svelte]) {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  copyFileSync(at(`src/${file}`), join(dist, file))
}
const { manifestJsonSchema } = await importSource('spec/json-schema.ts')
writeFileSync(join(dist, 'schema.json'), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`)
chmodSync(join(dist, 'cli/main.js'), 0o755)
