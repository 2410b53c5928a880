import { rspack } from '@rspack/core'
import generateImages from 'unplugin-generate-images/rspack'
import { buildLikeWebpack } from './webpack-like.mjs'

await buildLikeWebpack(rspack, generateImages, ...process.argv.slice(2))
