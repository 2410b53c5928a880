// Next on webpack: a page that a server alone renders is seen by no compiler for browsers, and what its server compilers
// write is not published. Next's own loader of pictures writes them from there into the folder that is.
import type { Compiler } from './webpack-compiler.ts'

const SERVER = /[\\/]server([\\/]chunks)?$/

/** Whether a compiler is one of Next's. */
export function isInNext({ options: { output } }: Pick<Compiler, 'options'>): boolean {
  return typeof output.publicPath === 'string' && output.publicPath.endsWith('/_next/')
}

/** The way from where a server compiler of Next writes to where it publishes from; `undefined` for every other compiler. */
export function outputPathInNext(compiler: Pick<Compiler, 'options'>): string | undefined {
  const found = isInNext(compiler) ? SERVER.exec(compiler.options.output.path ?? '') : null
  return found === null ? undefined : found[1] === undefined ? '..' : '../..'
}
