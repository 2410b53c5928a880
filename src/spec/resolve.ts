// From a request to a picture: defaults filled in, the model's rules applied. Pure.
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { describeValue } from './check-fields.ts'
import type { FieldName, Fields } from './fields.ts'
import { type Json, keyOf } from './key.ts'
import { nearestOf } from './layers.ts'
import { baseLook } from './look.ts'
import { type FieldRule, type FindModel, MODEL_FIELDS, type ModelField, type ModelRow } from './model-row.ts'
import { nearest } from './nearest.ts'
import type { PictureRequest } from './request.ts'
import { parseSize, resolveSize } from './size.ts'
import type { Frame, Look, OriginalSpec, Picture, RequestBody, Shape } from './specs.ts'

/** The fields that are never left open: the last layer under every request. */
export type CompleteDefaults = Fields &
  Required<
    Pick<
      Fields,
      'model' | 'size' | 'quality' | 'widths' | 'formats' | 'fit' | 'position' | 'placeholder' | 'as'
    >
  >

export interface ResolveContext {
  readonly builtin: CompleteDefaults
  readonly findModel: FindModel
  /** Names of the known models, for suggestions. */
  readonly modelNames: readonly string[]
}

/** A resolved picture, or every mistake in its request. Warnings come with either. */
export type Resolved =
  | { readonly ok: true; readonly picture: Picture; readonly warnings: readonly GenerateImagesError[] }
  | {
      readonly ok: false
      readonly errors: readonly GenerateImagesError[]
      readonly warnings: readonly GenerateImagesError[]
    }

/** Fields that the body must not hold, because the client sets them or they have a field of their own. */
const NOT_EXTRA = new Set<string>([
  ...['prompt', 'model', 'size', ...MODEL_FIELDS],
  ...['n', 'stream', 'partial_images', 'response_format', 'user'],
])

/** Resolves a request: the fields as written, over its defaults, over the built-in ones. */
export function resolvePicture(request: PictureRequest, context: ResolveContext): Resolved {
  return createResolver(context)(request)
}

/**
 * Resolves requests of one project. What their defaults come to is worked out once for all that say no more than what is
 * their own, as most do: the prompt and the text alternative.
 */
export function createResolver(context: ResolveContext): (request: PictureRequest) => Resolved {
  const known = new WeakMap<readonly Fields[], Settled>()
  return (request) => {
    const isPlain = Object.keys(request.fields).every((field) => OWN.has(field))
    const before = isPlain ? known.get(request.defaults) : undefined
    const settled = before ?? settle(request, context)
    if (isPlain && settled.errors.length + settled.warnings.length === 0) known.set(request.defaults, settled)
    return resolveWith(request, settled)
  }
}

// What an entry says of itself; nothing of it decides over the rest.
const OWN = new Set<string>(['prompt', 'alt', 'decorative'])

/** All of a request but what is its own. */
interface Settled {
  readonly model: string
  readonly row: ModelRow | undefined
  /** Of the body. */
  readonly sent: Pick<RequestBody, 'size' | ModelField>
  readonly extra: NonNullable<Fields['extra']>
  readonly style: Fields['style']
  readonly look: Look
  readonly as: Shape
  readonly errors: readonly GenerateImagesError[]
  readonly warnings: readonly GenerateImagesError[]
}

function settle(request: PictureRequest, context: ResolveContext): Settled {
  const layers = [request.fields, ...request.defaults, context.builtin]
  const value = <F extends FieldName>(field: F): Fields[F] | undefined => nearestOf(layers, field)
  const errors: GenerateImagesError[] = []
  const warnings: GenerateImagesError[] = []
  const at = placesOf(request)

  const model = value('model')!
  const row = context.findModel(model)
  if (row === undefined) {
    warnings.push(
      createError('UNKNOWN_MODEL', { model, nearest: nearest(model, context.modelNames) }, at('model')),
    )
  }
  const size = chooseSize(request, context, model, row, at, errors)
  const sent = chooseModelFields(request, context, model, row, at, errors)
  const extra = checkExtra(value('extra') ?? {}, at, errors)
  if (sent.output_compression !== undefined && !['jpeg', 'webp'].includes(String(sent.output_format))) {
    errors.push(
      createError(
        'MODEL_FIELD',
        {
          field: 'output_compression',
          found: `set with the format ${sent.output_format ?? 'png'}`,
          model,
          allowed: 'output_format jpeg or webp beside it',
        },
        at('output_compression'),
      ),
    )
  }
  return {
    ...{ model, row, extra, errors, warnings },
    sent: { ...(size.send === undefined ? {} : { size: size.send }), ...sent },
    style: value('style'),
    look: baseLook(layers, size.frame),
    as: value('as')!,
  }
}

function resolveWith(request: PictureRequest, settled: Settled): Resolved {
  const { model, row, sent, extra, style, look, as, warnings } = settled
  const layers = [request.fields, ...request.defaults]
  const errors: GenerateImagesError[] = []
  const at = placesOf(request)
  const prompt = composePrompt(request, style, nearestOf(layers, 'prompt'), at, errors)
  if (row !== undefined && prompt.length > row.promptMax) {
    errors.push(
      createError('PROMPT_TOO_LONG', { length: prompt.length, max: row.promptMax, model }, at('prompt')),
    )
  }
  errors.push(...settled.errors)
  if (errors.length > 0) return { ok: false, errors, warnings }

  const alt = nearestOf(layers, 'decorative') === true ? '' : nearestOf(layers, 'alt')
  const body: RequestBody = Object.freeze({ ...extra, model, prompt, ...sent })
  const spec: OriginalSpec = Object.freeze({ key: keyOf(body as unknown as Json), request: body })
  const { name, from } = request
  const picture: Picture = { name, spec, alt, look, as, from, places: [request.locate()] }
  return { ok: true, picture: Object.freeze(picture), warnings }
}

const placesOf =
  (request: PictureRequest): At =>
  (field) => ({
    picture: request.name,
    places: [request.locate(field === undefined ? undefined : [field])],
  })

type At = (field?: FieldName) => { picture: string; places: ReturnType<PictureRequest['locate']>[] }

function composePrompt(
  request: PictureRequest,
  style: Fields['style'],
  prompt: Fields['prompt'],
  at: At,
  errors: GenerateImagesError[],
): string {
  const names = style === undefined ? [] : [style].flat()
  const texts = names.map((name) => {
    if (Object.hasOwn(request.styles, name)) return request.styles[name]
    const known = Object.keys(request.styles)
    errors.push(
      createError('UNKNOWN_STYLE', { style: name, nearest: nearest(name, known), known }, at('style')),
    )
    return ''
  })
  return [...texts, ...[prompt ?? ''].flat()].join('\n').trim()
}

function chooseSize(
  request: PictureRequest,
  { builtin }: ResolveContext,
  model: string,
  row: ModelRow | undefined,
  at: At,
  errors: GenerateImagesError[],
): { send: string | undefined; frame: Frame } {
  const rule = row?.size ?? { kind: 'open' as const }
  const written = [request.fields, ...request.defaults].find((layer) => layer.size !== undefined)?.size
  if (written === undefined) {
    // Nobody asked for a size: the usual one where the model is known to make it, and whatever comes is shown whole.
    const usual = rule.kind === 'open' ? undefined : resolveSize(rule, parseSize(builtin.size)!)
    return { send: usual?.ok === true ? usual.send : undefined, frame: { kind: 'whole' } }
  }
  if (written === 'auto' && rule.kind !== 'open' && !rule.auto) {
    errors.push(
      createError(
        'MODEL_FIELD',
        { field: 'size', found: '"auto"', model, allowed: 'a size in pixels, or a ratio' },
        at('size'),
      ),
    )
    return { send: undefined, frame: { kind: 'whole' } }
  }
  const resolved = resolveSize(rule, parseSize(written)!)
  if (resolved.ok) return resolved
  errors.push(createError('SIZE_TOO_LARGE', { found: written, model, largest: resolved.largest }, at('size')))
  return { send: undefined, frame: { kind: 'whole' } }
}

// A default that the entry's own model does not take is left out; what was written for this model is a mistake.
function chooseModelFields(
  request: PictureRequest,
  { builtin }: ResolveContext,
  model: string,
  row: ModelRow | undefined,
  at: At,
  errors: GenerateImagesError[],
): Pick<RequestBody, ModelField> {
  const chosen: Partial<Record<ModelField, string | number>> = {}
  const layers = [request.fields, ...request.defaults, ...(row === undefined ? [] : [builtin])]
  const modelFrom = layers.findIndex((layer) => layer.model !== undefined)
  for (const field of MODEL_FIELDS) {
    const from = layers.findIndex((layer) => layer[field] !== undefined)
    const value = layers[from]?.[field]
    if (value === undefined) continue
    if (row === undefined || takes(row.fields[field], value)) {
      chosen[field] = value
      continue
    }
    if (layers[from] === builtin || modelFrom < from) continue
    errors.push(
      createError(
        'MODEL_FIELD',
        { field, found: describeValue(value), model, allowed: describeRule(row.fields[field]) },
        at(field),
      ),
    )
  }
  return chosen as Pick<RequestBody, ModelField>
}

function takes(rule: FieldRule | undefined, value: string | number): boolean {
  if (rule === undefined) return false
  return 'min' in rule
    ? typeof value === 'number' && value >= rule.min && value <= rule.max
    : rule.includes(String(value))
}

function describeRule(rule: FieldRule | undefined): string {
  if (rule === undefined) return ''
  return 'min' in rule ? `${rule.min} to ${rule.max}` : rule.join(', ')
}

function checkExtra(
  extra: NonNullable<Fields['extra']>,
  at: At,
  errors: GenerateImagesError[],
): typeof extra {
  for (const field of Object.keys(extra)) {
    if (NOT_EXTRA.has(field)) {
      errors.push(
        createError(
          'BAD_VALUE',
          {
            field: `extra.${field}`,
            found: describeValue(extra[field]),
            allowed: `fields without a name of their own here; "${field}" is set by its own field or by the client`,
          },
          at('extra'),
        ),
      )
    }
  }
  return extra
}
