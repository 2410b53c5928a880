import type { Logger } from './report.ts'

const LEVELS = ['silent', 'error', 'warning', 'info'] as const

/** For bundlers that hand plugins no logger: prints where they print themselves, as much as their level says. */
export function createStderrLogger(level: string = 'info'): Logger {
  const found = LEVELS.indexOf(level as (typeof LEVELS)[number])
  const most = found === -1 ? LEVELS.length : found
  const print = (least: number) => (line: string) => {
    if (most >= least) process.stderr.write(`${line}\n`)
  }
  return { warn: print(2), info: print(3), quiet: most < 3 }
}
