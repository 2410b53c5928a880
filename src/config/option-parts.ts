// The schemas of the options that have parts of their own. As in option-schemas.ts, each message says what is allowed.
import { z } from 'zod'
import { MODEL_FIELDS } from '../spec/model-row.ts'
import { from, meant, object, text, whole, word } from './option-schemas.ts'

/** A switch. */
export const yesNo = z.boolean('true or false')
/** Globs, from the root. */
export const globs = z.array(text, 'a list of globs')

const milliseconds = whole(1, 24 * 60 * 60 * 1000)
/** The parts of `provider`, where it is not the emulator. */
export const fieldsOfProvider = {
  baseURL: text,
  apiKey: text,
  headers: z.record(z.string(), z.string('a text'), 'an object of texts by name'),
  timeout: object({ connect: milliseconds, headers: milliseconds, body: milliseconds }),
  concurrency: whole(1, 64),
  imagesPerMinute: z.number('a number above 0').positive('a number above 0'),
  partialImages: whole(0, 3),
}
const providerOrEmulator = z.literal(
  'emulator',
  `"emulator", or an object of ${Object.keys(fieldsOfProvider).join(', ')}`,
)
/** The option `provider`. */
export const provider = meant((value) => (isObject(value) ? object(fieldsOfProvider) : providerOrEmulator))

/** A part of `budget`. */
export const limit = z.custom(
  (value) => value === 'none' || (typeof value === 'number' && value >= 0),
  'a number from 0, or "none" for no limit',
)

const words = z.array(z.string('a text'), 'a list of texts')
const bounds = object({ min: z.number('a number'), max: z.number('a number') }, ['min', 'max'])
const notRule = z.never('a list of words, or { min, max }')
const fieldRule = meant((value) => (Array.isArray(value) ? words : isObject(value) ? bounds : notRule))
const count = z.int('a whole number from 1').min(1, 'a whole number from 1')
const sizesInPixels = z.string('a size such as 1024x1024').regex(/^\d+x\d+$/, 'a size such as 1024x1024')
const numbersOfGrid = {
  multiple: count,
  maxEdge: count,
  maxRatio: from(1),
  minPixels: count,
  maxPixels: count,
}
const list = {
  kind: z.literal('list'),
  sizes: z.array(sizesInPixels, 'a list of sizes').min(1, 'a list of sizes'),
  auto: yesNo,
}
const grid = { kind: z.literal('grid'), ...numbersOfGrid, auto: yesNo }
const sizeRule = z.discriminatedUnion(
  'kind',
  [list, grid, { kind: z.literal('open') }].map((rule) => object(rule, Object.keys(rule))) as never,
  'an object whose kind is "list", "grid" or "open"',
)
const modelRow = {
  size: sizeRule,
  fields: object(Object.fromEntries(MODEL_FIELDS.map((field) => [field, fieldRule]))),
  promptMax: count,
  nMax: count,
  stream: yesNo,
}
/** One row of `models`. */
export const model = object({ ...modelRow, responseFormat: word(['b64_json', 'url']) }, Object.keys(modelRow))
/** One price of `prices`. */
export const price = object({
  perImage: from(0),
  textIn: from(0),
  imageIn: from(0),
  imageOut: from(0),
}).refine(
  (value) => !('perImage' in value) || Object.keys(value).length === 1,
  'perImage alone, or textIn, imageIn and imageOut',
)

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
