import vue from '@vitejs/plugin-vue'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [vue(), generateImages()] })
