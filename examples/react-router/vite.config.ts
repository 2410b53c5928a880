import { reactRouter } from '@react-router/dev/vite'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [generateImages(), reactRouter()] })
