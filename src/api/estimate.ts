import type { RequestBody } from '../spec/specs.ts'
import type { FindPrice, FlatRate, TokenRule } from './prices.ts'
import type { Usage } from './wire.ts'

/** What a number of dollars rests on: counted tokens, a price a picture, or a guess where nothing is published. */
export type Basis = 'tokens' | 'flat' | 'guess'

/** What a request will cost at most, as far as the table knows. */
export interface Estimate {
  readonly usd: number
  readonly basis: Basis
  /** Output tokens of all its pictures. */
  readonly tokens?: number
  /** Set where the API is left to choose quality or size: the dearest that may come is priced. */
  readonly atMost?: true
}

// What one partial picture is billed with.
const PARTIAL_TOKENS = 100

/**
 * Estimates a request for `n` pictures. Where the body leaves quality or size out or says `auto`, or names one that the
 * table lacks, it is the dearest that may come, so that a budget holds. `partialImages` are those that are streamed with each
 * picture. `undefined` where the price is not known.
 */
export function estimateUsd(
  { body, n = 1, partialImages = 0 }: { body: RequestBody; n?: number; partialImages?: number },
  prices: FindPrice,
): Estimate | undefined {
  const price = prices(body.model)
  if (price === undefined) return undefined
  const basis = price.guess ? 'guess' : price.kind
  if (price.kind === 'flat') {
    const usd = fittingRates(price.rates, body).map((rate) => rate.usd)
    return { usd: n * Math.max(...usd), basis, ...(new Set(usd).size > 1 ? { atMost: true } : {}) }
  }
  if (price.tokens === undefined) return undefined
  const tokens = n * (outputTokens(price.tokens, body) + partialImages * PARTIAL_TOKENS)
  const usd = (n * textTokens(body.prompt) * price.textIn + tokens * price.imageOut) / 1e6
  const chosen = [body.quality ?? 'auto', body.size ?? 'auto'].every((value) => value !== 'auto')
  return { usd, basis, tokens, ...(chosen ? {} : { atMost: true }) }
}

/**
 * What an answer's `usage` says the request cost; `undefined` where it says nothing (gateways send zeros), or where the
 * model is not billed by tokens or has no price.
 */
export function costOf(
  usage: Usage | undefined,
  model: string,
  prices: FindPrice,
): { usd: number; basis: 'usage' } | undefined {
  const price = prices(model)
  if (price?.kind !== 'tokens' || !usage?.output_tokens) return undefined
  const images = usage.input_tokens_details?.image_tokens ?? 0
  const text = usage.input_tokens_details?.text_tokens ?? Math.max(0, (usage.input_tokens ?? 0) - images)
  const usd = (text * price.textIn + images * price.imageIn + usage.output_tokens * price.imageOut) / 1e6
  return { usd, basis: 'usage' }
}

/** Output tokens of one picture of `width` × `height` pixels for a quality's base (gpt-image-2 and 2.5). */
export function gridTokens(base: number, width: number, height: number): number {
  const long = Math.max(width, height)
  const short = Math.min(width, height)
  const other = Math.floor((2 * base * short + long) / (2 * long))
  return Math.ceil((base * other * (2e6 + width * height)) / 4e6)
}

function outputTokens(rule: TokenRule, { quality = 'auto', size = 'auto' }: RequestBody): number {
  if (rule.kind === 'list') return dearestIn(dearestRow(rule.sizes, size), quality)
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? /^(\d+)x(\d+)$/.exec(rule.dearest) ?? []
  return gridTokens(dearestIn(rule.base, quality), Number(width), Number(height))
}

function dearestIn(byQuality: Readonly<Record<string, number>>, quality: string): number {
  return byQuality[quality] ?? Math.max(...Object.values(byQuality))
}

function dearestRow(
  sizes: Readonly<Record<string, Readonly<Record<string, number>>>>,
  size: string,
): Readonly<Record<string, number>> {
  if (sizes[size] !== undefined) return sizes[size]
  const dearest: Record<string, number> = {}
  for (const row of Object.values(sizes)) {
    for (const [quality, tokens] of Object.entries(row))
      dearest[quality] = Math.max(dearest[quality] ?? 0, tokens)
  }
  return dearest
}

function fittingRates(rates: readonly FlatRate[], body: RequestBody): readonly FlatRate[] {
  return narrow(narrow(rates, 'quality', body.quality), 'size', body.size)
}

/** The rates for a value of a field; all of them where no rate names that value. */
function narrow(
  rates: readonly FlatRate[],
  field: 'quality' | 'size',
  value: string | undefined,
): readonly FlatRate[] {
  const fitting = rates.filter((rate) => rate[field] === undefined || rate[field] === value)
  return fitting.length > 0 ? fitting : rates
}

/** About four bytes a token: English has a byte a character, and other scripts more of both. */
function textTokens(prompt: string): number {
  return Math.ceil(Buffer.byteLength(prompt) / 4)
}
