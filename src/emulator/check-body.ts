// The contract of `POST /v1/images/generations`: one body in, an order or a refusal out.
import type { OutputFormat } from './encode.ts'
import { rulesOf } from './field-rules.ts'
import { MODELS, type Model } from './models.ts'
import type { Order } from './order.ts'
import {
  badRequest,
  missing,
  type Refusal,
  unknownField,
  unknownModel,
  userError,
  wrongType,
} from './refusals.ts'

/** The result of a check. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

type Body = Readonly<Record<string, unknown>>

/** Parses a request body; malformed JSON and anything but an object are refused. */
export function parseBody(text: string): Checked<Body> {
  try {
    const body: unknown = JSON.parse(text)
    if (body !== null && typeof body === 'object' && !Array.isArray(body))
      return { ok: true, value: body as Body }
  } catch {}
  const message =
    'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The API expects a JSON payload, but what was sent was not valid JSON.)'
  return refuse(badRequest(message, null, null))
}

/** Checks a body against the row of its model. Fields that are `null` count as left out, as at OpenAI. */
export function checkBody(body: Body): Checked<Order> {
  for (const field of ['model', 'prompt']) {
    if (body[field] === undefined) return refuse(missing(field))
    if (typeof body[field] !== 'string') return refuse(wrongType(field, 'a string', body[field]))
  }
  const model = MODELS.find(({ id }) => id === body.model)
  if (model === undefined) return refuse(unknownModel(String(body.model)))
  const rules = rulesOf(model)
  const stranger = Object.keys(body).find((field) => !Object.hasOwn(rules, field))
  if (stranger !== undefined) return refuse(unknownField(stranger))
  for (const [field, rule] of Object.entries(rules)) {
    const value = body[field]
    const refusal = value === undefined || value === null ? undefined : rule(field, value)
    if (refusal !== undefined) return refuse(refusal)
  }
  return fill(model, body)
}

/** Fills in the defaults, and refuses what only goes wrong together. */
function fill(model: Model, body: Body): Checked<Order> {
  const given = <T>(field: string, otherwise: T) => (body[field] ?? otherwise) as T
  const prompt = String(body.prompt)
  const format = given<OutputFormat>('output_format', 'png')
  const compression = given('output_compression', 100)
  if (compression < 100 && format !== 'jpeg' && format !== 'webp') {
    return refuse(
      userError(
        'Compression less than 100 is not supported for PNG output format',
        null,
        'invalid_png_output_compression',
      ),
    )
  }
  const background: string = given('background', 'auto')
  if (background === 'transparent' && format === 'jpeg') {
    return refuse(
      userError(
        'Transparent background is not supported for JPEG output format.',
        'background',
        'invalid_value',
      ),
    )
  }
  const cutOut = /\b(transparent|sticker|icon|logo|cut-?out|isolated)\b/i.test(prompt)
  const chosen =
    model.background?.includes('transparent') && format !== 'jpeg' && cutOut ? 'transparent' : 'opaque'
  const { quality: words = [''] } = model
  const quality = given('quality', words.includes('auto') ? 'auto' : words[0]!)
  const size = sizeOf(model, given('size', 'auto'), prompt)
  const [width, height] = size.split('x').map(Number) as [number, number]
  return {
    ok: true,
    value: {
      model,
      prompt,
      n: given('n', 1),
      size,
      width,
      height,
      quality: quality === 'auto' ? AUTO_QUALITY : quality,
      background: background === 'auto' ? chosen : (background as Order['background']),
      format,
      compression,
      stream: given('stream', false),
      partials: given('partial_images', 0),
      answer: given('response_format', model.answers),
    },
  }
}

// The real API does not say; this is its dearest usual choice.
const AUTO_QUALITY = 'high'

/** What `auto` becomes: the shape that the prompt's words suggest. */
function sizeOf({ sizes }: Model, size: string, prompt: string): string {
  if (size !== 'auto') return size
  const [square, wide = square, tall = square] = sizes.auto
  if (/\b(wide|landscape|panorama|banner|hero|header|horizon|skyline)\b/i.test(prompt)) return wide!
  return /\b(tall|portrait|poster|phone|vertical|tower)\b/i.test(prompt) ? tall! : square!
}

const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal })
