// The price table: dated data. What a request really cost is in the answer's `usage`, where there is one.
import { lookup } from './lookup.ts'

/** How many output tokens a picture has. */
export type TokenRule =
  /** By the formula in estimate.ts, from a base for each quality; `dearest` is the size (`WxH`) with the most tokens that the model makes. */
  | { readonly kind: 'grid'; readonly base: Readonly<Record<string, number>>; readonly dearest: string }
  /** Tokens by size and quality. */
  | { readonly kind: 'list'; readonly sizes: Readonly<Record<string, Readonly<Record<string, number>>>> }

/** US dollars for one picture of a quality and size; a field left out stands for any. */
export interface FlatRate {
  readonly quality?: string
  readonly size?: string
  readonly usd: number
}

/** The price of a model: US dollars for a million tokens, or for a picture. */
export type Price = { readonly source: string; readonly date: string; readonly guess?: true } & (
  | {
      readonly kind: 'tokens'
      readonly textIn: number
      readonly imageIn: number
      readonly imageOut: number
      /** Absent where no rule is known: then only `usage` gives a cost. */
      readonly tokens?: TokenRule
    }
  | { readonly kind: 'flat'; readonly rates: readonly FlatRate[] }
)

/** What a user may write under `prices` for a model: dollars a picture, or dollars for a million tokens. */
export type PriceOverride =
  | { readonly perImage: number }
  | { readonly textIn?: number; readonly imageIn?: number; readonly imageOut?: number }

/** Finds the price of a model; `undefined` where it is not known. */
export type FindPrice = (model: string) => Price | undefined

const openai = { source: "OpenAI's price page", date: '2026-11-22' } as const
const gpt2 = { kind: 'tokens', textIn: 5, imageIn: 8, imageOut: 30, ...openai } as const
const base25 = { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 }
// The largest square on the grid: tokens grow with the area and shrink with the ratio.
const dearest = '2880x2880'

const sizes1 = {
  '1024x1024': { low: 272, medium: 1056, high: 4160 },
  '1024x1536': { low: 408, medium: 1584, high: 6240 },
  '1536x1024': { low: 400, medium: 1568, high: 6208 },
}
// Its published dollars a picture, as tokens at $8 a million.
const sizesMini = {
  '1024x1024': { low: 625, medium: 1375, high: 4500 },
  '1024x1536': { low: 750, medium: 1875, high: 6500 },
  '1536x1024': { low: 750, medium: 1875, high: 6500 },
}

/** The table as known on 2026-11-22: OpenAI's own prices, which resellers mostly undercut. A name that ends in `-*` is a family. */
export const PRICES: Readonly<Record<string, Price>> = {
  'gpt-image-2': { ...gpt2, tokens: { kind: 'grid', base: { low: 16, medium: 48, high: 96 }, dearest } },
  // No formula is published for 2.6: the one of 2.5 stands in, marked as a guess.
  'gpt-image-2.6-*': { ...gpt2, guess: true, tokens: { kind: 'grid', base: base25, dearest } },
  'gpt-image-2.5-*': { ...gpt2, tokens: { kind: 'grid', base: base25, dearest } },
  'gpt-image-1.5': {
    kind: 'tokens',
    textIn: 5,
    imageIn: 8,
    imageOut: 32,
    tokens: { kind: 'list', sizes: sizes1 },
    ...openai,
  },
  'gpt-image-1-mini': {
    kind: 'tokens',
    textIn: 2,
    imageIn: 2.5,
    imageOut: 8,
    tokens: { kind: 'list', sizes: sizesMini },
    ...openai,
  },
  'gpt-image-1': {
    kind: 'tokens',
    textIn: 5,
    imageIn: 10,
    imageOut: 40,
    tokens: { kind: 'list', sizes: sizes1 },
    ...openai,
  },
  'dall-e-3': {
    kind: 'flat',
    rates: [
      { quality: 'standard', size: '1024x1024', usd: 0.04 },
      { quality: 'standard', size: '1792x1024', usd: 0.08 },
      { quality: 'standard', size: '1024x1792', usd: 0.08 },
      { quality: 'hd', size: '1024x1024', usd: 0.08 },
      { quality: 'hd', size: '1792x1024', usd: 0.12 },
      { quality: 'hd', size: '1024x1792', usd: 0.12 },
    ],
    source: "OpenAI's price page, before the model was gone",
    date: '2026-05-12',
  },
  'dall-e-2': {
    kind: 'flat',
    rates: [
      { size: '256x256', usd: 0.016 },
      { size: '512x512', usd: 0.018 },
      { size: '1024x1024', usd: 0.02 },
    ],
    source: "OpenAI's price page, before the model was gone",
    date: '2026-05-12',
  },
  'qwen-image': {
    kind: 'flat',
    rates: [{ usd: 0.05 }],
    guess: true,
    source: 'the dearer end of what resellers ask',
    date: '2026-11-22',
  },
}

/**
 * Makes the finder of prices over the table and `overrides`. Dollars a picture replace a row; dollars for a million
 * tokens change only the numbers that are written, and keep the row's rule for counting tokens.
 */
export function findPrice(overrides: Readonly<Record<string, PriceOverride>> = {}): FindPrice {
  const table: Record<string, Price> = { ...PRICES }
  for (const [name, override] of Object.entries(overrides))
    table[name] = overridden(lookup(PRICES, name), override)
  return (model) => lookup(table, model)
}

function overridden(row: Price | undefined, override: PriceOverride): Price {
  const origin = { source: 'the option `prices`', date: '' }
  if ('perImage' in override) return { kind: 'flat', rates: [{ usd: override.perImage }], ...origin }
  const tokens =
    row?.kind === 'tokens' ? row : { kind: 'tokens' as const, textIn: 0, imageIn: 0, imageOut: 0 }
  return { ...tokens, ...override, ...origin }
}
