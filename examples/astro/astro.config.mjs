import { defineConfig } from 'astro/config'
import generateImages from 'unplugin-generate-images/astro'

export default defineConfig({
  site: 'https://example.org',
  // Pictures of Markdown and of astro:assets come in several widths.
  image: { layout: 'constrained', breakpoints: [480, 960] },
  integrations: [generateImages()],
})
