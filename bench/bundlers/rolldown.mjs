import { rolldown } from 'rolldown'
import generateImages from 'unplugin-generate-images/rolldown'
import { buildLikeRollup } from './rollup-like.mjs'

await buildLikeRollup(rolldown, process.argv[2], generateImages)
