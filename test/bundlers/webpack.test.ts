import webpack from 'webpack'
import { describeBundler } from './contract.ts'
import { build, watch } from './webpack-like.ts'
import { ownWebpack as own } from './webpack-own.ts'

describeBundler({
  name: 'webpack',
  version: webpack.version,
  lacks: [],
  build: (wish) => build(wish, own),
  watch: (wish) => watch(wish, own),
})
