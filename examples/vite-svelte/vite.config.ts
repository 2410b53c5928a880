import { svelte } from '@sveltejs/vite-plugin-svelte'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [svelte(), generateImages()] })
