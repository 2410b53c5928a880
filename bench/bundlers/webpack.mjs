import generateImages from 'unplugin-generate-images/webpack'
import webpack from 'webpack'
import { buildLikeWebpack } from './webpack-like.mjs'

await buildLikeWebpack(webpack, generateImages, ...process.argv.slice(2))
