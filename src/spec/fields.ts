// The fields that a person may write, as data: the manifest's schema, its JSON Schema for editors, the query words,
// the messages about wrong values and the tables of the README all come from here.
import { z } from 'zod'
import { MAX_EDGE, parseRatio, parseSize } from './size.ts'
import { EFFORT_MAX, FITS, FORMATS, type Format, SHAPES } from './specs.ts'

/** One field of a manifest entry. */
export interface FieldRow<S extends z.ZodType = z.ZodType> {
  readonly schema: S
  /** What it means; shown by editors and in the README. */
  readonly meaning: string
  /** What may be written, for messages: `Allowed: …`. */
  readonly allowed: string
  /** The default, as a person would write it. */
  readonly default: string
  /** Whether the API sees it: then it is part of the key. */
  readonly sent: boolean
}

const POSITIONS = [
  ...['attention', 'entropy', 'centre', 'center', 'top', 'right', 'bottom', 'left'],
  ...['right top', 'right bottom', 'left bottom', 'left top'],
] as const
/** Most widths or formats in one list: far above any use, low enough to bound the work. */
const LIST_MAX = 32

// zod's own checks of a length look at objects with a field of that name too, and throw where it is an object.
const text = z
  .string()
  .refine((value) => value.trim() !== '')
  .meta({ minLength: 1 })
const listOf = <S extends z.ZodType>(item: S, most = Number.POSITIVE_INFINITY) =>
  z
    .array(item)
    .refine(({ length }) => length >= 1 && length <= most)
    .meta({ minItems: 1, ...(most === Number.POSITIVE_INFINITY ? {} : { maxItems: most }) })
const size = z
  .string()
  .regex(/^(auto|\d+x\d+|[\d.]+:[\d.]+)$/, { abort: true })
  .refine((value) => parseSize(value) !== undefined)
const ratio = z
  .string()
  .regex(/^[\d.]+:[\d.]+$/, { abort: true })
  .refine((value) => parseRatio(value) !== undefined)
const width = z.int().min(1).max(MAX_EDGE)
const settings = (format: Format) =>
  z
    .strictObject({
      quality: z.int().min(1).max(100).optional(),
      effort: z.int().min(0).max(EFFORT_MAX[format]).optional(),
    })
    .optional()
const row = <S extends z.ZodType>(field: FieldRow<S>) => field

