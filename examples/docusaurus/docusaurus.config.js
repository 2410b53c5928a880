import { createRequire } from 'node:module'

// Docusaurus compiles what its configuration imports; these are for Node to load as they are.
const load = createRequire(import.meta.url)
const { default: pictures } = load('unplugin-generate-images/remark')
const { default: generateImages } = load('unplugin-generate-images/webpack')

export default {
  title: 'Boats',
  url: 'https://example.org',
  baseUrl: '/',
  presets: [
    [
      'classic',
      { docs: { routeBasePath: '/', beforeDefaultRemarkPlugins: [pictures] }, blog: false, sitemap: false },
    ],
  ],
  plugins: [
    () => ({
      name: 'generate-images',
      configureWebpack: () => ({
        output: { assetModuleFilename: 'assets/images/[name].[contenthash:8][ext]' },
        plugins: [generateImages()],
      }),
    }),
  ],
}
