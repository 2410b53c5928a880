// A Vite build of a folder by the built plugin, in a process of its own.
import { build } from 'vite'
import generateImages from '../../dist/vite.js'

try {
  await build({
    root: process.argv[2],
    configFile: false,
    logLevel: 'info',
    build: { assetsInlineLimit: 0, modulePreload: false, minify: false },
    plugins: [generateImages({ mode: 'generate' })],
  })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
