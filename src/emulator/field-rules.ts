import { checkSize } from './check-size.ts'
import type { Model } from './models.ts'
import { badRequest, type Refusal, userError, wrongType, wrongValue } from './refusals.ts'

/** Refuses a value of a field, or lets it pass. */
export type Rule = (field: string, value: unknown) => Refusal | undefined

const word =
  (allowed: readonly string[]): Rule =>
  (field, value) => {
    if (typeof value !== 'string')
      return wrongType(field, `one of ${allowed.map((one) => `'${one}'`).join(', ')}`, value)
    return allowed.includes(value) ? undefined : wrongValue(field, value, allowed)
  }

const whole =
  (min: number, max: number): Rule =>
  (field, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(field, 'an integer', value)
    const [side, limit, code] =
      value < min
        ? ['below minimum', `>= ${min}`, 'integer_below_min_value']
        : ['above maximum', `<= ${max}`, 'integer_above_max_value']
    if (value >= min && value <= max) return undefined
    return badRequest(
      `Invalid '${field}': integer ${side} value. Expected a value ${limit}, but got ${value} instead.`,
      field,
      code!,
    )
  }

const text =
  (max: number): Rule =>
  (field, value) => {
    if (typeof value !== 'string') return wrongType(field, 'a string', value)
    const length = [...value].length
    if (length === 0) {
      return badRequest(
        `Invalid '${field}': empty string. Expected a string with minimum length 1, but got an empty string instead.`,
        field,
        'empty_string',
      )
    }
    if (length <= max) return undefined
    return badRequest(
      `Invalid '${field}': string too long. Expected a string with maximum length ${max}, but got a string with length ${length} instead.`,
      field,
      'string_above_max_length',
    )
  }

const flag: Rule = (field, value) =>
  typeof value === 'boolean' ? undefined : wrongType(field, 'a boolean', value)

/** The fields that a model knows, each with its rule. */
export function rulesOf(model: Model): Record<string, Rule> {
  const words = {
    quality: model.quality,
    background: model.background,
    output_format: model.outputFormat,
    moderation: model.moderation,
    style: model.style,
    complexity: model.complexity,
    response_format: model.responseFormat,
  }
  const rules: Record<string, Rule> = {
    model: () => undefined,
    prompt: text(model.promptMax),
    n: whole(1, model.nMax),
    size: (_, value) => checkSize(model, value),
    user: text(512),
  }
  for (const [field, allowed] of Object.entries(words))
    if (allowed !== undefined) rules[field] = word(allowed)
  if (model.background !== undefined && !model.background.includes('transparent'))
    rules.background = opaqueOnly(model)
  if (model.outputFormat !== undefined) rules.output_compression = whole(0, 100)
  if (model.streams)
    Object.assign(rules, { stream: flag, partial_images: whole(0, 3), safety_identifier: text(128) })
  return rules
}

const opaqueOnly =
  ({ background = [] }: Model): Rule =>
  (field, value) =>
    value === 'transparent'
      ? userError('Transparent background is not supported for this model.', field, 'invalid_value')
      : word(background)(field, value)
