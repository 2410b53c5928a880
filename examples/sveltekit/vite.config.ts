import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import generateImages from 'unplugin-generate-images/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [generateImages(), sveltekit({ adapter: adapter() })] })
