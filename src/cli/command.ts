import type { Arguments, Flag } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** What surrounds a command line. */
export interface CliContext {
  /** The working directory, absolute. */
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly terminal: Terminal
  /** The package's version. */
  readonly version: string
  /** Calls back at an interruption (SIGINT, SIGTERM), each time; returns what ends that. */
  readonly onInterrupt: (interrupted: () => void) => () => void
  /** Asks the person a question and gives the line that is typed; missing where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>
}

/** What a command works with. */
export interface CommandContext extends CliContext {
  readonly args: Arguments
}

/** One command. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly meaning: string
  /** The form of its line, without the program's name. */
  readonly usage: string
  /** What it does, and what its exit status means beside what all have. */
  readonly details: string
  /** The names of its words, in their order; one in brackets may be missing, one with `…` stands for any number. */
  readonly positionals: readonly string[]
  readonly flags: readonly Flag[]
  /** Returns the exit status; throws what went wrong. */
  run(context: CommandContext): Promise<number>
}
