// The tarball holds what the package needs and nothing else: what is built from src, the licence, the readme, the log.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [{ files, size }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
)
const sources = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  // The page is built into one script and one stylesheet.
  .filter((file) => file.endsWith('.ts') && !file.startsWith('gallery/page/'))
const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/schema.json',
  ...['index.html', 'page.css', 'page.js'].map((file) => `dist/gallery/page/${file}`),
  ...sources.flatMap((file) =>
    file.endsWith('.d.ts')
      ? [`dist/${file}`]
      : [`dist/${file.replace(/\.ts$/, '.js')}`, `dist/${file.replace(/\.ts$/, '.d.ts')}`],
  ),
].sort()
const found = files.map(({ path }) => path).sort()
const extra = found.filter((path) => !expected.includes(path))
const lacking = expected.filter((path) => !found.includes(path))
if (extra.length + lacking.length > 0) {
  console.error({ extra, lacking })
  process.exit(1)
}
console.log(`${found.length} files, ${Math.round(size / 1000)} kB packed`)
