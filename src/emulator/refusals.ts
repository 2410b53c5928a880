// Refusals: what the API says no to, before any model runs. Messages, types and codes as OpenAI sends them.

/** A refusal as data; the flavour gives it its final form. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly type: string
  readonly param: string | null
  readonly code: string | null
  /** Where CometAPI answers another status and code. */
  readonly atComet?: { readonly status: number; readonly code: string }
  readonly headers?: Readonly<Record<string, string>>
  readonly moderation_details?: { readonly moderation_stage: string; readonly categories: readonly string[] }
}

/** A 400 of type `invalid_request_error`. */
export function badRequest(message: string, param: string | null, code: string | null): Refusal {
  return { status: 400, message, type: 'invalid_request_error', param, code }
}

/** A 400 that only the model can decide. */
export function userError(message: string, param: string | null, code: string): Refusal {
  return { ...badRequest(message, param, code), type: 'image_generation_user_error' }
}

/** A required field is not there. */
export const missing = (param: string) =>
  badRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter')

/** A field that the model does not know. */
export const unknownField = (param: string) =>
  badRequest(`Unknown parameter: '${param}'.`, param, 'unknown_parameter')

/** A value of the wrong JSON type; `expected` with its article. */
export const wrongType = (param: string, expected: string, value: unknown) =>
  badRequest(
    `Invalid type for '${param}': expected ${expected}, but got ${kindOf(value)} instead.`,
    param,
    'invalid_type',
  )

/** A word that is not one of the allowed ones. */
export const wrongValue = (param: string, value: string, allowed: readonly string[]) =>
  badRequest(`Invalid value: '${value}'. Supported values are: ${listOf(allowed)}.`, param, 'invalid_value')

/** A model that there is not. */
export const unknownModel = (model: string): Refusal => ({
  ...badRequest(
    `The model '${model}' does not exist or you do not have access to it.`,
    'model',
    'model_not_found',
  ),
  status: 404,
  atComet: { status: 500, code: 'invalid_request' },
})

/** No key (`undefined`), or a wrong one. */
export const unauthorized = (key: string | undefined): Refusal => ({
  status: 401,
  message:
    key === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
  type: 'invalid_request_error',
  param: null,
  code: key === undefined ? null : 'invalid_api_key',
})

/** The refusal of a prompt; the older models say it in other words. */
export const moderated = (requestId: string, gptImage: boolean): Refusal =>
  gptImage
    ? {
        ...userError(
          `Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID ${requestId}. safety_violations=[violence].`,
          null,
          'moderation_blocked',
        ),
        moderation_details: { moderation_stage: 'input', categories: ['violence'] },
      }
    : badRequest(
        'Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.',
        null,
        'content_policy_violation',
      )

/** The real API shows the two ends of a key, and so does this. */
function masked(key: string): string {
  return key.length < 16
    ? '*'.repeat(key.length)
    : `${key.slice(0, 3)}${'*'.repeat(key.length - 7)}${key.slice(-4)}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function listOf(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`)
  if (quoted.length < 3) return quoted.join(' and ')
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`
}
