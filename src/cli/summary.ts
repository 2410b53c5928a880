// How a run ended, for people and for programs.
import { shortList } from '../errors/entry.ts'
import type { GenerateImagesError } from '../errors/index.ts'
import type { RunReport } from '../pipeline/events.ts'
import { count, dollars } from '../pipeline/figures.ts'
import type { Recovered } from '../pipeline/recover.ts'
import type { Terminal } from './terminal.ts'

/** What a summary is made of. */
export interface Ended {
  readonly report: RunReport
  readonly recovered: Recovered
  /** Whether the emulator was asked, which costs nothing. */
  readonly free: boolean
}

/** Prints how a run ended: every failure with its reason and the next step, then one line of figures. */
export function showSummary({ report, recovered, free }: Ended, terminal: Terminal): void {
  const failed = [...recovered.failed, ...report.failed].map(({ error }) => error)
  const stopped = failed.filter(({ code }) => code === 'STOPPED')
  showFailures(failed, terminal)
  const { made, copied, kept } = report
  const parts = [
    `${count(made.length, 'picture')} made`,
    ...(copied.length > 0 ? [`${copied.length} copied`] : []),
    ...(recovered.names.length > 0 ? [`${recovered.names.length} finished for free`] : []),
    `${kept} kept`,
    ...(failed.length > stopped.length ? [`${failed.length - stopped.length} failed`] : []),
    ...(stopped.length > 0 ? [`${stopped.length} not asked for`] : []),
  ]
  terminal.out(`${parts.join(', ')}. ${moneyOf(report, free)}`)
}

/** Prints every failure with its reason and the next step. */
export function showFailures(failed: readonly GenerateImagesError[], terminal: Terminal): void {
  const stopped = failed.filter(({ code }) => code === 'STOPPED')
  for (const error of failed) {
    if (error.code !== 'STOPPED') terminal.err(`${terminal.colors.red('✗')} ${error.message}`)
  }
  if (stopped.length > 0) terminal.err(`${terminal.colors.red('✗')} ${stoppedLine(stopped)}`)
}

/** What a run came to, as a sentence. */
export function moneyOf({ requests, spentUsd, maybeUsd, emulatedUsd }: RunReport, free: boolean): string {
  const maybe = maybeUsd > 0 ? `, ${dollars(maybeUsd)} of it maybe` : ''
  const money =
    (free || emulatedUsd > 0) && spentUsd === 0
      ? `Nothing spent: the emulator is free (about ${dollars(emulatedUsd)} at a real API)`
      : `Spent ${dollars(spentUsd)}${maybe}`
  const cost = requests === 0 && spentUsd === 0 ? 'Nothing was asked for' : money
  return `${cost}${requests === 0 ? '' : `, with ${count(requests, 'request')}`}.`
}

/** How a run ended, as `generate --json` prints it. `emulatedUsd` is what the emulator counted and nobody paid. */
export function summaryJson({ report, recovered }: Omit<Ended, 'free'>): object {
  const { made, copied, kept, requests, spentUsd, maybeUsd, emulatedUsd } = report
  const failed = [...recovered.failed, ...report.failed]
  return { made, copied, recovered: recovered.names, kept, failed, requests, spentUsd, maybeUsd, emulatedUsd }
}

// One line for all: their reason is told with the picture that failed, or is the interruption.
function stoppedLine(errors: readonly GenerateImagesError[]): string {
  const names = [...new Set(errors.map(({ picture }) => picture).filter((name) => name !== undefined))]
  const { sentence, code } = errors[0]!
  return `${shortList(names)}: ${sentence} [${code}]\n  → Run again to go on; nothing was spent on ${names.length === 1 ? 'it' : 'them'}.`
}
