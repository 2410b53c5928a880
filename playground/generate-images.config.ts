import { defineConfig } from 'unplugin-generate-images'

export default defineConfig({
  types: 'src/generate-images.d.ts',
  exclude: ['site'],
})
