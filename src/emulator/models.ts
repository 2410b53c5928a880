// What each model takes, answers and costs: data. Written apart from the client's own table, so that each checks the other.
import type { OutputFormat } from './encode.ts'

/** Output tokens of one picture of a quality and size. */
export type TokenRule = (quality: string, width: number, height: number) => number

/** How a model is billed, in US dollars: by a million tokens, or by the picture. */
export type Billing =
  | { readonly by: 'tokens'; readonly textIn: number; readonly imageOut: number; readonly tokens: TokenRule }
  | { readonly by: 'picture'; usd(quality: string, size: string): number }

/** Which sizes a model makes: some, any on a grid of 16, or whatever is asked. The first of `auto` is the usual one. */
export type Sizes =
  | { readonly kind: 'list'; readonly sizes: readonly string[]; readonly auto: readonly string[] }
  | { readonly kind: 'grid'; readonly auto: readonly string[] }
  | { readonly kind: 'any'; readonly auto: readonly string[] }

/** One model. A field whose list is missing is unknown to it. */
export interface Model {
  readonly id: string
  readonly ownedBy: string
  /** Characters. */
  readonly promptMax: number
  readonly nMax: number
  readonly sizes: Sizes
  /** In the order of the API's messages; the default is `auto`, else the first. */
  readonly quality?: readonly string[]
  readonly background?: readonly string[]
  readonly outputFormat?: readonly OutputFormat[]
  readonly moderation?: readonly string[]
  readonly style?: readonly string[]
  readonly complexity?: readonly string[]
  readonly responseFormat?: readonly string[]
  readonly streams: boolean
  /** How pictures come when nothing is asked. */
  readonly answers: 'b64_json' | 'url'
  readonly revisesPrompts: boolean
  readonly billing: Billing
}

const perPicture = (usd: (quality: string, size: string) => number): Billing => ({ by: 'picture', usd })
const perToken = (textIn: number, imageOut: number, tokens: TokenRule): Billing => ({
  by: 'tokens',
  textIn,
  imageOut,
  tokens,
})

/** The formula of gpt-image-2 and 2.5: a grid of patches, dearer with the area. */
function patches(bases: Readonly<Record<string, number>>): TokenRule {
  return (quality, width, height) => {
    const along = bases[quality]!
    const [long, short] = [Math.max(width, height), Math.min(width, height)]
    const across = Math.floor((2 * along * short + long) / (2 * long))
    return Math.ceil((along * across * (2_000_000 + width * height)) / 4_000_000)
  }
}

/** Tokens as published by orientation: square, tall, wide. */
function published(table: Readonly<Record<string, readonly [number, number, number]>>): TokenRule {
  return (quality, width, height) => table[quality]![width === height ? 0 : width < height ? 1 : 2]!
}

// No formula of 2.6 is known: these numbers are plausible and nothing more.
const invented: TokenRule = (quality, width, height) => {
  const square = { low: 210, medium: 1820, high: 5640, xhigh: 8200, max: 11_900 }[quality]!
  return Math.ceil(square * Math.sqrt((width * height) / 1024 ** 2))
}

const standard = ['1024x1024', '1536x1024', '1024x1536']
const gpt = {
  ownedBy: 'system',
  promptMax: 32_000,
  nMax: 10,
  sizes: { kind: 'list', sizes: standard, auto: standard },
  quality: ['low', 'medium', 'high', 'auto'],
  background: ['transparent', 'opaque', 'auto'],
  outputFormat: ['png', 'webp', 'jpeg'],
  moderation: ['auto', 'low'],
  streams: true,
  answers: 'b64_json',
  revisesPrompts: false,
} as const satisfies Partial<Model>
// `auto` gives sizes that the model's own rule refuses.
const grid = { kind: 'grid', auto: ['1254x1254', '1672x941', '941x1672'] } as const
const gpt25 = {
  ...gpt,
  sizes: grid,
  quality: ['low', 'medium', 'high', 'xhigh', 'max', 'auto'],
  billing: perToken(5, 30, patches({ low: 16, medium: 24, high: 48, xhigh: 64, max: 96 })),
} as const
const gpt26 = {
  ...gpt25,
  outputFormat: ['png', 'webp', 'jpeg', 'gif', 'svg'],
  complexity: ['low', 'medium', 'high'],
  billing: perToken(5, 30, invented),
} as const
const gpt2 = {
  ...gpt,
  sizes: grid,
  background: ['opaque', 'auto'],
  billing: perToken(5, 30, patches({ low: 16, medium: 48, high: 96 })),
} as const
const first = published({ low: [272, 408, 400], medium: [1056, 1584, 1568], high: [4160, 6240, 6208] })
// Its published dollars a picture, as tokens at $8 a million.
const mini = published({ low: [625, 750, 750], medium: [1375, 1875, 1875], high: [4500, 6500, 6500] })
const dalle = {
  ownedBy: 'system',
  streams: false,
  answers: 'url',
  responseFormat: ['url', 'b64_json'],
} as const

/** Every model that the emulator serves. */
export const MODELS: readonly Model[] = [
  { id: 'gpt-image-1', ...gpt, billing: perToken(5, 40, first) },
  { id: 'gpt-image-1-mini', ...gpt, billing: perToken(2, 8, mini) },
  { id: 'gpt-image-1.5', ...gpt, billing: perToken(5, 32, first) },
  { id: 'gpt-image-2', ...gpt2 },
  { id: 'gpt-image-2-2026-04-21', ...gpt2 },
  { id: 'gpt-image-2.5-flare', ...gpt25 },
  { id: 'gpt-image-2.5-sunburst', ...gpt25 },
  { id: 'gpt-image-2.6-flare', ...gpt26 },
  { id: 'gpt-image-2.6-sunburst', ...gpt26 },
  {
    id: 'dall-e-2',
    ...dalle,
    promptMax: 1000,
    nMax: 10,
    sizes: { kind: 'list', sizes: ['256x256', '512x512', '1024x1024'], auto: ['1024x1024'] },
    quality: ['standard'],
    revisesPrompts: false,
    billing: perPicture((_, size) => ({ '256x256': 0.016, '512x512': 0.018 })[size] ?? 0.02),
  },
  {
    id: 'dall-e-3',
    ...dalle,
    promptMax: 4000,
    nMax: 1,
    sizes: { kind: 'list', sizes: ['1024x1024', '1792x1024', '1024x1792'], auto: ['1024x1024'] },
    quality: ['standard', 'hd'],
    style: ['vivid', 'natural'],
    revisesPrompts: true,
    billing: perPicture(
      (quality, size) => (size === '1024x1024' ? 0.04 : 0.08) + (quality === 'hd' ? 0.04 : 0),
    ),
  },
  {
    id: 'qwen-image',
    ownedBy: 'qwen',
    promptMax: 800,
    nMax: 1,
    sizes: { kind: 'any', auto: ['1328x1328'] },
    responseFormat: ['url', 'b64_json'],
    streams: false,
    answers: 'url',
    revisesPrompts: false,
    billing: perPicture(() => 0.04),
  },
]
