// A Vite build of a folder in a process of its own.
import { build } from 'vite'
import generateImages from '../../src/vite.ts'

// The loader of TypeScript can't load what two import at once: loaded one after another before the build does.
for (const file of [
  'config/project',
  'config/resolve-options',
  'plugin/session',
  'plugin/quiet',
  'plugin/begin',
  'plugin/module',
  'plugin/place-in-build',
  'pipeline/recover',
  'pipeline/generate',
  'render/index',
  'api/client',
])
  await import(`../../src/${file}.ts`)

const [root = ''] = process.argv.slice(2)
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: { assetsInlineLimit: 0 },
  plugins: [generateImages({ mode: 'generate' })],
})
