import { rollup } from 'rollup'
import generateImages from 'unplugin-generate-images/rollup'
import { buildLikeRollup } from './rollup-like.mjs'

await buildLikeRollup(rollup, generateImages, ...process.argv.slice(2))
