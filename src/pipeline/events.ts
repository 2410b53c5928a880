import type { GenerateImagesError } from '../errors/index.ts'
import type { Holding } from '../store/index.ts'

/** What a run tells while it goes on. Dollars are what was spent so far in this run, billed or maybe billed. */
export type RunEvent =
  | { readonly type: 'start'; readonly images: number; readonly estimateUsd: number }
  | { readonly type: 'copied'; readonly name: string }
  /** Another process has the picture under way; this one waits for it. */
  | { readonly type: 'elsewhere'; readonly name: string; readonly pid: number | undefined }
  | { readonly type: 'waiting'; readonly name: string; readonly ms: number; readonly why: string }
  | {
      readonly type: 'made'
      readonly name: string
      readonly ms: number
      readonly spentUsd: number
      /** What came, where it is kept; unset where somebody else's answer was finished. */
      readonly kept?: readonly Holding[]
    }
  | {
      readonly type: 'failed'
      readonly name: string
      readonly error: GenerateImagesError
      readonly spentUsd: number
    }

export type OnEvent = (event: RunEvent) => void

/** How a run ended. */
export interface RunReport {
  readonly made: readonly string[]
  readonly copied: readonly string[]
  readonly recovered: readonly string[]
  readonly failed: readonly { readonly name: string; readonly error: GenerateImagesError }[]
  /** Pictures that were there before. */
  readonly kept: number
  /** Requests that were sent to the API, retries of unsent ones included. */
  readonly requests: number
  /** Dollars billed or maybe billed. */
  readonly spentUsd: number
  /** The part of `spentUsd` whose outcome is not known. */
  readonly maybeUsd: number
  /** Dollars that the emulator counted, which nobody pays. */
  readonly emulatedUsd: number
}
