import webpack from 'webpack'
import { describeBundler } from './contract.ts'
import { build, together, watch } from './webpack-like.ts'
import { ownWebpack as own } from './webpack-own.ts'

describeBundler({
  name: 'webpack',
  version: webpack.version,
  lacks: [],
  build: (wish) => build(wish, own),
  together: (wishes, instances) => together(wishes, instances, own),
  watch: (wish) => watch(wish, own),
})
