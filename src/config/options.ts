// The options that a person may write, as types. Their table is in options-table.ts; a test holds the two together.
import type { PriceOverride } from '../api/prices.ts'
import type { Fields } from '../spec/fields.ts'
import type { ModelRow } from '../spec/model-row.ts'

export const MODES = ['generate', 'frozen', 'draft'] as const
/** What may happen to a picture that is missing: it is asked for, it is an error, or a draft stands in for it. */
export type Mode = (typeof MODES)[number]

/** Where the pictures come from. */
export interface ProviderOptions {
  /** The address before `/images/generations`: `https://api.cometapi.com/v1`. http is for loopback only. */
  readonly baseURL?: string
  /** Better in the environment: COMETAPI_KEY, OPENAI_API_KEY or GENERATE_IMAGES_API_KEY. */
  readonly apiKey?: string
  /** Sent along with every request to the API. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds until connected, until the answer begins, and between two parts of the answer. */
  readonly timeout?: { readonly connect?: number; readonly headers?: number; readonly body?: number }
  /** Requests under way at once. */
  readonly concurrency?: number
  readonly imagesPerMinute?: number
  /** Partial pictures to stream with each picture, which a dev server shows meanwhile; each is billed with some 100 tokens. */
  readonly partialImages?: 0 | 1 | 2 | 3
}

/** The most that may be asked for: pictures, and US dollars. `'none'` (or `Infinity`) takes a limit away. */
export interface LimitOptions {
  readonly images?: number | 'none'
  readonly usd?: number | 'none'
}

/** The limits of one run, and of all runs in 24 hours. */
export interface BudgetOptions extends LimitOptions {
  readonly perDay?: LimitOptions
}

/** The options of the plugin and of `generate-images.config.ts`. All may be left out. */
export interface Options {
  readonly root?: string
  readonly mode?: Mode
  readonly provider?: 'emulator' | ProviderOptions
  readonly budget?: BudgetOptions
  /** Fields for every picture; those of an entry and of its manifest's own `defaults` win. */
  readonly defaults?: Omit<Fields, 'prompt' | 'alt' | 'decorative'>
  readonly styles?: Readonly<Record<string, string>>
  readonly models?: Readonly<Record<string, ModelRow>>
  readonly prices?: Readonly<Record<string, PriceOverride>>
  readonly folder?: string
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly alias?: Readonly<Record<string, string>>
  readonly types?: string | false
  readonly provenance?: boolean
  readonly stale?: 'warn' | 'error'
  readonly site?: string
}