/** Every field of an entry, in the order of the README. */
export const FIELDS = {
  prompt: row({
    schema: z.union([text, listOf(text)]),
    meaning: 'What the picture shows. Several lines may be given as a list.',
    allowed: 'a text, or a list of lines',
    default: '',
    sent: true,
  }),
  style: row({
    schema: z.union([text, listOf(text, LIST_MAX)]),
    meaning: 'A style of this manifest, or several; their texts are put before the prompt.',
    allowed: 'the name of a style, or a list of names',
    default: 'none',
    sent: true,
  }),
  model: row({
    schema: text,
    meaning: 'The model that makes the picture.',
    allowed: "a model's name",
    default: 'gpt-image-2',
    sent: true,
  }),
  size: row({
    schema: size,
    meaning:
      'The size that you want. The nearest size that the model makes is asked for, and the picture is cropped to yours.',
    allowed: `WIDTHxHEIGHT in pixels up to ${MAX_EDGE} (1200x630), a ratio (16:9), or auto`,
    default: '1024x1024',
    sent: true,
  }),
  quality: row({
    schema: text,
    meaning: "The API's own quality; it sets most of the price.",
    allowed: 'low, medium, high or auto for gpt-image models; others have their own words',
    default: 'medium',
    sent: true,
  }),
  background: row({
    schema: text,
    meaning: 'Whether the background is transparent, where the model can do that.',
    allowed: 'transparent, opaque or auto',
    default: "the model's own",
    sent: true,
  }),
  output_format: row({
    schema: text,
    meaning: 'The format of the original.',
    allowed: 'png, jpeg or webp',
    default: "the model's own (png)",
    sent: true,
  }),
  output_compression: row({
    schema: z.int().min(0).max(100),
    meaning: 'The compression of a jpeg or webp original, in percent.',
    allowed: 'a whole number from 0 to 100, with output_format jpeg or webp',
    default: "the model's own",
    sent: true,
  }),
  moderation: row({
    schema: text,
    meaning: 'How strictly the API moderates.',
    allowed: 'auto or low',
    default: "the model's own",
    sent: true,
  }),
  extra: row({
    schema: z.record(z.string().min(1), z.json()),
    meaning: 'Any other field of the request body, sent as it stands.',
    allowed: 'an object of fields that have no name of their own here',
    default: 'none',
    sent: true,
  }),
  alt: row({
    schema: text,
    meaning: 'The text alternative, a sentence for people who do not see the picture.',
    allowed: 'a text (for a picture that says nothing: "decorative": true)',
    default: 'none; a missing one is a warning',
    sent: false,
  }),
  decorative: row({
    schema: z.boolean(),
    meaning: 'The picture says nothing: its text alternative is empty.',
    allowed: 'true or false',
    default: 'false',
    sent: false,
  }),
  widths: row({
    schema: listOf(width, LIST_MAX),
    meaning: "Widths of the renditions in pixels, each cut to the picture's own.",
    allowed: `a list of whole numbers from 1 to ${MAX_EDGE}`,
    default: '[480, 960, 1440]',
    sent: false,
  }),
  formats: row({
    schema: listOf(z.enum(FORMATS), FORMATS.length),
    meaning: 'Formats of the sources of a picture, best first.',
    allowed: `a list of ${FORMATS.join(', ')}`,
    default: '["avif", "webp"]',
    sent: false,
  }),
  aspect: row({
    schema: ratio,
    meaning: 'Crops to this ratio without asking the API again.',
    allowed: 'a ratio such as 16:9',
    default: "the size's own",
    sent: false,
  }),
  fit: row({
    schema: z.enum(FITS),
    meaning: 'How the picture fills its frame.',
    allowed: FITS.join(', '),
    default: 'cover',
    sent: false,
  }),
  position: row({
    schema: z.enum(POSITIONS),
    meaning: 'The part that a crop keeps.',
    allowed: POSITIONS.join(', '),
    default: 'attention',
    sent: false,
  }),
  encode: row({
    schema: z.strictObject({
      avif: settings('avif'),
      webp: settings('webp'),
      jpeg: settings('jpeg'),
      png: settings('png'),
    }),
    meaning: 'Quality (1–100) and effort of an encoder, by format.',
    allowed: `an object by format, each { "quality", "effort" }: quality 1 to 100, effort 0 to ${FORMATS.map((format) => `${EFFORT_MAX[format]} (${format})`).join(', ')}`,
    default: 'chosen for each format',
    sent: false,
  }),
  placeholder: row({
    schema: z.union([z.boolean(), z.enum(['blur', 'color'])]),
    meaning: 'A tiny preview in the page itself: a blurred picture (true, "blur") or one colour.',
    allowed: 'true, false, "blur" or "color"',
    default: 'false',
    sent: false,
  }),
  as: row({
    schema: z.enum(SHAPES),
    meaning: 'What an import gives when it does not say so itself.',
    allowed: SHAPES.join(', '),
    default: 'url',
    sent: false,
  }),
}

/** The names of the fields. */
export type FieldName = keyof typeof FIELDS
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[]

/** What a person wrote for a picture: any of the fields, each of the right form, none filled in. */
export type Fields = { readonly [F in FieldName]?: z.infer<(typeof FIELDS)[F]['schema']> }

/** The fields that `defaults` may hold: all but those that belong to one picture. */
export const DEFAULTABLE = FIELD_NAMES.filter((field) => !['prompt', 'alt', 'decorative'].includes(field))

const TEXTS = new Set<string>(['prompt', 'style', 'model', 'quality', 'background', 'moderation', 'alt'])

/** Whether a value is a text in one of the fields that take any: most values are, and need no schema. */
export function isTextOf(name: string, value: unknown): boolean {
  return typeof value === 'string' && TEXTS.has(name) && value.trim() !== ''
}

/** The zod shape of some fields, all optional, each with its meaning as the description. */
export function shapeOf(names: readonly FieldName[]): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    names.map((name) => [name, FIELDS[name].schema.describe(FIELDS[name].meaning).optional()]),
  )
}
