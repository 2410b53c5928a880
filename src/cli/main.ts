#!/usr/bin/env node
// The process: the only file that reads argv and ends the program.
import { readFileSync } from 'node:fs'
import { runCli } from './run.ts'
import { createTerminal } from './terminal.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// `generate-images plan | head`: nobody reads on, and that is no reason to give up what is paid for.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  terminal: createTerminal(process.stdout, process.stderr, process.env),
  version,
  onInterrupt(interrupted) {
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
    return () => process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  },
})
