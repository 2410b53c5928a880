import { createError, GenerateImagesError } from '../errors/index.ts'
import type { Terminal } from './terminal.ts'

/** Prints an error, as JSON where that was asked for, and gives the exit status. */
export function showError(cause: unknown, terminal: Terminal, json: boolean): number {
  const error = cause instanceof GenerateImagesError ? cause : unexpected(cause)
  if (json) terminal.out(JSON.stringify({ error }, null, 2))
  else {
    terminal.err(`${terminal.colors.red('✗')} ${error.message}`)
    // The stack is what the authors of this package need.
    if (cause !== error && cause instanceof Error) terminal.err(terminal.colors.dim(cause.stack ?? ''))
  }
  return error.exitCode
}

function unexpected(cause: unknown): GenerateImagesError {
  const problem = cause instanceof Error ? cause.message : String(cause)
  return createError('UNEXPECTED', { problem }, { cause })
}
