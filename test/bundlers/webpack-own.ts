// webpack and Rspack, as the tests run them.
import { rspack } from '@rspack/core'
import webpack from 'webpack'
import forRspack from '../../src/rspack.ts'
import forWebpack from '../../src/webpack.ts'
import type { Own } from './webpack-like.ts'

/** webpack itself. */
export const ownWebpack: Own = {
  run: webpack as Own['run'],
  plugin: forWebpack,
  cache: (cacheDirectory) => ({ cache: { type: 'filesystem', cacheDirectory } }),
}

/** Rspack itself. */
export const ownRspack: Own = {
  run: rspack as unknown as Own['run'],
  plugin: forRspack,
  cache: (directory) => ({ cache: { type: 'persistent', storage: { type: 'filesystem', directory } } }),
}

/** Both, by their names. */
export const BOTH = [
  ['webpack', ownWebpack],
  ['Rspack', ownRspack],
] as const
