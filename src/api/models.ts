// The model table: what each model takes, as data. Nothing elsewhere asks for a model by name.
import type { FindModel, ModelRow } from '../spec/model-row.ts'
import { lookup } from './lookup.ts'

/** Where a model is served, and from when to when (ISO dates, or months) OpenAI serves it. */
export interface ModelState {
  readonly servedBy: 'OpenAI and CometAPI' | 'CometAPI'
  readonly since?: string
  readonly gone?: string
}

/** A row of the table with what people want to know of the model beside what it takes. */
export interface ModelFacts extends ModelRow {
  readonly state: ModelState
}

const gptSizes = { kind: 'list', sizes: ['1024x1024', '1536x1024', '1024x1536'], auto: true } as const
// OpenAI's size rule of gpt-image-2 and later.
const grid = {
  kind: 'grid',
  multiple: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  auto: true,
} as const

const gptFields = {
  quality: ['low', 'medium', 'high', 'auto'],
  background: ['transparent', 'opaque', 'auto'],
  output_format: ['png', 'jpeg', 'webp'],
  output_compression: { min: 0, max: 100 },
  moderation: ['auto', 'low'],
} as const

const gpt1 = { size: gptSizes, fields: gptFields, promptMax: 32_000, nMax: 10, stream: true } as const
// 2.6 also has gif and svg in preview: left out, because nothing here could decode what would have been paid for.
const gpt25 = {
  ...gpt1,
  size: grid,
  fields: { ...gptFields, quality: ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] },
} as const

/** The table as known on 2026-11-22. A name that ends in `-*` is a family. */
export const MODELS: Readonly<Record<string, ModelFacts>> = {
  'gpt-image-2': {
    ...gpt1,
    size: grid,
    // `transparent` is refused with a 400.
    fields: { ...gptFields, background: ['opaque', 'auto'] },
    state: { servedBy: 'OpenAI and CometAPI' },
  },
  'gpt-image-2.6-*': { ...gpt25, state: { servedBy: 'OpenAI and CometAPI', since: '2026-11' } },
  'gpt-image-2.5-*': { ...gpt25, state: { servedBy: 'OpenAI and CometAPI', since: '2026-09' } },
  'gpt-image-1.5': { ...gpt1, state: { servedBy: 'OpenAI and CometAPI', gone: '2026-12-01' } },
  'gpt-image-1-mini': { ...gpt1, state: { servedBy: 'OpenAI and CometAPI', gone: '2026-12-01' } },
  'gpt-image-1': { ...gpt1, state: { servedBy: 'OpenAI and CometAPI', gone: '2026-10-23' } },
  'dall-e-3': {
    size: { kind: 'list', sizes: ['1024x1024', '1792x1024', '1024x1792'], auto: false },
    fields: { quality: ['standard', 'hd'] },
    promptMax: 4000,
    nMax: 1,
    responseFormat: 'b64_json',
    stream: false,
    state: { servedBy: 'OpenAI and CometAPI', gone: '2026-05-12' },
  },
  'dall-e-2': {
    size: { kind: 'list', sizes: ['256x256', '512x512', '1024x1024'], auto: false },
    fields: { quality: ['standard'] },
    promptMax: 1000,
    nMax: 10,
    responseFormat: 'b64_json',
    stream: false,
    state: { servedBy: 'OpenAI and CometAPI', gone: '2026-05-12' },
  },
  'qwen-image': {
    size: { kind: 'open' },
    fields: {},
    promptMax: 800,
    nMax: 1,
    stream: false,
    state: { servedBy: 'CometAPI' },
  },
}

/** Rows by model (or family) that are laid over the table: only what is written changes. */
export type ModelOverrides = Readonly<Record<string, Partial<ModelRow>>>

/** What a model takes that only an override knows, where the override is silent. */
const unknownRow: ModelRow = {
  size: { kind: 'open' },
  fields: {},
  promptMax: Number.POSITIVE_INFINITY,
  nMax: 1,
  stream: false,
}

/**
 * Makes the finder of model rows over the table and `overrides`. An override of a known model (or of one that belongs
 * to a known family) changes only the fields it has; one of an unknown model starts from a row that takes the prompt
 * and any size, and nothing else.
 */
export function findModel(overrides: ModelOverrides = {}): FindModel {
  const known: Readonly<Record<string, ModelRow>> = MODELS
  const table: Record<string, ModelRow> = { ...known }
  for (const [name, row] of Object.entries(overrides)) {
    table[name] = { ...(lookup(known, name) ?? unknownRow), ...row }
  }
  return (model) => lookup(table, model)
}
