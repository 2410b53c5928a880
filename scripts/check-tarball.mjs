// The tarball holds what the package needs and nothing else: what is built from src, the licence, the readme, the log.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [{ files, size }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
)
const sources = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  // The page is built into one script and one stylesheet.
  .filter((file) => file.endsWith('.ts') && !file.startsWith('gallery/page/'))
const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const chunks = readdirSync(join(root, 'dist/chunks')).map((file) => `dist/chunks/${file}`)
const parts = ['astro', 'svelte'].map((room) => `./dist/${room}/parts.js`)
const modules = [...Object.values(exports), ...Object.values(bin), ...chunks, ...parts]
  .filter((file) => typeof file === 'string' && file.endsWith('.js'))
  .map((file) => file.replace('./', ''))
const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/schema.json',
  'dist/licenses.txt',
  'dist/plugin/in-page.js',
  'dist/astro/components.js',
  'dist/astro/Picture.astro',
  'dist/svelte/index.js',
  'dist/svelte/Picture.svelte',
  ...['index.html', 'page.css', 'page.js'].map((file) => `dist/gallery/page/${file}`),
  ...modules,
  ...sources.map((file) => `dist/${file.endsWith('.d.ts') ? file : file.replace(/\.ts$/, '.d.ts')}`),
].sort()
const found = files.map(({ path }) => path).sort()
const extra = found.filter((path) => !expected.includes(path))
const lacking = expected.filter((path) => !found.includes(path))
if (extra.length + lacking.length > 0) {
  console.error({ extra, lacking })
  process.exit(1)
}

// What a module reads beside itself lies there, wherever the bundler has put the module.
for (const module of modules)
  for (const [, path] of readFileSync(join(root, module), 'utf8').matchAll(
    /new URL\(["'](\.[^"']*)["'], import\.meta\.url\)/g,
  ))
    if (!existsSync(join(root, dirname(module), path))) throw new Error(`${module} reads ${path}: not there`)

console.log(`${found.length} files, ${Math.round(size / 1000)} kB packed`)
