import { type GenerateImagesError, messagesOf } from '../errors/index.ts'
import { askedBefore } from '../pipeline/asked-before.ts'
import type { RunEvent, RunReport } from '../pipeline/events.ts'
import { bytes, count, dollars, processOf, timeLeft } from '../pipeline/figures.ts'
import type { MovingLine } from '../pipeline/moving-line.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { Recovered } from '../pipeline/recover.ts'
import type { Weight } from './placer.ts'

/** Where a host prints. */
export interface Logger {
  info(line: string): void
  warn(line: string): void
  /** Whether it says by itself who prints. */
  readonly named?: true
  /** Whether it was told to print no news. */
  readonly quiet?: boolean
}

/** Tells a person what happens, through the logger of the host. */
export interface Reporter {
  warn(warnings: readonly GenerateImagesError[]): void
  recovered(recovered: Recovered): void
  /** `how` says how they are made; by the command line unless told. */
  drafts(plan: Plan, how?: string): void
  /** A line of news. */
  say(line: string): void
  /** What went wrong, and stops nothing that is shown. */
  failed(error: unknown): void
  /** Before a plan is asked for. */
  asking(plan: Plan): void
  readonly event: (event: RunEvent) => void
  /** The end of a build: what was made and spent, and what the pictures weigh before and after. */
  end(reports: readonly RunReport[], weight: Weight): void
}

/** What telling needs beside a logger. */
export interface ReportTools {
  /** Where there is none, plain lines tell of pictures that are made: some ten, however many they are. */
  readonly line: MovingLine | undefined
  /** The clock, in milliseconds. */
  readonly now: () => number
}

/** Whether a stream is a terminal whose line can move: one that knows no colours most likely knows no movements either. */
export function canMove(stream: { readonly isTTY?: boolean; getColorDepth?(): number }): boolean {
  return stream.isTTY === true && (stream.getColorDepth?.() ?? 1) > 1
}

/** Tells it by the host's logger, and how far a run is by a line that moves. */
export function createReporter(host: Logger, { line, now }: ReportTools): Reporter {
  const prefix = host.named === true ? '' : '[generate-images] '
  const moving = host.quiet ? undefined : line
  const printed = (print: (text: string) => void) => (text: string) => {
    moving?.clear()
    print(text)
  }
  const logger: Logger = {
    info: printed((text) => host.info(text)),
    warn: printed((text) => host.warn(text)),
  }
  let started = 0
  let wanted = 0
  let finished = 0
  const progress = (event: RunEvent & { readonly type: 'made' | 'failed' }) => {
    finished += 1
    const { name, spentUsd } = event
    const spent = `${dollars(spentUsd)} spent`
    if (event.type === 'failed')
      logger.info(`${prefix}${finished} of ${wanted} ${name}: failed: ${event.error.sentence}`)
    else if (moving === undefined && isTold(finished, wanted))
      logger.info(`${prefix}${finished} of ${wanted} ${name}: made, ${spent}`)
    if (finished >= wanted) return moving?.clear()
    const left = timeLeft({ finished, wanted, ms: now() - started })
    moving?.show(`[generate-images] ${finished} of ${count(wanted, 'picture')}, ${spent}, ${left}`)
  }
  const warned = new Set<string>()
  return {
    warn(warnings) {
      // A rebuild says nothing twice.
      const fresh = warnings.filter(({ message }) => !warned.has(message))
      for (const { message } of fresh) warned.add(message)
      for (const message of messagesOf(fresh, 'warnings')) logger.warn(`${prefix}${message}`)
    },
    recovered({ names, failed }) {
      for (const name of names) logger.info(`${prefix}${name}: finished for free from an earlier run`)
      for (const { error } of failed) logger.warn(`${prefix}${error.message}`)
    },
    drafts({ totals }, how = 'run npx generate-images') {
      if (totals.images === 0) return
      const pictures = count(totals.images, 'picture')
      logger.info(`${prefix}${pictures} not made yet (about ${dollars(totals.estimateUsd)}): ${how}`)
    },
    say: (line) => logger.info(`${prefix}${line}`),
    failed: (error) => logger.warn(`${prefix}${error instanceof Error ? error.message : String(error)}`),
    asking(plan) {
      for (const line of askedBefore(plan)) logger.warn(`${prefix}${line}`)
    },
    end(reports, { pictures, originals, shipped }) {
      if (pictures === 0) return
      const made = reports.reduce((sum, report) => sum + report.made.length, 0)
      const spent = reports.reduce((sum, report) => sum + report.spentUsd, 0)
      const emulated = reports.some((report) => report.emulatedUsd > 0)
      const price = emulated && spent === 0 ? 'by the emulator' : `for ${dollars(spent)}`
      const money = made === 0 ? '' : `, ${made} made ${price}`
      const saved = `${bytes(originals)} of originals, ${bytes(shipped)} as shipped at full width`
      logger.info(`${prefix}${count(pictures, 'picture')}${money}: ${saved}`)
    },
    event(event) {
      if (event.type === 'start') {
        wanted = event.images
        finished = 0
        started = now()
        if (wanted > 0) logger.info(`${prefix}asking for ${wanted} (about ${dollars(event.estimateUsd)})`)
      } else if (event.type === 'made' || event.type === 'failed') {
        progress(event)
      } else if (event.type === 'waiting') {
        logger.info(`${prefix}${event.name}: waiting ${Math.ceil(event.ms / 1000)} s. ${event.why}`)
      } else if (event.type === 'elsewhere') {
        logger.info(`${prefix}${event.name}: ${processOf(event.pid)} has it under way; waiting for it`)
      } else {
        logger.info(`${prefix}${event.name} copied, the same request was kept already`)
      }
    },
  }
}

/** Whether a plain line tells of the picture: of the first, of the last, and of some ten in between. */
function isTold(finished: number, wanted: number): boolean {
  const step = Math.ceil(wanted / 10)
  return finished === 1 || finished >= wanted || finished % step === 0
}
