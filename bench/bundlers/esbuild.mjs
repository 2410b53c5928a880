import { build } from 'esbuild'
import generateImages from 'unplugin-generate-images/esbuild'

await build({
  entryPoints: ['src/main.js'],
  bundle: true,
  format: 'esm',
  outdir: 'dist',
  logLevel: 'warning',
  ...(process.argv[2] === 'ours'
    ? { plugins: [generateImages()] }
    : { loader: { '.webp': 'file', '.jpg': 'file' } }),
})
