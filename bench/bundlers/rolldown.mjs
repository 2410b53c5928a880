import { rolldown } from 'rolldown'
import generateImages from 'unplugin-generate-images/rolldown'
import { buildLikeRollup } from './rollup-like.mjs'

await buildLikeRollup(rolldown, generateImages, ...process.argv.slice(2))
