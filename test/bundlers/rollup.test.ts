import { rollup, VERSION, watch as watchRollup } from 'rollup'
import generateImages from '../../src/rollup.ts'
import { describeBundler } from './contract.ts'
import { build, type Own, watch } from './rollup-like.ts'

const own: Own = { run: rollup, watch: watchRollup, plugin: generateImages }
describeBundler({
  name: 'Rollup',
  version: VERSION,
  lacks: ['server', 'clean', 'cache', 'stylesheets'],
  build: (wish) => build(wish, own),
  watch: (wish) => watch(wish, own),
})
