import { remarkGenerateImages } from './markdown/remark.ts'

export type { RemarkOptions } from './markdown/remark.ts'

/** The plugin for remark and MDX: `remarkPlugins: [remarkGenerateImages]`. */
export default remarkGenerateImages
