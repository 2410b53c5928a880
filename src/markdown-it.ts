import { markdownItGenerateImages } from './markdown/vue.ts'

/** The plugin for markdown-it where Vue makes a page of its HTML, as in VitePress: `md.use(generateImages)`. */
export default markdownItGenerateImages
