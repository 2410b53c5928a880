// webpack and Rspack take the same configuration.
import { resolve } from 'node:path'

/** Builds the project in the working directory, into `dist` unless told; throws what the compiler says is wrong. */
export function buildLikeWebpack(compile, plugin, side, out = 'dist') {
  const assets = { test: /\.(webp|jpg)$/, type: 'asset/resource' }
  const options = {
    context: process.cwd(),
    mode: 'production',
    entry: resolve('src/main.js'),
    output: { path: resolve(out), clean: false },
    performance: { hints: false },
    ...(side === 'ours' ? { plugins: [plugin()] } : { module: { rules: [assets] } }),
  }
  return new Promise((done, reject) => {
    const compiler = compile(options)
    compiler.run((error, stats) => {
      if (error ?? stats.hasErrors()) return reject(error ?? new Error(stats.toString('errors-only')))
      compiler.close((late) => (late ? reject(late) : done()))
    })
  })
}
