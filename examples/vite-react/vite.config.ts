import react from '@vitejs/plugin-react'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [react(), generateImages()] })
