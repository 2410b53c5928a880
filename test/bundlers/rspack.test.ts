import { rspack } from '@rspack/core'
import generateImages from '../../src/rspack.ts'
import { describeBundler } from './contract.ts'
import { build, type Own, watch } from './webpack-like.ts'

const own: Own = {
  run: rspack as unknown as Own['run'],
  plugin: generateImages,
  cache: (directory) => ({ cache: { type: 'persistent', storage: { type: 'filesystem', directory } } }),
}
describeBundler({
  name: 'Rspack',
  version: rspack.rspackVersion,
  lacks: [],
  build: (wish) => build(wish, own),
  watch: (wish) => watch(wish, own),
})
