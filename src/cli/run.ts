// The command line, without a process: arguments in, exit status out.
import { createError, EXIT, throwAll } from '../errors/index.ts'
import { nearest } from '../spec/nearest.ts'
import type { CliContext, Command } from './command.ts'
import { adopt } from './commands/adopt.ts'
import { check } from './commands/check.ts'
import { emulator } from './commands/emulator.ts'
import { exportCommand } from './commands/export.ts'
import { gallery } from './commands/gallery.ts'
import { generate } from './commands/generate.ts'
import { init } from './commands/init.ts'
import { pick } from './commands/pick.ts'
import { plan } from './commands/plan.ts'
import { prune } from './commands/prune.ts'
import { redo } from './commands/redo.ts'
import { parseFlags, wordsOf } from './flags.ts'
import { commandHelp, mainHelp } from './help.ts'
import { showError } from './show-error.ts'

/** Every command; the first is the one that runs without a name. */
export const COMMANDS: readonly [Command, ...Command[]] = [
  generate,
  plan,
  check,
  redo,
  pick,
  adopt,
  prune,
  exportCommand,
  gallery,
  init,
  emulator,
]

/** Runs a command line. Never throws: what goes wrong is printed, and is the exit status. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  try {
    return await dispatch(argv, context)
  } catch (error) {
    return showError(error, context.terminal, argv.includes('--json'))
  }
}

async function dispatch(argv: readonly string[], context: CliContext): Promise<number> {
  const { terminal } = context
  const [word] = wordsOf(argv)
  const named = COMMANDS.find(({ name }) => name === word)
  const command = named ?? COMMANDS[0]
  const { args, errors } = parseFlags(argv, [...command.flags, 'help', 'version'])
  if (args.flags.help) {
    terminal.out(named === undefined ? mainHelp(COMMANDS) : commandHelp(named))
    return EXIT.done
  }
  if (args.flags.version) {
    terminal.out(context.version)
    return EXIT.done
  }
  if (word !== undefined && named === undefined) {
    const allowed = COMMANDS.map(({ name }) => name)
    throw createError('UNKNOWN_COMMAND', { command: word, nearest: nearest(word, allowed), allowed })
  }
  const positionals = args.positionals.slice(named === undefined ? 0 : 1)
  const allowed = `generate-images ${command.usage}`
  const most = command.positionals.at(-1)?.includes('…') ? positionals.length : command.positionals.length
  const tooMany = positionals
    .slice(most)
    .map((option) => createError('BAD_OPTION', { option, found: 'one argument too many', allowed }))
  const tooFew = command.positionals
    .slice(positionals.length)
    .filter((name) => !name.startsWith('['))
    .map((option) => createError('BAD_OPTION', { option, found: 'not given', allowed }))
  throwAll([...errors, ...tooMany, ...tooFew])
  return command.run({ ...context, args: { ...args, positionals } })
}
