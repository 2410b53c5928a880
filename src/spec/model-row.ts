/** Which sizes a model makes. */
export type SizeRule =
  /** One of a list, each `WxH`. */
  | { readonly kind: 'list'; readonly sizes: readonly string[]; readonly auto: boolean }
  /** Any size on a grid: edges are multiples of `multiple`, at most `maxEdge`; long:short ≤ `maxRatio`; area in pixels within the bounds. */
  | {
      readonly kind: 'grid'
      readonly multiple: number
      readonly maxEdge: number
      readonly maxRatio: number
      readonly minPixels: number
      readonly maxPixels: number
      readonly auto: boolean
    }
  /** Not documented: what the person wrote is passed through if it is `WxH` or `auto`. */
  | { readonly kind: 'open' }

/** The values that a model takes in one field: one of a list, or a whole number within bounds. */
export type FieldRule = readonly string[] | { readonly min: number; readonly max: number }

/** The API's own fields whose values differ from model to model. */
export const MODEL_FIELDS = [
  'quality',
  'background',
  'output_format',
  'output_compression',
  'moderation',
] as const
export type ModelField = (typeof MODEL_FIELDS)[number]

/** What one model takes. A field without a rule is refused by the model and never sent to it. */
export interface ModelRow {
  readonly size: SizeRule
  readonly fields: Partial<Readonly<Record<ModelField, FieldRule>>>
  /** Characters of the longest prompt. */
  readonly promptMax: number
  /** Most pictures that one request may ask for (`n`). */
  readonly nMax: number
  /** `response_format` to send, for models that would otherwise answer with a link; gpt-image models refuse the field. */
  readonly responseFormat?: 'b64_json' | 'url'
  /** Whether the model streams partial pictures. */
  readonly stream: boolean
}

/** Finds the row of a model; `undefined` where the model is not known. */
export type FindModel = (model: string) => ModelRow | undefined
