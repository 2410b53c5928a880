import type { Writable } from 'node:stream'
import pc from 'picocolors'
import { createMovingLine } from '../pipeline/moving-line.ts'

/** Where a command writes. Passed in, so that a test reads what a person would. */
export interface Terminal {
  /** One line, or several, of the command's result. */
  out(line: string): void
  /** One line about the run: progress, warnings, errors. */
  err(line: string): void
  /** Whether one line may move; plain lines otherwise. */
  readonly live: boolean
  /** Writes over the moving line. Only where `live`. */
  rewrite(line: string): void
  readonly colors: ReturnType<typeof pc.createColors>
}

/** A stream of a process, as far as a terminal goes. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** The terminal of a process. Colours and the moving line are for a person's terminal alone, and as NO_COLOR, FORCE_COLOR and TERM say. */
export function createTerminal(
  stdout: TerminalStream,
  stderr: TerminalStream,
  { NO_COLOR = '', FORCE_COLOR = '', TERM }: Readonly<Record<string, string | undefined>>,
): Terminal {
  const live = stderr.isTTY === true && TERM !== 'dumb'
  const colors = NO_COLOR === '' && (live || !['', '0', 'false'].includes(FORCE_COLOR))
  const moving = createMovingLine(stderr)
  const write = (stream: TerminalStream, line: string) => {
    moving.clear()
    stream.write(`${line}\n`)
  }
  return {
    live,
    colors: pc.createColors(colors),
    out: (line) => write(stdout, line),
    err: (line) => write(stderr, line),
    rewrite: moving.show,
  }
}
