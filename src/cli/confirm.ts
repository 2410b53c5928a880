import { createError } from '../errors/index.ts'
import type { CommandContext } from './command.ts'

/** Asks a person once; `--yes` is the answer where it is given. Throws BAD_OPTION where nobody is there to answer. */
export async function confirm(question: string, { args, ask, terminal }: CommandContext): Promise<boolean> {
  if (args.flags.yes) return true
  if (ask === undefined || args.flags.json) {
    throw createError('BAD_OPTION', {
      option: '--yes',
      found: 'not given, and nobody is there to be asked',
      allowed: '--yes to go on, or --dry-run to look',
    })
  }
  const answer = await ask(`${question} (y/N) `)
  if (/^y(es)?$/i.test(answer.trim())) return true
  terminal.err('Nothing was changed.')
  return false
}
