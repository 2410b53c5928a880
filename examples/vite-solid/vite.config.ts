import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

export default defineConfig({ plugins: [solid(), generateImages()] })
