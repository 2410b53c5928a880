#!/usr/bin/env node
// The process: the only file that reads argv and ends the program.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
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

// Without raw mode, so that Ctrl+C ends the process: nothing is under way while a question is open.
const ask = async (question: string) => {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
  return Promise.race([lines.question(question), ended]).finally(() => lines.close())
}

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  terminal: createTerminal(process.stdout, process.stderr, process.env),
  version,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
  onInterrupt(interrupted) {
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
    return () => process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  },
})
