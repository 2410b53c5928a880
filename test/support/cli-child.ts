// The command line in a folder, in a process of its own, from its sources.
import { runCli } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'

const [cwd = '', ...argv] = process.argv.slice(2)
process.exitCode = await runCli(argv, {
  cwd,
  environment: process.env,
  version: '1.2.3',
  terminal: createTerminal(process.stdout, process.stderr, process.env),
  onInterrupt: () => () => {},
})
