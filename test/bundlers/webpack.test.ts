import webpack from 'webpack'
import generateImages from '../../src/webpack.ts'
import { describeBundler } from './contract.ts'
import { build, type Own, watch } from './webpack-like.ts'

const own: Own = {
  run: webpack as Own['run'],
  plugin: generateImages,
  cache: (cacheDirectory) => ({ cache: { type: 'filesystem', cacheDirectory } }),
}
describeBundler({
  name: 'webpack',
  version: webpack.version,
  lacks: [],
  build: (wish) => build(wish, own),
  watch: (wish) => watch(wish, own),
})
