import { rollup } from 'rollup'
import generateImages from 'unplugin-generate-images/rollup'
import { buildLikeRollup } from './rollup-like.mjs'

await buildLikeRollup(rollup, process.argv[2], generateImages)
