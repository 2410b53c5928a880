import type { Stops } from '../pipeline/ask.ts'
import type { CommandContext } from './command.ts'

/**
 * The first interruption ends `soon`: nothing more is sent. The second ends `now`: nothing is waited for. A third is the
 * system's own. `end` stops listening.
 */
export function listenForInterruption({
  onInterrupt,
  terminal,
}: Pick<CommandContext, 'onInterrupt' | 'terminal'>): Stops & { end(): void } {
  const soon = new AbortController()
  const now = new AbortController()
  const end = onInterrupt(() => {
    if (soon.signal.aborted) {
      end()
      return now.abort()
    }
    soon.abort()
    terminal.err(
      'Interrupted: nothing more is sent. Waiting for what is under way, because it is paid for; again to end at once.',
    )
  })
  return { soon: soon.signal, now: now.signal, end }
}
