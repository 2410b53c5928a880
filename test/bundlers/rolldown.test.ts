import { rolldown, VERSION, watch as watchRolldown } from 'rolldown'
import generateImages from '../../src/rolldown.ts'
import { describeBundler } from './contract.ts'
import { build, type Own, watch } from './rollup-like.ts'

const own = { run: rolldown, watch: watchRolldown, plugin: generateImages } as unknown as Own
describeBundler({
  name: 'Rolldown',
  version: VERSION,
  lacks: ['server', 'clean', 'cache', 'stylesheets'],
  build: (wish) => build(wish, own),
  watch: (wish) => watch(wish, own),
})
