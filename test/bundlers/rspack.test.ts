import { rspack } from '@rspack/core'
import { describeBundler } from './contract.ts'
import { build, together, watch } from './webpack-like.ts'
import { ownRspack as own } from './webpack-own.ts'

describeBundler({
  name: 'Rspack',
  version: rspack.rspackVersion,
  lacks: [],
  build: (wish) => build(wish, own),
  together: (wishes, instances) => together(wishes, instances, own),
  watch: (wish) => watch(wish, own),
})
