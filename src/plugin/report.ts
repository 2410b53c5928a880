import { formatPlace, type GenerateImagesError, messagesOf } from '../errors/index.ts'
import { askedBefore } from '../pipeline/asked-before.ts'
import type { RunEvent, RunReport } from '../pipeline/events.ts'
import { bytes, count, dollars, processOf } from '../pipeline/figures.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { Recovered } from '../pipeline/recover.ts'
import type { Weight } from './placer.ts'

/** Where a host prints. */
export interface Logger {
  info(line: string): void
  warn(line: string): void
  /** Whether it says by itself who prints. */
  readonly named?: true
}

/** Tells a person what happens, through the logger of the host. */
export interface Reporter {
  warn(warnings: readonly GenerateImagesError[]): void
  recovered(recovered: Recovered): void
  drafts(plan: Plan): void
  /** Before a plan is asked for. */
  asking(plan: Plan): void
  readonly event: (event: RunEvent) => void
  /** The end of a build: what was made and spent, and what the pictures weigh before and after. */
  end(reports: readonly RunReport[], weight: Weight): void
}

/** Plain lines, one a picture. */
export function createReporter(logger: Logger): Reporter {
  const prefix = logger.named === true ? '' : '[generate-images] '
  let wanted = 0
  let finished = 0
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
    drafts({ totals }) {
      if (totals.images === 0) return
      const pictures = count(totals.images, 'picture')
      logger.info(
        `${prefix}${pictures} not made yet (about ${dollars(totals.estimateUsd)}): run npx generate-images`,
      )
    },
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
        if (wanted > 0) logger.info(`${prefix}asking for ${wanted} (about ${dollars(event.estimateUsd)})`)
      } else if (event.type === 'made' || event.type === 'failed') {
        finished += 1
        const what = event.type === 'made' ? 'made' : `failed: ${event.error.sentence}`
        logger.info(`${prefix}${finished}/${wanted} ${event.name} ${what}, spent ${dollars(event.spentUsd)}`)
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

/** The shape in which Rollup, Vite and others show an error: with the place of the mistake in the user's file. */
export function toHostError(error: unknown, root: string): unknown {
  const [place] = (error as Partial<GenerateImagesError>)?.places ?? []
  if (!(error instanceof Error) || place?.line === undefined) return error
  const loc = { file: `${root}/${place.file}`, line: place.line, column: (place.column ?? 1) - 1 }
  return Object.assign(error, { loc, id: `${root}/${formatPlace({ file: place.file })}` })
}
