import pictures from 'unplugin-generate-images/markdown-it'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Boats',
  markdown: { config: (md) => void md.use(pictures) },
  vite: { plugins: [generateImages()] },
})
