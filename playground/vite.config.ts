import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'
import { prerender } from './prerender.ts'

export default defineConfig({
  // Relative addresses: the finished site can lie in any folder, and be opened without a server.
  base: './',
  build: { outDir: 'site', rolldownOptions: { checks: { pluginTimings: false } } },
  plugins: [generateImages(), prerender({ site: 'src/site.ts', pages: ['index', 'harbour', 'plates'] })],
})
