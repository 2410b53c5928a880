export default defineNuxtConfig({
  compatibilityDate: '2026-11-25',
  modules: ['unplugin-generate-images/nuxt'],
  css: ['~/assets/style.css'],
})
